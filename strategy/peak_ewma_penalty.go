package strategy

import "math/rand/v2"

// peak-ewma-penalty is peak-ewma, but a failed response counts as one that took --failure-penalty, or longer if it did
// (Linkerd's load biaser). O(1) per pick.
// For workers that fail fast: under peak-ewma such a worker is the fastest of all and draws in the load.
func newPeakEWMAPenalty(p Parameters, rng *rand.Rand) Strategy {
	return &peakEWMA{drawer: drawer{rng: rng}, tau: p.EWMADecay, epoch: p.Epoch, penalty: p.FailurePenalty}
}
