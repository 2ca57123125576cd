package strategy

import (
	"math/rand/v2"

	"waza/internal/fifo"
	"waza/requester"
)

// pull keeps every request in the balancer's backlog until a slot is free, and gives it to the slot that has been
// free longest, at the start to the worker with the lowest id: one central queue, M/M/c (Redis BRPOP is one).
// O(1) per pick while the longest free is eligible.
// The best there is for work of unknown size, at the price of one round trip between two requests on a slot.
type pull struct {
	free fifo.Queue[*Worker] // one entry per free slot, longest free first
}

func newPull(Parameters, *rand.Rand) Strategy { return &pull{} }

// Join finds the worker's slots free but for what it holds already.
func (s *pull) Join(w *Worker) {
	for range w.Concurrency - w.Held {
		s.free.Push(w)
	}
}

func (s *pull) Leave(w *Worker) {
	for at := s.find(w); at >= 0; at = s.find(w) {
		s.free.Remove(at)
	}
}

func (s *pull) Pick(_ *requester.Request, eligible func(*Worker) bool) *Worker {
	for i := range s.free.Len() {
		if w := s.free.At(i); eligible(w) {
			return w
		}
	}
	return nil
}

// Sent takes the slot that Pick found: the worker's first.
func (s *pull) Sent(w *Worker) { s.free.Remove(s.find(w)) }

func (s *pull) Done(w *Worker, _ Observation) { s.free.Push(w) }

func (s *pull) find(w *Worker) int {
	for i := range s.free.Len() {
		if s.free.At(i) == w {
			return i
		}
	}
	return -1
}
