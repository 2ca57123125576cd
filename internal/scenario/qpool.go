package scenario

import "slices"

// qpools are a capacity-aware balancer as in the qpool library: each worker has so many slots, the strategy skips those that are full, and
// regulators are gates before it.
func qpools() []Scenario { return slices.Concat(qpoolSizes(), qpoolConditions()) }

// qpoolSizes are what it is sized for.
func qpoolSizes() []Scenario {
	return []Scenario{
		{
			Name: "qpool-microservices",
			Says: "Ten workers of a hundred slots, no queues, 95 % load; the rest is rejected.",
			LookFor: "a thousand slots lose 0.4 % (Erlang B), and which of the workers that are not full is chosen makes no difference: random rejects as many as " +
				"capacity-latency, whose rejections say \"no available workers\". The same load on one worker with a hundred slots loses ten times as many: --workers=1.",
			Flags: "--strategy=capacity-latency,random --workers=10 --concurrency=100 --queue=0 --backlog=0 --when-full=reject --work=exponential:50ms " +
				"--load=0.95 --requests=50000",
		},
		{
			Name: "qpool-batch",
			Says: "Three workers of a thousand slots, and six thousand who ask again at once.",
			LookFor: "back-pressure: what finds all full waits at the door. All slots are busy, 3,000 requests of a second's work end per second, and each takes two seconds, " +
				"of which it waits for one (Little's law). More requesters would wait longer and get no more done.",
			Flags: "--strategy=capacity-latency --workers=3 --concurrency=1000 --queue=0 --backlog=0 --arrivals=closed --requesters=6000 --think=0s " +
				"--work=uniform:500ms,1500ms --requests=60000",
		},
		{
			Name: "qpool-gateway",
			Says: "Five workers of fifty slots behind a token bucket, and a rush of six seconds.",
			LookFor: "the bucket lets 2,000 a second through, less than the workers can do, so that hardly any waits at a worker: the mean latency is that of the work, 100 ms. " +
				"With a bucket that is never empty, --regulator=rate:1000000/s, queues fill in those seconds and the mean is half as long again, but more requests succeed.",
			Flags: "--strategy=capacity-latency --workers=5 --concurrency=50 --queue=50 --work=exponential:100ms --load=0.7 --arrivals=spike:factor=2,at=6s,for=6s " +
				"--regulator=rate:2000/s,burst=200 --backlog=0 --when-full=reject --requests=40000",
		},
	}
}

// qpoolConditions are what such a balancer has to cope with.
func qpoolConditions() []Scenario {
	return []Scenario{
		{
			Name: "qpool-saturated",
			Says: "Four workers of two slots and eight places, asked for three tenths too much.",
			LookFor: "what is too much is rejected, and what is not waits in a queue that is always full, four times as long as the work takes. With " +
				"--regulator=backpressure:queue=0 requests are turned away while any waits at a worker: a quarter of the latency, for a quarter fewer successes. With " +
				"--backlog=none --when-full=block nobody is rejected, and latency grows as long as the run lasts.",
			Flags: "--strategy=capacity-latency --workers=4 --concurrency=2 --queue=8 --backlog=0 --when-full=reject --work=exponential:20ms --load=1.3 --requests=20000",
		},
		{
			Name: "qpool-geo",
			Says: "Two zones 20 ms apart each way, and two priorities, at 80 % load.",
			LookFor: "locality keeps requests in their zone and saves most of the network's time; capacity-latency sends half of them to and fro, and priority, which goes by tiers of workers, " +
				"does so too, but its high priority is faster than its low one.",
			Flags: "--strategy=locality,priority,capacity-latency --workers=8 --zones=0.5,0.5 --zone-delay=20ms --priorities=0.3,0.7 --work=exponential:20ms --requests=20000",
		},
		{
			Name: "qpool-stuck",
			Says: "One of ten workers stands still for 20 s, and is passed by after 0.5 s.",
			LookFor: "only what is sent there in that half second waits: the p99 of random is below half a second, where without, --stuck=none, it is over ten. Capacity-latency needs it " +
				"less: it passes by a worker whose requests pile up.",
			Flags: "--strategy=capacity-latency,random --workers=10 --concurrency=2 --load=0.6 --work=exponential:50ms --fault=stall:worker=0,at=5s,for=20s " +
				"--stuck=500ms --requests=10000",
		},
		{
			Name: "qpool-cpu",
			Says: "As many workers as cores, here always eight, behind a bound on their use.",
			LookFor: "the workers are busy for about 80 % of the time, whatever is asked for (--load=1.3), and what is too much is rejected; the p99 is some two thirds of that at " +
				"--regulator=resource:utilisation=100%, where nearly all succeed.",
			Flags: "--strategy=capacity-latency --workers=8 --concurrency=2 --load=0.95 --work=exponential:50ms --regulator=resource:utilisation=80% --backlog=0 --when-full=reject " +
				"--requests=20000",
		},
	}
}
