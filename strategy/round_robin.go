package strategy

import (
	"math/rand/v2"

	"waza/requester"
)

// roundRobin picks the workers in turn, passing over those that are not eligible (nginx, Envoy).
// It starts at a random worker, so that several balancers do not march in step.
// O(1) per pick while most workers are eligible. It needs no counts, and it spreads equal work well over equal
// workers; it is blind to a worker that is slow or full of long requests.
type roundRobin struct {
	members
	next  int
	start func(int) int // draws whose turn it is first; nil once that is drawn
}

func newRoundRobin(_ Parameters, rng *rand.Rand) Strategy {
	return &roundRobin{start: rng.IntN}
}

func (s *roundRobin) Pick(_ *requester.Request, eligible func(*Worker) bool) *Worker {
	n := len(s.workers)
	if s.start != nil && n > 0 {
		s.next, s.start = s.start(n), nil
	}
	for i := range n {
		turn := (s.next + i) % n
		if w := s.workers[turn]; eligible(w) {
			s.next = turn + 1
			return w
		}
	}
	return nil
}
