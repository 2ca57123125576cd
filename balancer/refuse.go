package balancer

import "waza/requester"

// verdict is what the balancer itself has to say to a request whose turn it is, or Succeeded: nothing.
func (b *Balancer) verdict(r *requester.Request) requester.Verdict {
	switch {
	case b.broker.done(r):
		return requester.Lost // its answer: nobody else is to have it
	case b.cancelled:
		return requester.Cancelled
	case !b.Resolution.Before(b.now, r.End):
		return requester.TimedOut
	case r.Loser():
		return requester.TimedOut
	}
	return requester.Succeeded
}

// refuse answers a request that gets no worker.
func (b *Balancer) refuse(r *requester.Request, v requester.Verdict) {
	if v == requester.Lost {
		b.broker.turnAway(r, requester.Response{})
		return
	}
	b.ledger.refused(v)
	e := requester.Event{At: b.now, What: requester.Refuses, Worker: requester.None, Verdict: v}
	switch v {
	case requester.TimedOut:
		e.What, e.Why = requester.Skips, r.WhySkipped()
	case requester.Rejected:
		e.Why = b.why()
		b.ledger.Refusals = addRefusal(b.ledger.Refusals, e.Why, 1)
	}
	b.tell(e, r)
	answer := requester.Response{
		Ticket: r.Ticket, Verdict: v, Worker: requester.None,
		Dispatched: requester.Never, Began: requester.Never, Finished: b.now,
	}
	if b.broker != nil {
		b.broker.turnAway(r, answer)
		return
	}
	r.Reply <- answer // never blocks
}

// why names the reason for a rejection, if that has a name: a regulator limits, or the strategy has none to pick. codel drops while workers
// have room, and adaptive concurrency has no name for it.
func (b *Balancer) why() string {
	switch {
	case b.codel.dropping:
		return ""
	case b.room > 0 && !b.open():
		return b.regulated.why()
	case b.refuser == nil:
		return ""
	}
	return b.refuser.Refusal().Error()
}

// A Refusal is how many attempts were rejected for a reason that has a name.
type Refusal struct {
	Why      string
	Attempts int
}

// addRefusal counts some more. There are few names.
func addRefusal(all []Refusal, why string, attempts int) []Refusal {
	if why == "" {
		return all
	}
	for i := range all {
		if all[i].Why == why {
			all[i].Attempts += attempts
			return all
		}
	}
	return append(all, Refusal{why, attempts})
}
