package verify

import "waza/internal/theory"

// single are the cases of one worker with exponential work, and the two laws.
func single() []Case {
	const load = 0.7
	rate := load / work
	return played("M/M/1", "latency is exponential, of mean S/(1−ρ); Little's law and the utilisation law",
		"--strategy=random --workers=1 --load=%g", load).cases(
		claim{meanLatency, theory.MM1Mean(load, work)},
		claim{p50Latency, theory.MM1Quantile(0.5, load, work)},
		claim{p99Latency, theory.MM1Quantile(0.99, load, work)},
		claim{waitedShare, theory.MM1Waited(load)},
		claim{meanService, work},
		claim{utilisation, theory.Utilization(rate, work, 1)},
		claim{inSystem, theory.Little(rate, theory.MM1Mean(load, work))},
		claim{littles, 1},
	)
}

// central are those of a central queue.
func central() []Case {
	const workers, load = 5, 0.8
	return played("M/M/5", "waits by Erlang's C", "--strategy=pull --workers=%d --load=%g", workers, load).cases(
		claim{waitedShare, theory.ErlangC(workers, load)},
		claim{meanWait, theory.MMcWait(workers, load, work)},
		claim{p95Wait, theory.MMcWaitQuantile(0.95, workers, load, work)},
		claim{p99Latency, theory.MMcQuantile(0.99, workers, load, work)},
	)
}
