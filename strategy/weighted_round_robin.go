package strategy

import (
	"math/rand/v2"

	"waza/requester"
)

// weightedRoundRobin gives turns in the proportion of the weights and spreads them evenly: weights 5, 1, 1 give
// a a b a c a a (nginx, smooth weighted round robin, 2012). At each pick every eligible worker earns its weight, the
// richest is picked, the one that joined first among equals, and pays what all have earned. O(n) per pick.
// round-robin for workers of known and different speed. It begins with the heaviest; but of several balancers only the first
// does, lest they march in step: the others begin as if they had been at it for a while.
type weightedRoundRobin struct {
	members
	purse perWorker[float64]
	turn  float64    // what all earned at the last pick
	rng   *rand.Rand // for the purses at the start; nil: they are empty
}

func newWeightedRoundRobin(p Parameters, rng *rand.Rand) Strategy {
	if p.Balancer == 0 {
		return &weightedRoundRobin{}
	}
	return &weightedRoundRobin{rng: rng}
}

func (s *weightedRoundRobin) Join(w *Worker) {
	s.members.Join(w)
	s.purse.renew(w.ID)
}

// endow fills the purses of the workers that are there at the start, each with a random part of what a turn costs. So they stand as they may
// at any time, and it is chance how far each is from its turn. A worker that joins later has nothing, and stands last.
func (s *weightedRoundRobin) endow() {
	for _, w := range s.workers {
		s.turn += w.Weight
	}
	for _, w := range s.workers {
		s.purse[w.ID] = s.turn * s.rng.Float64()
	}
	s.rng = nil
}

func (s *weightedRoundRobin) Pick(_ *requester.Request, eligible func(*Worker) bool) *Worker {
	if s.rng != nil && len(s.workers) > 0 {
		s.endow()
	}
	var richest *Worker
	earned := 0.0
	for _, w := range s.workers {
		if !eligible(w) {
			continue
		}
		s.purse[w.ID] += w.Weight
		earned += w.Weight
		if richest == nil || s.purse[w.ID] > s.purse[richest.ID]+s.rounding() {
			richest = w
		}
	}
	if richest != nil {
		s.purse[richest.ID] -= earned
		s.turn = earned
	}
	return richest
}

// rounding is more than errors of rounding add up to, and less than purses of different workers differ by: those of weights 0.1
// are equal when those of weights 1 are.
func (s *weightedRoundRobin) rounding() float64 { return 1e-11 * s.turn }
