package scenario_test

import "waza/report"

var knowledgeClaims = []claim{
	{"stale-signal", "least-loaded is worst", p99, run{"least-loaded", ""}, run{"least-loaded,random", ""}, 1.8, 0},
	{"stale-signal", "power-of-two is better", p99, run{"power-of-two", ""}, run{"least-loaded", ""}, 0, 0.6},
	{"stale-signal", "one-plus-beta is better still", mean, run{"one-plus-beta", ""}, run{"power-of-two", ""}, 0, 0.97},
	{"stale-signal", "round-robin is best", mean, run{"one-plus-beta,round-robin", ""}, run{"one-plus-beta", ""}, 0, 0.8},

	{"many-balancers", "least-loaded is hardly better than power-of-two", mean, run{"power-of-two", ""}, run{"least-loaded", ""}, 1, 1.15},
	{"many-balancers", "join-idle-queue has half of its mean", mean, run{"join-idle-queue", ""}, run{"least-loaded", ""}, 0.4, 0.6},
	{"many-balancers", "prequal five sixths", mean, run{"prequal", ""}, run{"least-loaded", ""}, 0.75, 0.9},
	{"many-balancers", "alone, least-loaded is best", mean, run{"least-loaded", "--balancers=1"}, run{"join-idle-queue", ""}, 0, 0.8},

	{"first-pick", "all choose the first", mean, run{"least-loaded", ""}, run{"least-loaded,random", ""}, 4, 0},
	{"first-pick", "unless turns break ties", mean, run{"least-loaded", "--tie=round-robin"}, run{"least-loaded,power-of-two", ""}, 0.9, 1.1},
	{"first-pick", "or chance", mean, run{"least-loaded", "--tie=random"}, run{"least-loaded,power-of-two", ""}, 0.9, 1.1},

	{"hot-key", "one worker has the hottest key", p99, run{"maglev", ""}, run{"bounded-hash", ""}, 50, 0},
	{"hot-key", "on a ring, too", p99, run{"ring-hash", ""}, run{"bounded-hash", ""}, 50, 0},
	{"hot-key", "by the remainder, too", p99, run{"mod-hash", ""}, run{"bounded-hash", ""}, 50, 0},
	{"hot-key", "and by the highest draw", p99, run{"rendezvous", ""}, run{"bounded-hash", ""}, 50, 0},

	{"two-zones", "to stay is shorter", mean, run{"locality", ""}, run{"least-loaded", ""}, 0, 0.95},
	{"two-zones", "but for the tail where much is asked for", busyZone, run{"locality", ""}, run{"least-loaded", ""}, 1.03, 0},
	{"two-zones", "unless it spills early", busyZone, run{"locality", "--spill=1"}, run{"least-loaded", ""}, 0, 0.97},
	{"two-zones", "which is shorter still", mean, run{"locality", "--spill=1"}, run{"locality", ""}, 0, 0.95},

	{"noisy-neighbour", "seven of nine are spared", spared, run{"shuffle-shard", ""}, run{}, 6.9, 7.1},
	{"noisy-neighbour", "or none", spared, run{"least-loaded", ""}, run{}, -1, 0.1},
	{"noisy-neighbour", "and half of all wait for seconds", median, run{"least-loaded", ""}, run{}, 4, 0},
	{"noisy-neighbour", "or not", median, run{"shuffle-shard", ""}, run{}, 0, 0.1},
}

// spared is how many classes but the first wait for less than half a second, but for a hundredth of their requests.
func spared(r report.Result) float64 {
	n := 0
	for _, class := range r.Classes[1:] {
		if *class.LatencySeconds.P99 < 0.5 {
			n++
		}
	}
	return float64(n)
}
