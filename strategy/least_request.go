package strategy

import (
	"math/rand/v2"

	"waza/requester"
)

// leastRequest draws --choices eligible workers with replacement and picks the one with the fewest pending requests,
// the first drawn among equals (Envoy LEAST_REQUEST). O(choices) per pick while most workers are eligible.
// As good as power-of-two among many workers. Among few the same one is often drawn twice: of two workers the busier
// still gets 25 %.
type leastRequest struct {
	members
	drawer
	choices int
}

func newLeastRequest(p Parameters, rng *rand.Rand) Strategy {
	return &leastRequest{drawer: drawer{rng: rng}, choices: choices.In(p.Set)}
}

func (s *leastRequest) Pick(_ *requester.Request, eligible func(*Worker) bool) *Worker {
	best := s.draw(s.workers, eligible, nil)
	for range s.choices - 1 {
		if best == nil {
			return nil // nobody is eligible: no need to draw again
		}
		if w := s.draw(s.workers, eligible, nil); w.Pending < best.Pending {
			best = w
		}
	}
	return best
}
