package strategy

import "math/rand/v2"

// few picks from so few workers that it looks at each of them: the least loaded, among equals in turn. Embedded, it is the Changed of a
// strategy, whose Join has to tell the turns of each worker.
type few struct {
	turns *turns
	turn  func(*Worker) uint64
}

func newFew(p Parameters, rng *rand.Rand) few {
	t := newTurns(p, rng)
	return few{t, t.order()}
}

func (f few) Changed(w *Worker) { f.turns.changed(w) }

// leastOf returns the least loaded of the workers that are eligible, among equals the first in turn; nil, if none is. O(workers).
func (f few) leastOf(workers []*Worker, eligible func(*Worker) bool) *Worker {
	var best *Worker
	for _, w := range workers {
		if (best == nil || f.rank(w).before(f.rank(best))) && eligible(w) {
			best = w
		}
	}
	return best
}

func (f few) rank(w *Worker) rank { return rank{pending(w), f.turn(w)} }
