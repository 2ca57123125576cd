package requester

// answered records an answer that has come. What follows from it is done at an instant of r's own.
func (r *Requester) answered(answer Response) {
	a := r.attempts[answer.Ticket]
	a.out, a.answer = false, answer
	a.call.out--
	r.out--
	lost := answer.Verdict == Lost
	inTime := a.state == asking && !lost && !r.Resolution.Before(a.end, answer.Due())
	a.account(inTime)
	switch {
	case inTime:
		r.reached(a)
	case lost && a.dropped:
		r.keep(a)
	case lost && a.state == asking && a.end == Never:
		r.lose(a)
	}
	r.settle(a.call)
}

// account enters in the outcome of the call what the answer tells of the attempt's service, or why there was none.
func (a *attempt) account(inTime bool) {
	c, verdict := a.call, a.answer.Verdict
	lost, loser := verdict == Lost, a.dropped && c.Verdict == Succeeded
	switch {
	case inTime:
	case loser && verdict == TimedOut: // it was skipped: it had been withdrawn, or its time was over
	case a.dropped:
		verdict = Cancelled
	default:
		verdict = TimedOut
	}
	switch {
	case a.answer.Served():
		c.Executed++
		c.Service += a.answer.Finished - a.answer.Began
		if !inTime && !lost {
			c.Late++
		}
	case lost || a.answer.Verdict == Failed:
		c.Buried++
	case verdict == TimedOut:
		c.Skipped++
	case verdict == Cancelled:
		c.Unserved++
	}
}

// lose notes that an attempt was swallowed which has no end, so that in the system that is simulated its requester would wait for ever. It
// is given up as lost at the Cut: once all requests have come, and the grace is over.
func (r *Requester) lose(a *attempt) {
	a.lost = true
	a.end = max(r.now, r.Cut)
	r.await(a, asking, r.after(a.end))
}

// reached ends the attempt if its answer is home by now, and else lets it wait until it is.
func (r *Requester) reached(a *attempt) {
	home := a.answer.Home()
	if a.answer.Way == 0 || home <= r.now {
		r.ends(a, a.answer.Verdict, home)
		return
	}
	r.await(a, coming, r.Aim(home, home))
}
