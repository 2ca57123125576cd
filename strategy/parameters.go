package strategy

import "time"

// Parameters are the numbers that strategies take; each uses its own. --help gives their defaults.
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
	Probes         int           // prequal: probes per request, at least 1
	ProbePool      int           // prequal: the most answers that are kept, at least 2
	ProbeAge       time.Duration // prequal: when an answer is too old
	HotQuantile    float64       // prequal: who holds more than this share of the probed is hot, in [0, 1]
	Balancer       int           // which balancer asks, from 0
	Balancers      int           // how many there are, at least 1

	Delays [][]time.Duration // network delay of one way from zone to zone; nil: there is one zone
	Epoch  time.Time         // instant 0 of the run
}
