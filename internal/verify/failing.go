package verify

// failFast has one of ten workers that fails whatever it is sent in a tenth of the mean work.
func failFast() []Case {
	const flags = "--workers=10 --load=0.7 --fault=fail-fast:worker=0,after=100us --requests=20000 --strategy="
	return published{
		"a worker that fails fast", "Whoever sends to the worker with the fewest requests sends more to the one that fails at once.",
		"Yanacek, Implementing health checks (The Amazon Builders' Library), 2019",
		"A server that fails faster than others answer attracts more requests under least requests: a black hole.",
	}.cases(
		shown{name: "share that failed, least-loaded", figure: failure, flags: flags + "least-loaded", within: above(0.1)},
		shown{name: "the same / round-robin's", figure: failure, flags: flags + "least-loaded", against: flags + "round-robin", within: above(1)},
	)
}

// slowPairs has a load of 16 requests a second, of which a sixth, those that draw both slow workers, are more than the 2 that these can do.
func slowPairs() []Case {
	const flags = "--strategy=power-of-two --workers=4 --load=0.4 --work=exponential:100ms --fault=slow:worker=0-1,factor=10 --queue=100000 --requests=20000"
	return published{
		"two slow of four", "Where workers differ, two choices may send more to slow ones than they can do; all four do not.",
		"Hurtado-Lange and Maguluri, Throughput and delay optimality of power-of-d choices in inhomogeneous load balancing systems, 2020",
		"Power of d is stable only if, for any workers, what draws none but them is less than they can do.",
	}.cases(
		shown{name: "latency, 2 choices / 4", figure: meanLatency, flags: flags + " --choices=2", against: flags + " --choices=4", within: above(10)},
	)
}

// metastable has ten seconds of load 1.3 in 200 s of 0.7; the warm-up is what comes before their end, and until the queues have emptied.
func metastable() []Case {
	const calm = "--strategy=least-loaded --work=exponential:100ms --timeout=1s --propagate-deadline=false --warmup=60% --requests=14600 --retries="
	const spike, budget = " --load=0.73 --arrivals=spike:factor=1.78,at=60s,for=10s", " --retry-budget=0.2 --min-retries-per-second=0"
	return published{
		"metastable retries", "Retries keep a system down after a spike that brought it down; with a budget they do not.",
		"Bronson, Aghayev, Charapko and Zhu, Metastable failures in distributed systems, 2021",
		"A trigger leads to a state of little goodput which persists, through retries, when the trigger is gone.",
	}.cases(
		shown{name: "success, three retries, no spike", figure: success, flags: calm + "3 --load=0.7", within: above(0.9)},
		shown{name: "success after it, no retries", figure: success, flags: calm + "0" + spike, within: above(0.9)},
		shown{name: "success after it, three retries", figure: success, flags: calm + "3" + spike, within: below(0.1)},
		shown{name: "success after it, with a budget", figure: success, flags: calm + "3" + spike + budget, within: above(0.9)},
	)
}
