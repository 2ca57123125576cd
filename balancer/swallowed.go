package balancer

import (
	"slices"
	"time"

	"waza/requester"
	"waza/worker"
)

// A swallowed job has come back only to be used again. In the system that is simulated no answer to it comes, and the balancer does not
// learn that: so it counts as pending until its requester gives up or withdraws it, or the fault that swallowed it is over.
type swallowed struct {
	*worker.Job // nil: it counts as pending no longer
}

// swallowedJobs are those that count as pending, by the channel that is closed when their requester withdraws them.
type swallowedJobs map[<-chan struct{}][]*swallowed

// keep keeps a job on the books that was swallowed, for as long as the job says.
func (b *Balancer) keep(j *worker.Job) {
	s, until := &swallowed{j}, j.Until
	if j.Decided != nil {
		b.swallowed[j.Decided] = append(b.swallowed[j.Decided], s)
	}
	if until != requester.Never {
		b.after(j.Finished, until-j.Finished, func(time.Duration) {
			if s.Job != nil {
				b.giveUp(s, until)
			}
		})
	}
}

// giveUp takes a swallowed job off the books.
func (b *Balancer) giveUp(s *swallowed, at time.Duration) {
	j := s.Job
	s.Job = nil
	if all := slices.DeleteFunc(b.swallowed[j.Decided], func(o *swallowed) bool { return o == s }); len(all) > 0 {
		b.swallowed[j.Decided] = all
	} else {
		delete(b.swallowed, j.Decided)
	}
	j.Finished = max(j.Finished, at)
	b.settle(j, b.members[j.Worker])
}

// Withdraw says that the request is decided whose channel Decided is, which has been closed. Those of its attempts that were swallowed count
// as pending no longer. Those that still wait, here or at a worker, are skipped when their turn comes.
type Withdraw struct{ Decided <-chan struct{} }

func (w Withdraw) apply(b *Balancer) {
	b.hear()
	b.due.agenda.Ring(b.now) // first what was due before, for that has its own instant
	losers := b.swallowed[w.Decided]
	delete(b.swallowed, w.Decided)
	for _, s := range losers {
		s.Withdrawn = true
		b.giveUp(s, b.now)
	}
}
