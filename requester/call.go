package requester

import (
	"time"

	"waza/internal/agenda"
)

// A call is one request to its requester: from the intended start, through all its attempts, until the last answer has come home.
type call struct {
	Outcome               // what has become of it so far
	tries   int           // attempts so far
	retries int           // those of them that began when all before had failed
	hedges  int           // those of them that began while one before might still succeed
	live    int           // those of them that have no verdict
	out     int           // attempts that a balancer has received and whose answers have not come home
	decided bool          // it has its verdict
	limit   time.Duration // the end of the whole request, by its deadline; Never: none
	key     uint64        // of the request
	tried   Tried         // which workers its attempts have met
	hedged  bool          // its present try has had its hedge
	kept    bool          // all answers have come home, but a loser was swallowed and is still to be withdrawn
	next    agenda.Entry  // what it does next: it starts a retry or a hedge or, once it is decided, tells its losers
	starts  time.Duration // when that retry or hedge starts
	winner  chan struct{} // closed to tell the losers; nil: nobody is to be told
	told    *attempt      // the attempt that the outcome tells of: the one that was answered in time, else the last
	more    []*attempt    // the attempts beside the first, each added while all before it were out
	first   attempt       // most calls have no other
}

// call returns a new call that begins at that instant.
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

// unusedCall returns a call that has been settled, to be used again, or a new one.
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

// number is the place of an attempt in the order of what is due at one instant: by the request's id, then by the attempt. A planned retry
// takes the place of the attempt before it, which is over by then; a planned hedge takes its own.
func (c *call) number(attempt int) uint64 { return uint64(c.ID)<<8 | uint64(attempt) }

// proceed does what the call does next, now that this is due.
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

// try starts a try: the first attempt of the call, or a retry. If it is to have a hedge, that is planned.
func (r *Requester) try(c *call, start time.Duration) {
	r.attempt(c, start)
	c.hedged = false
	if r.Hedge.On() {
		r.planHedge(c)
	}
}

// again plans a retry after an attempt has failed at that instant, if one is left, could begin in time and can be paid for. Otherwise it
// decides the call.
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

// decide gives the call its verdict, at that instant, and drops the attempts that have none.
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
		r.milestone(r.done == r.Warmup, Milestone{At: r.knownAt(at)})
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

// settle ends a call of which nothing more will be heard: its outcome goes to the report, and its memory is used again.
func (r *Requester) settle(c *call) {
	if !c.decided || c.out > 0 || c.kept {
		return
	}
	if c.winner != nil {
		r.agenda.Set(&c.next, Never) // all losers have come home
	}
	a := &c.told.answer
	c.Offered, c.Worker, c.Dispatched, c.Began, c.Latest, c.Finished = c.told.start, a.Worker, a.Dispatched, a.Began, a.Latest, a.Finished
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

// giveUp decides every call that has no verdict, since the run is over: it is cancelled if the run was interrupted, else it was lost.
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
