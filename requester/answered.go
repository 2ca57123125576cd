package requester

// answered enters an answer that has come home. It only records: what follows is done at an instant of r's own.
func (r *Requester) answered(answer Response) {
	a := r.attempts[answer.Ticket]
	a.out, a.answer = false, answer
	a.call.out--
	r.out--
	lost := answer.Verdict == Lost
	inTime := a.state == asking && !lost && !r.Resolution.Before(a.end, answer.Home())
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

// account enters into the outcome of the call what the answer tells of the attempt's service, or why there was none.
func (a *attempt) account(inTime bool) {
	c, verdict := a.call, a.answer.Verdict
	lost, loser := verdict == Lost, a.dropped && c.Verdict == Succeeded
	switch {
	case inTime:
	case loser && verdict == TimedOut: // skipped, as it was withdrawn or as its end had passed
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

// lose notes that an attempt without an end was swallowed: nothing will tell its requester, who would wait for ever. When all requests have
// come, and the grace is over, it is lost.
func (r *Requester) lose(a *attempt) {
	a.lost = true
	a.end = max(r.now, r.Cut)
	r.await(a, asking, r.after(a.end))
}

// reached ends the attempt if its answer is home, and else waits for it: until the first own instant after.
func (r *Requester) reached(a *attempt) {
	home := a.answer.Home()
	if a.answer.Way == 0 || home <= r.now {
		r.ends(a, a.answer.Verdict, home)
		return
	}
	r.await(a, coming, r.Aim(home, home))
}
