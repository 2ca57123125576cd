package balancer

import "waza/requester"

// verdict is what the balancer itself has to say to a request whose turn it is, or Succeeded: nothing.
func (b *Balancer) verdict(r *requester.Request) requester.Verdict {
	switch {
	case b.cancelled:
		return requester.Cancelled
	case !b.Resolution.Before(b.now, r.End):
		return requester.TimedOut
	}
	return requester.Succeeded
}

// refuse answers a request that gets no worker.
func (b *Balancer) refuse(r *requester.Request, v requester.Verdict) {
	b.ledger.refused(v)
	e := requester.Event{At: b.now, What: requester.Refuses, Worker: requester.None, Verdict: v}
	if v == requester.Rejected && b.refuser != nil {
		e.Why = b.refuser.Refusal().Error()
	}
	b.tell(e, r)
	r.Reply <- requester.Response{ // never blocks
		Ticket: r.Ticket, Verdict: v, Worker: requester.None,
		Dispatched: requester.Never, Began: requester.Never, Finished: b.now,
	}
}
