package verify

import "waza/internal/theory"

// split are those in which arrivals are split between workers that know nothing of each other.
func split() []Case {
	const workers, load = 10, 0.7
	turns := theory.NewErlangM1(workers, load, work)
	unequal := theory.Split{Rate: 0.18, Shares: []float64{0.3, 0.3, 0.2, 0.2}, Service: []float64{work, work, 2 * work, 2 * work}}
	return append(
		played("E10/M/1", "round robin gives each of ten workers every tenth arrival",
			"--strategy=round-robin --workers=%d --load=%g", workers, load).cases(
			claim{meanLatency, turns.Mean()},
			claim{p99Latency, turns.Quantile(0.99)},
			claim{waitedShare, turns.Waited()},
		),
		played("a mixture of M/M/1", "unequal workers, each by itself",
			"--strategy=weighted-random --speeds=2x1,2x0.5 --weights=2x3,2x2 --rate=180").cases(
			claim{meanLatency, unequal.Mean()},
			claim{p90Latency, unequal.Quantile(0.9)},
		)...)
}
