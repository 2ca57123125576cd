package strategy

import (
	"fmt"
	"math/rand/v2"
	"time"
)

// Parameters are the numbers that strategies take; each uses its own. SEMANTICS gives their defaults.
type Parameters struct {
	Tie            Tie           // which of several equally loaded workers wins
	Choices        int           // how many workers to draw, at least 1
	Beta           float64       // one-plus-beta: how often two are drawn, in [0, 1]
	Bound          int           // bounded-pull, first: the most that a worker is given, at least 1
	EWMADecay      time.Duration // peak-ewma: τ, above 0
	FailurePenalty time.Duration // peak-ewma-penalty: what a failure counts as, at least
	LatencyAlpha   float64       // least-time: weight of the newest latency, in (0, 1]
	ShardSize      int           // shuffle-shard: workers per requester, at least 1
	SubsetSize     int           // subset: workers per balancer, at least 1
	RingPoints     int           // ring-hash, bounded-hash: points per worker of weight 1, at least 1
	HashBalance    float64       // bounded-hash: c, above 1
	TableSize      int           // maglev: M, a prime
	Spill          float64       // locality: mean pending from which a zone is full
	Balancer       int           // which balancer asks, from 0
	Balancers      int           // how many there are, at least 1

	Delays [][]time.Duration // network delay of one way from zone to zone; nil: there is one zone
	Epoch  time.Time         // instant 0 of the run
}

// A Kind is one line of the table of strategies.
type Kind struct {
	Name    string // as in --strategy
	Group   string // what it goes by
	Does    string // one sentence, for --strategies and --help
	Flags   string // the flags of its Parameters, parted by spaces
	Central bool   // it is one queue, which has one owner: there cannot be several balancers
	Counts  bool   // it reads Pending, which --stale and --refresh make old
	make    func(Parameters, *rand.Rand) Strategy
}

// Table lists every strategy that there is, in the order in which all of them are shown.
func Table() []Kind {
	return []Kind{
		{Name: "least-loaded", Group: loadAware, Counts: true, Flags: "tie", make: newLeastLoaded,
			Does: "the worker with the fewest pending requests, from a heap"},
		{Name: "power-of-two", Group: loadAware, Counts: true, Flags: "choices", make: newPowerOfTwo,
			Does: "the less loaded of two workers drawn at random"},
		{Name: "pull", Group: pulling, Central: true, make: newPull,
			Does: "whoever has been idle longest; requests wait in one central queue"},
		{Name: "round-robin", Group: baseline, make: newRoundRobin,
			Does: "the next worker in turn"},
		{Name: "random", Group: baseline, make: newRandom,
			Does: "any worker, all equally likely"},
		{Name: "most-loaded", Group: baseline, Counts: true, make: newMostLoaded,
			Does: "the worker with the most pending requests: the negative control"},
	}
}

// The groups of the table: what a strategy goes by.
const (
	loadAware    = "load-aware"
	latencyAware = "latency-aware"
	errorAware   = "error-aware"
	pulling      = "pull"
	hashing      = "hashing"
	topology     = "topology"
	baseline     = "baseline"
)

// Names returns the names of all strategies, in the order of the table.
func Names() []string {
	var names []string
	for _, k := range Table() {
		names = append(names, k.Name)
	}
	return names
}

// New makes the strategy of that name. All its random draws come from rng, which it owns from now on.
func New(name string, p Parameters, rng *rand.Rand) (Strategy, error) {
	for _, k := range Table() {
		if k.Name == name {
			return k.make(p, rng), nil
		}
	}
	return nil, fmt.Errorf("no strategy is named %q", name)
}
