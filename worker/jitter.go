package worker

import (
	"math"

	"waza/requester"
)

// Jitter is lognormal noise of mean 1 on every service. It is a hash of what it is about and no sequence,
// so that every strategy meets the same noise.
type Jitter struct {
	Seed uint64
	CV   float64 // coefficient of variation; 0: none
}

func (j Jitter) factor(r *requester.Request, worker int) float64 {
	if j.CV == 0 {
		return 1
	}
	variance := math.Log1p(j.CV * j.CV)
	normal := math.Sqrt2 * math.Erfinv(2*requester.Chance(j.Seed, 'j', uint64(r.ID), uint64(r.Attempt), uint64(worker))-1)
	return math.Exp(math.Sqrt(variance)*normal - variance/2)
}
