package balancer

import "waza/requester"

// verdict is the verdict with which the balancer itself answers a request whose turn it is; Succeeded: there is none, and it is to be
// sent.
func (b *Balancer) verdict(r *requester.Request) requester.Verdict {
	switch {
	case b.broker.done(r):
		return requester.Lost // the worker that it was claimed from has answered it: it is not to be sent again
	case b.cancelled:
		return requester.Cancelled
	case !b.Resolution.Before(b.now, r.End):
		return requester.TimedOut
	case r.Loser():
		return requester.TimedOut
	}
	return requester.Succeeded
}

// refuse answers a request that is not sent to a worker for another reason than that there is no room.
func (b *Balancer) refuse(r *requester.Request, v requester.Verdict) {
	if v == requester.Lost {
		b.broker.turnAway(r, requester.Response{})
		return
	}
	e := requester.Event{What: requester.Refuses, Verdict: v}
	if v == requester.TimedOut {
		e.What, e.Why = requester.Skips, r.WhySkipped()
	}
	b.respond(r, e, requester.NoReason)
}

// reject answers a request for which there is no room. If the reason has a name, it is counted by it.
func (b *Balancer) reject(r *requester.Request, reason requester.Reason) {
	why := b.why(reason)
	b.ledger.Refusals = addRefusal(b.ledger.Refusals, why, 1)
	b.respond(r, requester.Event{What: requester.Refuses, Verdict: requester.Rejected, Why: why}, reason)
}

// respond answers a request with the verdict of the event, and tells the event to whoever listens.
func (b *Balancer) respond(r *requester.Request, e requester.Event, reason requester.Reason) {
	b.ledger.refused(e.Verdict)
	e.At, e.Worker = b.now, requester.None
	b.tell(e, r)
	answer := requester.Response{
		Ticket: r.Ticket, Verdict: e.Verdict, Reason: reason, Worker: requester.None,
		Dispatched: requester.Never, Began: requester.Never, Finished: b.now,
	}
	if b.broker != nil {
		b.broker.turnAway(r, answer)
		return
	}
	r.Reply <- answer // never blocks
}

// reason is why a request that has just come finds neither a worker nor room in the backlog: a gate is shut (of several the first is
// named), or all workers are full.
func (b *Balancer) reason() requester.Reason {
	if b.room > 0 && !b.open() {
		if number, shut := b.regulated.first(); shut {
			return requester.Regulated + requester.Reason(number)
		}
		return requester.OverLimit
	}
	if b.refuser != nil {
		return requester.NoWorkers
	}
	return requester.NoRoom
}

// why is the name of a reason: that of the regulator, or what the strategy says if it finds no worker. Other reasons have none.
func (b *Balancer) why(reason requester.Reason) string {
	switch {
	case reason >= requester.Regulated:
		return b.regulated.all[reason-requester.Regulated].figures.Regulator
	case reason == requester.NoWorkers:
		return b.refuser.Refusal().Error()
	}
	return ""
}

// A Refusal is how many attempts were rejected for a reason that has a name.
type Refusal struct {
	Why      string
	Attempts int
}

// addRefusal counts more attempts under that name; none, if it is empty. There are few names, so a slice will do.
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
