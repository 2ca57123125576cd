package scenario

import "slices"

// brokers are a queue between proxies and workers that pull from it, as with Redis LPUSH and BRPOP: a message is a request, popped when a slot of
// a worker is free. Small, medium and large are what its operators size for: ten thousand, a hundred thousand and a million messages a day, of
// a second each.
func brokers() []Scenario { return slices.Concat(brokerSizes(), brokerTroubles(), brokerProxies()) }

// brokerSizes are what comes, and how much of it.
func brokerSizes() []Scenario {
	return []Scenario{
		{
			Name: "broker-small",
			Says: "Ten thousand messages a day for two workers of four slots behind one proxy.",
			LookFor: "nothing ever waits, and the workers are idle 98 % of the time: the verdict is to scale down, and what comes asks for one worker. A day of " +
				"messages says nothing about its busiest minute: with --arrivals=bursty:factor=30,on=1m,off=1h nothing waits either.",
			Flags: "--strategy=pull --workers=2 --concurrency=4 --proxies=1 --proxy-concurrency=4 --rate=0.1157 --work=exponential:1s --requests=10000",
		},
		{
			Name: "broker-medium",
			Says: "A hundred thousand a day for five workers of eight slots, and two proxies.",
			LookFor: "with a second of work each, as in broker-small, forty slots are thirty times what comes. Where each takes twenty seconds, --work=exponential:20s, " +
				"more than half of the slots are busy, still nothing waits, and five workers are what is recommended: the verdict to scale up is for p95, which is that of the work.",
			Flags: "--strategy=pull --workers=5 --concurrency=8 --proxies=2 --proxy-concurrency=4 --rate=1.157 --work=exponential:1s --requests=10000",
		},
		{
			Name: "broker-large",
			Says: "A million a day for ten workers of sixteen slots; a peak of 100 a second.",
			LookFor: "a peak of a hundred messages a second is two thirds of what the workers can do, and nothing waits. With half of them, --workers=5, " +
				"a thousand wait in the peak, while the mean of the whole run asks for two workers only: size for the peak.",
			Flags: "--strategy=pull --workers=10 --concurrency=16 --proxies=3 --proxy-concurrency=8 --rate=11.57 --arrivals=spike:factor=8.64,at=300s,for=60s " +
				"--work=exponential:1s --requests=12000",
		},
		{
			Name: "broker-burst",
			Says: "For a minute more than twice as much comes as forty slots can do.",
			LookFor: "thousands wait at its end, and are worked off in the minutes that follow: the mean says watch, the most that waited is seven times that. Twice " +
				"the workers, --workers=10, make the p99 an eighth.",
			Flags: "--strategy=pull --workers=5 --concurrency=8 --proxies=2 --proxy-concurrency=8 --rate=20 --arrivals=spike:factor=4.5,at=300s,for=60s " +
				"--work=exponential:1s --requests=14000",
		},
	}
}

// brokerTroubles are what goes wrong behind the queue.
func brokerTroubles() []Scenario {
	return []Scenario{
		{
			Name: "broker-worker-killed",
			Says: "Every minute or so a worker is killed, with the messages it has popped.",
			LookFor: "what a dead worker held is lost, and so is what it is sent until it is known. A processing list, --claim=3s, loses nothing: others claim what it held, " +
				"some seconds later.",
			Flags: "--strategy=pull --workers=5 --concurrency=8 --proxies=2 --rate=20 --work=exponential:1s --fault=crash:worker=all,mtbf=300s,mttr=10s,notify=none " +
				"--requests=12000 --warmup=0%",
		},
		{
			Name: "broker-growing-queue",
			Says: "A fifth more comes than the workers can do, all the time.",
			LookFor: "the queue grows by two messages a second, beside ten that are processed: it will never be worked off. The verdict is to add workers, and says how many: " +
				"with --workers=9 it is stable and the checklist passes.",
			Flags: "--strategy=pull --workers=5 --concurrency=2 --proxies=2 --rate=12 --work=exponential:1s --requests=12000",
		},
		{
			Name: "broker-uneven",
			Says: "One of five workers is eight times as fast, and has as many slots.",
			LookFor: "who is fast pops more: it does nearly half of the messages, and the queue stays empty. By speed two thirds would be its fair share: " +
				"while they have free slots the slow ones pop as well. Were they dealt out by turns, --strategy=round-robin, each would " +
				"get a fifth, and the slow ones could not keep up.",
			Flags: "--strategy=pull --workers=5 --speeds=1x4,4x0.5 --concurrency=4 --proxies=2 --rate=12 --work=exponential:1s --requests=10000",
		},
		{
			Name: "broker-stuck",
			Says: "Workers hang now and then for a minute, with the messages they have popped.",
			LookFor: "what is stuck in a worker waits for as long as it hangs, and so does what is sent there: the slowest take minutes. With --claim=3s others " +
				"take it after three seconds, for some messages that are processed twice.",
			Flags: "--strategy=pull --workers=5 --concurrency=8 --proxies=2 --rate=20 --work=exponential:1s --fault=stall:worker=all,mtbf=300s,mttr=60s --requests=12000",
		},
	}
}

// brokerProxies are what goes wrong in front of it.
func brokerProxies() []Scenario {
	return []Scenario{
		{
			Name: "broker-proxy-overload",
			Says: "Two proxies of four slots need 200 ms a message, and too many come.",
			LookFor: "the queue is empty and the workers are half idle, while requests wait for a proxy: the checklist says that no proxy answers under 1 s. More workers would help nobody; " +
				"a third proxy, --proxies=3, does.",
			Flags: "--strategy=pull --workers=5 --concurrency=8 --proxies=2 --proxy-concurrency=4 --proxy-work=exponential:200ms --rate=45 --work=exponential:500ms --requests=12000",
		},
		{
			Name: "broker-proxy-failover",
			Says: "One of two proxies dies for a minute, and the other takes over.",
			LookFor: "until three heartbeats are missed, half of what comes is sent to the dead proxy and fails; then none. With --retries=2, " +
				"or with --health=interval=200ms,down=1 beside it, none fails. What it had passed on is processed all the same.",
			Flags: "--strategy=pull --workers=5 --concurrency=8 --proxies=2 --proxy-strategy=round-robin --rate=20 --work=exponential:1s --fault=crash:proxy=0,at=200s,for=60s --requests=8000",
		},
	}
}
