package strategy

import (
	"math/rand/v2"

	"waza/internal/option"
)

var failurePenalty = option.New("failure-penalty", option.Length(1), "5s",
	"peak-ewma-penalty: what a failure counts as, at least")

// peak-ewma-penalty is peak-ewma, but a failed response counts as one that took --failure-penalty, or longer if it did
// (Linkerd's load biaser). O(1) per pick.
// For workers that fail fast: under peak-ewma such a worker is the fastest of all and draws in the load.
func newPeakEWMAPenalty(p Parameters, rng *rand.Rand) Strategy {
	s := newPeakEWMA(p, rng).(*peakEWMA)
	s.penalty = failurePenalty.In(p.Set)
	return s
}
