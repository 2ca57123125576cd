package strategy

import (
	"math/rand/v2"

	"waza/internal/fifo"
	"waza/requester"
)

// joinIdleQueue picks the worker that has been in the queue of idle workers longest, and a random one if there is no
// idle one (Lu, Xie, Kliot, Geller, Larus & Greenberg, "Join-Idle-Queue", 2011). A worker that becomes idle joins the
// queue of the balancer whose work it has finished, at the start worker i joins that of balancer i mod B.
// O(1) per pick while the longest idle is eligible.
// For many balancers: each finds idle workers without asking. That another balancer has sent something to a worker since
// it joined this queue is not known here; that is a part of the algorithm. When no worker is idle, it is random.
type joinIdleQueue struct {
	members
	drawer
	idle                fifo.Queue[*Worker] // those that hold nothing of this balancer and were idle when they joined it, each at most once
	balancer, balancers int
}

func newJoinIdleQueue(p Parameters, rng *rand.Rand) Strategy {
	return &joinIdleQueue{drawer: drawer{rng: rng}, balancer: p.Balancer, balancers: p.Balancers}
}

func (s *joinIdleQueue) Join(w *Worker) {
	s.members.Join(w)
	if w.Held == 0 && w.ID%s.balancers == s.balancer {
		s.idle.Push(w)
	}
}

func (s *joinIdleQueue) Leave(w *Worker) {
	s.members.Leave(w)
	s.withdraw(w)
}

func (s *joinIdleQueue) Pick(_ *requester.Request, eligible func(*Worker) bool) *Worker {
	for i := range s.idle.Len() {
		if w := s.idle.At(i); eligible(w) {
			return w
		}
	}
	return s.draw(s.workers, eligible, nil)
}

// Sent takes the worker that Pick found in the queue out of it. One that was drawn at random is not in it.
func (s *joinIdleQueue) Sent(w *Worker) { s.withdraw(w) }

// Done lets a worker join the queue that said it was idle when it finished, unless this balancer has sent it something
// since. It is not in the queue yet, for it held something until now.
func (s *joinIdleQueue) Done(w *Worker, o Observation) {
	if o.Idle && w.Held == 0 {
		s.idle.Push(w)
	}
}

func (s *joinIdleQueue) withdraw(w *Worker) {
	for i := range s.idle.Len() {
		if s.idle.At(i) == w {
			s.idle.Remove(i)
			return
		}
	}
}
