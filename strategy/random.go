package strategy

import (
	"math/rand/v2"
	"slices"

	"waza/requester"
)

// random picks any eligible worker, all equally likely (Envoy RANDOM).
// O(1) per pick while most workers are eligible. It knows nothing, and makes n separate queues of n workers: that is what a strategy which
// does know something has to beat.
type random struct {
	members
	drawer
}

func newRandom(_ Parameters, rng *rand.Rand) Strategy {
	return &random{drawer: drawer{rng: rng}}
}

func (s *random) Pick(_ *requester.Request, eligible func(*Worker) bool) *Worker {
	return s.draw(s.workers, eligible, nil)
}

// A drawer draws workers uniformly.
type drawer struct {
	rng  *rand.Rand
	rest []*Worker // scratch
}

// draw returns an eligible worker that is not among the drawn, all equally likely, or nil if there is none.
// It draws from all workers until it finds such a one, which costs O(1) while most are eligible. If it has not found one after a few draws,
// there may be few: then it gathers those that there are, and draws once from them, which costs O(n).
func (d *drawer) draw(all []*Worker, eligible func(*Worker) bool, drawn []*Worker) *Worker {
	const patience = 8
	for range min(patience, len(all)) {
		if w := all[d.rng.IntN(len(all))]; eligible(w) && !slices.Contains(drawn, w) {
			return w
		}
	}
	d.rest = d.rest[:0]
	for _, w := range all {
		if eligible(w) && !slices.Contains(drawn, w) {
			d.rest = append(d.rest, w)
		}
	}
	if len(d.rest) == 0 {
		return nil
	}
	return d.rest[d.rng.IntN(len(d.rest))]
}
