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
// For many balancers: each finds idle workers without asking anybody. What another balancer has sent to a worker after
// it joined this queue is not known here, and that is the algorithm. When nobody is idle, it is random.
type joinIdleQueue struct {
	members
	drawer
	idle                fifo.Queue[*Worker] // of them this balancer knows no work, so each is in it at most once
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

// Sent takes out of the queue whom Pick found in it. A worker that was drawn at random is not in it.
func (s *joinIdleQueue) Sent(w *Worker) { s.withdraw(w) }

// Done finds the worker outside of the queue: it held something until now. That it is idle, it said when it finished;
// this balancer may have sent it something since.
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
