package strategy

import (
	"math/rand/v2"

	"waza/requester"
)

// modHash picks member number hash(key) mod n, in the order of their ids, and passes over the ineligible to the next
// (nginx hash without consistent). O(1) per pick while most workers are eligible.
// It is the counter-example: when one of n workers leaves, (n−1)/n of all keys move, and every cache is cold.
type modHash struct{ roster }

func newModHash(Parameters, *rand.Rand) Strategy { return &modHash{} }

func (s *modHash) Pick(r *requester.Request, eligible func(*Worker) bool) *Worker {
	at, n := hash(r.Key), uint64(len(s.workers))
	for i := range n {
		if w := s.workers[(at+i)%n]; eligible(w) {
			return w
		}
	}
	return nil
}
