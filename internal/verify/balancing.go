package verify

import (
	"fmt"

	"waza/report"
)

// services is the mean latency in mean services.
var services = Figure{"mean latency", "services", func(r report.Result) *float64 {
	if r.LatencySeconds.Mean == nil {
		return nil
	}
	return over(*r.LatencySeconds.Mean, work/1000)
}}

// twoChoices compares with the simulations in the paper, of 100 queues; its predictions, which are limits of many, are a little lower. A run
// begins empty, and the nearer the load is to 1 the longer is that seen: with a tenth as warm-up 0.95 is 1 % lower.
func twoChoices() []Case {
	var rows []shown
	for _, at := range []struct {
		load, simulated float64
		more            string
	}{
		{0.5, 1.2673, "--requests=30000 --warmup=30%"},
		{0.7, 1.6202, "--requests=30000 --warmup=30%"},
		{0.8, 1.9585, "--requests=30000 --warmup=30%"},
		{0.9, 2.6454, "--requests=30000 --warmup=30%"},
		{0.95, 3.4610, "--requests=30000 --warmup=30%"},
		{0.99, 5.9275, "--requests=250000 --warmup=30%"},
	} {
		rows = append(rows, shown{name: fmt.Sprintf("mean latency at %g", at.load), figure: services, is: at.simulated,
			flags: fmt.Sprintf("--strategy=power-of-two --workers=100 --load=%g %s", at.load, at.more)})
	}
	rows = append(rows, shown{name: "one choice at 0.9", figure: services, is: 10,
		flags: "--strategy=random --workers=1 --load=0.9 --requests=30000"})
	return published{
		"two choices", "The shorter of two random queues is exponentially better than a random one.",
		"Mitzenmacher, The power of two choices in randomized load balancing, 2001",
		"Simulations of 100 queues, in services; the limits of many are 1.2657, 1.6145, 1.9474, 2.6141, 3.3830 and 5.4320.",
	}.cases(rows...)
}

// herd has a snapshot of the counts every ten services.
func herd() []Case {
	const flags, old = "--workers=100 --load=0.9 --requests=50000 --warmup=40% --strategy=", " --refresh=100ms"
	return published{
		"the herd", "The shortest of all queues as they were is worse than a random one; of two random ones it is better.",
		"Mitzenmacher, How useful is old information?, 2000",
		"With old information the least loaded significantly hurts, and the less loaded of two is extremely effective.",
	}.cases(
		shown{name: "latency, least-loaded / random", figure: meanLatency, flags: flags + "least-loaded" + old, against: flags + "random", within: above(1)},
		shown{name: "latency, power-of-two / random", figure: meanLatency, flags: flags + "power-of-two" + old, against: flags + "random", within: below(1)},
	)
}

// idleFirst compares with two choices that know how long queues are, as probes do: those of one balancer. The paper's 30-fold reduction is
// not judged, for it depends on how many workers a dispatcher has: there is a two-fold one here with ten, and a 23-fold one with a hundred.
func idleFirst() []Case {
	const flags, two = "--workers=100 --load=0.9 --requests=30000 ", "--strategy=power-of-two --balancers=1"
	return published{
		"join-idle-queue", "Idle workers that announce themselves leave less waiting than two choices do.",
		"Lu, Xie, Kliot, Geller, Larus and Greenberg, Join-Idle-Queue, 2011",
		"A 30-fold reduction of the queueing overhead at medium to high load, in the limit of many. The direction is judged, not the 30.",
	}.cases(
		shown{name: "wait, 10 dispatchers / 2 choices", figure: meanWait,
			flags: flags + "--strategy=join-idle-queue --balancers=10", against: flags + two, within: below(1)},
		shown{name: "wait, 1 dispatcher / 2 choices", figure: meanWait,
			flags: flags + "--strategy=join-idle-queue --balancers=1", against: flags + two, within: below(0.1)},
	)
}

// probing has workers that others slow down, at other times each, and balancers each of which knows what it has sent itself. Where one
// balancer sends all, and so knows all, least-loaded needs no probes.
func probing() []Case {
	const flags = "--workers=100 --balancers=20 --load=0.75 --queue=100000 --requests=20000 " +
		"--fault=slow:worker=30%,factor=3,mtbf=1s,mttr=1s --strategy="
	var rows []shown
	for _, other := range []string{"weighted-round-robin", "least-loaded", "power-of-two"} {
		rows = append(rows, shown{name: "p99 / " + other + "'s", figure: p99Latency, flags: flags + "prequal", against: flags + other, within: below(1)})
	}
	return published{
		"prequal", "Whoever probes for requests in flight and latency has a shorter tail than whoever shares load out.",
		"Wydrowski, Kleinberg, Rumble and Archer, Load is not what you should balance: Introducing Prequal, 2024",
		"Where capacities differ and others take theirs at times, tail latency decreases dramatically. (Their weights follow what workers use; these are fixed.)",
	}.cases(rows...)
}
