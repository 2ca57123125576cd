package strategy

import (
	"math/rand/v2"

	"waza/requester"
)

// weightedRandom picks an eligible worker with probability w_i / Σw. O(n) per pick.
// random for workers of known and different speed; it is as blind to what they hold.
type weightedRandom struct {
	members
	rng  *rand.Rand
	open []*Worker // scratch: the eligible
}

func newWeightedRandom(_ Parameters, rng *rand.Rand) Strategy { return &weightedRandom{rng: rng} }

func (s *weightedRandom) Pick(_ *requester.Request, eligible func(*Worker) bool) *Worker {
	s.open = s.open[:0]
	total := 0.0
	for _, w := range s.workers {
		if eligible(w) {
			s.open = append(s.open, w)
			total += w.Weight
		}
	}
	if len(s.open) == 0 {
		return nil
	}
	point := total * s.rng.Float64()
	for _, w := range s.open {
		if point -= w.Weight; point < 0 {
			return w
		}
	}
	return s.open[len(s.open)-1] // the weights, taken off one by one, may leave a rest of rounding
}
