package strategy

import (
	"math/rand/v2"

	"waza/heap"
	"waza/requester"
)

// A Tie says which of several equally loaded workers wins.
type Tie int

// The tie rules.
const (
	TieRoundRobin Tie = iota // the one dispatched to longest ago
	TieFirst                 // the lowest id
	TieRandom                // uniform over the tied
)

// leastLoaded picks the worker with the fewest pending requests, as the balancer of the Waza talk does
// (Pike, "Concurrency is not parallelism", 2012; leastconn in HAProxy). The heap holds all members and is
// mended after every change of a count; a full worker stays in it and is passed over.
// O(log n) per pick, and O(ties · log ties) under TieRandom.
// It is the best that one balancer with fresh counts and equal workers can do without a central queue.
type leastLoaded struct {
	workers *heap.Heap[*Worker]
	better  func(a, b *Worker) bool
	rng     *rand.Rand // for TieRandom, else nil
	tied    []*Worker  // scratch
}

func newLeastLoaded(p Parameters, rng *rand.Rand) Strategy {
	switch p.Tie {
	case TieFirst:
		return byOrder(fewerPending(lowerID), nil)
	case TieRandom:
		return byOrder(fewerPending(noDifference), rng)
	default:
		return byOrder(fewerPending(sentLongerAgo), nil)
	}
}

func byOrder(better func(a, b *Worker) bool, rng *rand.Rand) *leastLoaded {
	return &leastLoaded{workers: heap.New(better), better: better, rng: rng}
}

func fewerPending(tie func(a, b *Worker) bool) func(a, b *Worker) bool {
	return func(a, b *Worker) bool {
		if a.Pending != b.Pending {
			return a.Pending < b.Pending
		}
		return tie(a, b)
	}
}

func noDifference(a, b *Worker) bool { return false }
func lowerID(a, b *Worker) bool      { return a.ID < b.ID }

func sentLongerAgo(a, b *Worker) bool {
	if a.LastSent != b.LastSent {
		return a.LastSent < b.LastSent
	}
	return lowerID(a, b)
}

func (s *leastLoaded) Join(w *Worker)    { s.workers.Push(w) }
func (s *leastLoaded) Leave(w *Worker)   { s.workers.Remove(w) }
func (s *leastLoaded) Changed(w *Worker) { s.workers.Fix(w) }

func (s *leastLoaded) Pick(_ *requester.Request, eligible func(*Worker) bool) *Worker {
	s.tied = s.tied[:0]
	for w := range s.workers.Ascending() {
		if len(s.tied) > 0 && s.better(s.tied[0], w) {
			break // worse than the best: no tie any more
		}
		if !eligible(w) {
			continue
		}
		if s.rng == nil {
			return w // the order has no ties
		}
		s.tied = append(s.tied, w)
	}
	if len(s.tied) == 0 {
		return nil
	}
	return s.tied[s.rng.IntN(len(s.tied))]
}
