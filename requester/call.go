package requester

import (
	"time"

	"waza/internal/agenda"
)

// A call is a request on its way through its attempts, from its intended start until the last answer is home.
type call struct {
	Outcome               // what becomes of it, filled in as it goes
	tries   int           // attempts so far
	retries int           // of these, begun after all before had failed
	hedges  int           // of these, begun while one before might still succeed
	live    int           // of these, attempts without a verdict
	out     int           // attempts that a balancer has received and that have not come home
	decided bool          // it has its verdict
	limit   time.Duration // the end of the whole request; Never: none
	key     uint64        // of the request
	tried   Tried         // which workers its attempts have met
	hedged  bool          // its present try has had its hedge
	kept    bool          // though all has come home: a loser was swallowed, and is still to be withdrawn
	next    agenda.Entry  // the start of its next attempt, a hedge or after a backoff; once it is decided, telling its losers
	starts  time.Duration // that instant, of an attempt
	winner  chan struct{} // closed to tell the losers; nil: nobody is to be told
	told    *attempt      // of which the outcome tells: that answered in time, else the last
	more    []*attempt    // beside the first: there was one more out at once
	first   attempt       // most calls have no other
}

// call returns a new call that begins then.
func (r *Requester) call(start time.Duration) *call {
	c := r.unusedCall()
	c.Outcome = Outcome{ID: r.ID + r.issued*r.Of, Requester: r.ID, Work: r.Work(), Start: start}
	c.tries, c.retries, c.hedges, c.decided, c.limit = 0, 0, 0, false, Never
	for tier := range c.tried {
		c.tried[tier] = c.tried[tier][:0]
	}
	if r.Traits != nil {
		t := r.Traits()
		c.key, c.Priority, c.Zone = t.Key, uint8(t.Priority), uint8(t.Zone)
	}
	if r.Deadline > 0 {
		c.limit = r.endOf(start, r.Deadline)
	}
	r.issued++
	r.live++
	return c
}

// unusedCall returns one that has been settled, or a new one.
func (r *Requester) unusedCall() *call {
	if last := len(r.free) - 1; last >= 0 {
		c := r.free[last]
		r.free = r.free[:last]
		return c
	}
	c := &call{}
	c.first.call = c
	c.next.Do = func(time.Duration) { r.proceed(c) }
	r.enlist(&c.first)
	r.calls = append(r.calls, c)
	return c
}

// number is a place in the order of what is due at one instant: by id, then by the number of the attempt. A planned retry has that of the
// last attempt, which is over by then; a planned hedge has the one that it will have as an attempt.
func (c *call) number(attempt int) uint64 { return uint64(c.ID)<<8 | uint64(attempt) }

// proceed does what the call was waiting for.
func (r *Requester) proceed(c *call) {
	switch {
	case c.decided:
		r.withdraw(c)
	case c.hedged && c.live > 0:
		r.planLook(c)
	case c.live > 0:
		r.hedge(c)
	default:
		r.try(c, c.starts)
	}
}

// try starts the first attempt of the call, or a retry, and plans the hedge beside it.
func (r *Requester) try(c *call, start time.Duration) {
	r.attempt(c, start)
	c.hedged = false
	if r.Hedge.On() {
		r.planHedge(c)
	}
}

// again plans another attempt after a failed one, where one is allowed, could begin in time and is paid for, or else decides the call.
func (r *Requester) again(c *call, v Verdict, at time.Duration) {
	if c.retries < r.Retries {
		starts := r.aim(at + r.Backoff.Before(c.retries, r.Seed, c.ID))
		if r.Resolution.Before(starts, c.limit) && r.Budget.pay(at) {
			r.tell(Fails, c.told, at, v)
			c.retries++
			c.starts, c.next.Number = starts, c.number(c.tries)
			r.agenda.Set(&c.next, starts)
			return
		}
	}
	r.decide(c, v, at)
}

// decide gives the call its verdict. Nobody waits for its other attempts any more.
func (r *Requester) decide(c *call, v Verdict, at time.Duration) {
	c.Verdict, c.Decided, c.decided = v, at, true
	r.agenda.Set(&c.next, Never)
	r.dropOthers(c)
	if v == Succeeded && (c.out > 0 || c.kept) {
		r.planWithdrawal(c)
	}
	r.live--
	r.done++
	if r.Hedge.Percentile > 0 {
		r.learn(c)
	}
	r.tell(Decides, c.told, at, v)
	if r.Closed {
		r.milestone(r.done == r.Warmup, Milestone{At: r.noticed(at)})
		r.schedule(at)
	}
}

// dropOthers drops the attempts of a call that have no verdict.
func (r *Requester) dropOthers(c *call) {
	if c.live == 0 {
		return
	}
	if c.first.state != over {
		r.drop(&c.first)
	}
	for _, a := range c.more {
		if a.state != over {
			r.drop(a)
		}
	}
}

// settle tells the report of a call of which nothing more will be heard, and keeps its memory for another.
func (r *Requester) settle(c *call) {
	if !c.decided || c.out > 0 || c.kept {
		return
	}
	if c.winner != nil {
		r.agenda.Set(&c.next, Never) // there is no loser left to be told
	}
	a := &c.told.answer
	c.Offered, c.Worker, c.Dispatched, c.Began, c.Finished = c.told.start, a.Worker, a.Dispatched, a.Began, a.Finished
	if c.Verdict == Rejected {
		c.Reason = a.Reason
	}
	r.hedges -= c.hedges
	r.block = append(r.block, c.Outcome)
	if len(r.block) >= r.BlockSize {
		r.handOver()
	}
	r.spare = append(r.spare, c.more...)
	c.more = c.more[:0]
	r.free = append(r.free, c)
}

// giveUp ends every call that has no verdict: the run is over. Those of a run that nobody interrupted are lost.
func (r *Requester) giveUp() {
	v := Lost
	if r.halted {
		v = Cancelled
	}
	for _, c := range r.calls {
		if !c.decided {
			r.decide(c, v, r.now)
			r.settle(c)
		}
	}
}
