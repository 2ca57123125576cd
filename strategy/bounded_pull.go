package strategy

import (
	"math/rand/v2"

	"waza/heap"
	"waza/requester"
)

// boundedPull keeps requests in the balancer's backlog until a worker holds fewer than k, and gives them to the one
// that holds the fewest, the one sent to longest ago among equals: JBSQ(k), join the bounded shortest queue (Kogias
// et al., "R2P2: Making RPCs first-class datacenter citizens", 2019). With k = concurrency requests begin when they do
// under pull, with k = ∞ it is least-loaded. Both bound and order go by what a worker holds now: the one queue knows.
// O(log n) per pick.
// For short requests: the next one is at the worker already while the balancer hears that the last is done.
type boundedPull struct {
	workers *heap.Heap[*Worker, rank]
	bound   int
}

func newBoundedPull(p Parameters, _ *rand.Rand) Strategy {
	return &boundedPull{workers: heap.New(heldInTurn, rank.before), bound: bound.In(p.Set)}
}

func heldInTurn(w *Worker) rank { return rank{float64(w.Held), turnOf(w)} }

func (s *boundedPull) Join(w *Worker)                { s.workers.Push(w) }
func (s *boundedPull) Leave(w *Worker)               { s.workers.Remove(w) }
func (s *boundedPull) Sent(w *Worker)                { s.workers.Fix(w) }
func (s *boundedPull) Done(w *Worker, _ Observation) { s.workers.Fix(w) }

func (s *boundedPull) Pick(_ *requester.Request, eligible func(*Worker) bool) *Worker {
	for w := range s.workers.Ascending() {
		if w.Held >= s.bound {
			return nil // and all that follow hold as many
		}
		if eligible(w) {
			return w
		}
	}
	return nil
}
