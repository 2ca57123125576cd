package strategy

import (
	"math/rand/v2"

	"waza/requester"
)

// weightedRoundRobin gives turns in the proportion of the weights and spreads them evenly: weights 5, 1, 1 give
// a a b a c a a (nginx, smooth weighted round robin, 2012). At each pick every eligible worker earns its weight, the
// richest is picked, the one that joined first among equals, and pays what all have earned. O(n) per pick.
// round-robin for workers of known and different speed. It begins with the heaviest, so several balancers do march in step.
type weightedRoundRobin struct {
	members
	purse perWorker[float64]
}

func newWeightedRoundRobin(Parameters, *rand.Rand) Strategy { return &weightedRoundRobin{} }

func (s *weightedRoundRobin) Join(w *Worker) {
	s.members.Join(w)
	s.purse.renew(w.ID)
}

func (s *weightedRoundRobin) Pick(_ *requester.Request, eligible func(*Worker) bool) *Worker {
	var richest *Worker
	earned := 0.0
	for _, w := range s.workers {
		if !eligible(w) {
			continue
		}
		s.purse[w.ID] += w.Weight
		earned += w.Weight
		if richest == nil || s.purse[w.ID] > s.purse[richest.ID] {
			richest = w
		}
	}
	if richest != nil {
		s.purse[richest.ID] -= earned
	}
	return richest
}
