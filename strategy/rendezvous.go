package strategy

import (
	"math"
	"math/rand/v2"

	"waza/requester"
)

// rendezvous picks the worker with the strongest claim to the key (highest random weight: Thaler & Ravishankar, "Using
// Name-Based Mappings to Increase Hit Rates", 1998). O(n) per pick.
// Use it with few workers: there is no table, shares are as even as chance has them, only the keys of who leaves move,
// and they spread over all that stay.
type rendezvous struct{ members }

func newRendezvous(Parameters, *rand.Rand) Strategy { return &rendezvous{} }

func (s *rendezvous) Pick(r *requester.Request, eligible func(*Worker) bool) *Worker {
	var best *Worker
	strongest := 0.0
	for _, w := range s.workers {
		if c := claim(r.Key, w); c > strongest && eligible(w) {
			best, strongest = w, c
		}
	}
	return best
}

// claim is how strongly a worker claims a key: −w/ln u, with u in the open interval (0, 1) a hash of both. −ln u is
// exponential with mean 1, so −ln u / w is with mean 1/w: the first of such clocks to ring is each with probability
// w/Σw, and the first to ring has the largest claim.
func claim(key uint64, w *Worker) float64 {
	return -w.Weight / math.Log(requester.Chance(key, uint64(w.ID)))
}
