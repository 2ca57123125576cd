package balancer

import (
	"slices"
	"time"

	"waza/requester"
	"waza/worker"
)

// A swallowed job has come back only because nobody else needs it: no answer to it will come, and nobody has told the balancer. It is
// pending until its requester waits no more, or the hole into which it fell is over, or the requester withdraws it.
type swallowed struct {
	*worker.Job // nil: it is not pending any more
}

// swallowedJobs are those that count as pending, by the channel that is closed when their requester withdraws them.
type swallowedJobs map[<-chan struct{}][]*swallowed

// keep keeps a job on the books that was swallowed.
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

// Withdraw says that a request is decided, whose channel of that name has been closed. Those of its attempts that were swallowed are pending no
// more; those that wait, for a worker or in its queue, are skipped when their turn comes.
type Withdraw struct{ Decided <-chan struct{} }

func (w Withdraw) apply(b *Balancer) {
	b.hear()
	b.due.agenda.Ring(b.now) // what ended before has ended then
	losers := b.swallowed[w.Decided]
	delete(b.swallowed, w.Decided)
	for _, s := range losers {
		s.Withdrawn = true
		b.giveUp(s, b.now)
	}
}
