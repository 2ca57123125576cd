package command

import (
	"fmt"
	"math/big"
	"time"

	"waza/internal/simulation"
	"waza/strategy"
)

// parameterFlags are the flags of the parameters that strategies take, by name in strategy's table.
type parameterFlags struct {
	tie                              value[strategy.Tie]
	choices, bound                   value[int]
	beta                             value[float64]
	ewmaDecay, failurePenalty        value[time.Duration]
	latencyAlpha, hashBalance, spill value[float64]
	shardSize, subsetSize            value[int]
	ringPoints, tableSize            value[int]
	probes, probePool                value[int]
	probeAge, probeDelay             value[time.Duration]
	hotQuantile                      value[float64]
	tiers                            value[perWorker[int]]
}

// parameterNames are theirs: each of them must be heeded by some chosen strategy, or it is of no use.
var parameterNames = []string{
	"tie", "choices", "beta", "bound", "ewma-decay", "failure-penalty", "latency-alpha", "shard-size", "subset-size",
	"ring-points", "hash-balance", "table-size", "spill", "probes", "probe-pool", "probe-age",
	"hot-quantile", "probe-delay", "tiers",
}

func (f *flags) declareParameters(g *group) {
	declare(g, &f.tie, oneOf(
		choice[strategy.Tie]{"round-robin", strategy.TieRoundRobin},
		choice[strategy.Tie]{"first", strategy.TieFirst},
		choice[strategy.Tie]{"random", strategy.TieRandom},
	), "tie", "round-robin", "who wins among equals: round-robin (used longest ago),\nfirst (lowest id) or random")
	declare(g, &f.choices, whole(1, maxChoices), "choices", "2", "workers that are drawn to choose from")
	declare(g, &f.beta, number(0, 1), "beta", "0.5", "one-plus-beta: with this probability it chooses the better\nof two workers, and else takes any")
	declare(g, &f.bound, whole(1, maxBound), "bound", "2", "requests that bounded-pull and first give one worker at most")
	declare(g, &f.ewmaDecay, length(1), "ewma-decay", "10s", "peak-ewma: the time in which the past fades to 1/e")
	declare(g, &f.failurePenalty, length(1), "failure-penalty", "5s", "peak-ewma-penalty: what a failure counts as, at least")
	declare(g, &f.latencyAlpha, above(0, 1), "latency-alpha", "0.3", "least-time: weight of the newest latency against the past")
	declare(g, &f.shardSize, whole(1, maxWorkers), "shard-size", "2", "shuffle-shard: workers that serve one requester")
	declare(g, &f.subsetSize, whole(1, maxWorkers), "subset-size", "5", "subset: workers that one balancer uses")
	declare(g, &f.ringPoints, whole(1, maxRingPoints), "ring-points", "160", "points on the hash ring of a worker of weight 1")
	declare(g, &f.hashBalance, above(1, maxExcess), "hash-balance", "1.25", "bounded-hash: what a worker may hold, in fair shares")
	declare(g, &f.tableSize, primes(maxTable), "table-size", "65537", "maglev: entries of the table, a prime number")
	declare(g, &f.spill, above(0, maxBound), "spill", "4", "locality: pending requests per worker, on the mean, from\nwhich a zone is full")
	declare(g, &f.probes, whole(1, maxProbes), "probes", "3", "prequal: workers that are probed for each request")
	declare(g, &f.probePool, whole(2, maxProbes), "probe-pool", "16", "prequal: answers that are kept")
	declare(g, &f.probeAge, length(1), "probe-age", "1s", "prequal: when an answer is too old to be used")
	declare(g, &f.hotQuantile, number(0, 1), "hot-quantile", "0.84", "prequal: who has more requests in flight than this share of\nthose lately probed is hot")
	declare(g, &f.probeDelay, length(0), "probe-delay", "500us", "prequal: what a probe takes each way")
	declare(g, &f.tiers, perWorkers("tier", "2x0,3x1,5x2", whole(0, maxPriorities-1)), "tiers", "",
		"`COUNTxPRIORITY,…`: the priority that each worker serves\nfirst; without, workers are split like requests")
}

// primes reads a prime number: a step of any length then meets every entry of a table of that size.
func primes(high int) kind[int] {
	number := whole(2, high)
	k := kind[int]{want: fmt.Sprintf("a prime number up to %s, such as 65537", grouped(high)), show: number.show}
	k.parse = func(s string) (int, error) {
		n, err := number.parse(s)
		if err != nil || !big.NewInt(int64(n)).ProbablyPrime(0) { // below 2^64 it is certain
			return 0, k.refuse()
		}
		return n, nil
	}
	return k
}

// parameters are those of the strategies; config adds what depends on the workload.
func (f *flags) parameters() strategy.Parameters {
	return strategy.Parameters{
		Tie:            f.tie.is,
		Choices:        f.choices.is,
		Beta:           f.beta.is,
		Bound:          f.bound.is,
		EWMADecay:      f.ewmaDecay.is,
		FailurePenalty: f.failurePenalty.is,
		LatencyAlpha:   f.latencyAlpha.is,
		ShardSize:      f.shardSize.is,
		SubsetSize:     f.subsetSize.is,
		RingPoints:     f.ringPoints.is,
		HashBalance:    f.hashBalance.is,
		TableSize:      f.tableSize.is,
		Spill:          f.spill.is,
		Probes:         f.probes.is,
		ProbePool:      f.probePool.is,
		ProbeAge:       f.probeAge.is,
		HotQuantile:    f.hotQuantile.is,
	}
}

// checkTables refuses tables that are too large for the memory, or too small for the workers.
func (f *flags) checkTables(c *simulation.Config) error {
	points := 0.0
	for _, weight := range c.Weights {
		points += weight * float64(f.ringPoints.is)
	}
	points *= float64(c.Balancers)
	if f.heeds("ring-points") && points > maxRingPoints {
		return f.wrong("ring-points", fmt.Sprintf("want at most %s points in all, and the weights of the workers make it %s with %s",
			grouped(maxRingPoints), figure(points), counted(c.Balancers, "balancer")))
	}
	if slots := c.Balancers * f.tableSize.is; f.heeds("table-size") && slots > maxTables {
		return f.wrong("table-size", fmt.Sprintf("want at most %s entries in all, and %s make it %s",
			grouped(maxTables), counted(c.Balancers, "balancer"), grouped(slots)))
	}
	if f.heeds("table-size") && f.tableSize.is < c.Workers {
		return f.wrong("table-size", fmt.Sprintf("want an entry for each of --workers=%d, at least", c.Workers))
	}
	return nil
}
