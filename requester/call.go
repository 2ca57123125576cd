package requester

import "time"

// A call is a request on its way through its attempts, from its intended start until the last answer is home.
type call struct {
	Outcome               // what becomes of it, filled in as it goes
	state   state         // what it does now
	attempt int           // the number of the latest attempt
	out     int           // attempts that a balancer has received and that have not come home
	end     time.Duration // of the latest attempt: nobody waits for it after this instant
	limit   time.Duration // the end of the whole request; Never: none
	home    time.Duration // when the answer that is coming is home
	due     time.Duration // when its requester must act on it; Never: when it is answered
	place   int           // in the agenda: index + 1
	message *Request      // the latest attempt
	own     Request       // used for every attempt that has no earlier one still out
	tried   []int         // the balancer's notes
	key     uint64        // of the request
	// abandoned: the run was over while the latest attempt was out.
	abandoned bool
}

// A state says what a call does.
type state uint8

const (
	atDoor  state = iota // an attempt waits for the balancer to receive it
	asking               // an attempt is with the balancer or a worker
	coming               // its answer has been given, and is on its way
	backing              // it waits for its backoff to end
	decided              // it has its verdict; answers may still come home
)

// call returns a new call that begins then.
func (r *Requester) call(start time.Duration) *call {
	var c *call
	if last := len(r.free) - 1; last >= 0 {
		c, r.free = r.free[last], r.free[:last]
	} else {
		c = &call{own: Request{Ticket: len(r.calls)}}
		r.calls = append(r.calls, c)
	}
	*c = call{own: c.own, tried: c.tried[:0], limit: Never, due: Never, Outcome: Outcome{
		ID: r.ID + r.issued*r.Of, Requester: r.ID, Work: r.Work(), Start: start,
	}}
	if r.Traits != nil {
		t := r.Traits()
		c.key, c.Priority, c.Zone = t.Key, uint8(t.Priority), uint8(t.Zone)
	}
	if r.Deadline > 0 {
		c.limit = r.aim(start + r.Deadline)
	}
	r.issued++
	r.live++
	return c
}

// attempt starts the call's next attempt: it queues at the door.
func (r *Requester) attempt(c *call, start time.Duration) {
	c.attempt++
	c.Offered = start
	c.Worker, c.Dispatched, c.Began, c.Finished = None, Never, Never, Never
	c.end = c.limit
	if r.Timeout > 0 {
		c.end = min(c.limit, r.aim(start+r.Timeout))
	}
	c.message = &c.own
	if c.out > 0 {
		c.message = new(Request) // the balancer or a worker still reads an earlier one
	}
	*c.message = Request{
		ID: c.ID, Requester: r.ID, Attempt: c.attempt, Key: c.key, Priority: int(c.Priority), Zone: int(c.Zone),
		Work: c.Work, End: Never, Ticket: c.own.Ticket,
	}
	if r.Propagate {
		c.message.End = c.end
	}
	if r.Retries > 0 {
		c.message.Tried = &c.tried
	}
	r.plan(c, atDoor, c.end)
	r.door = append(r.door, c)
}

// answered enters an answer that has come home. It only records: what follows is done at an instant of r's own.
func (r *Requester) answered(a Response) {
	c := r.calls[a.Ticket]
	c.out--
	r.out--
	inTime := c.state == asking && a.Attempt == c.attempt && a.Home() <= c.end
	verdict := a.Verdict
	if !inTime {
		verdict = TimedOut // when its time was over, or
		if a.Attempt == c.attempt && c.abandoned {
			verdict = Cancelled // when the run was
		}
	}
	switch {
	case a.Served():
		c.Executed++
		c.Service += a.Finished - a.Began
		if !inTime {
			c.Late++
		}
	case verdict == TimedOut:
		c.Skipped++
	case verdict == Cancelled:
		c.Unserved++
	}
	if a.Attempt == c.attempt {
		c.Worker, c.Dispatched, c.Began, c.Finished = a.Worker, a.Dispatched, a.Began, a.Finished
	}
	if inTime {
		r.reached(c, verdict, a)
	}
	r.settle(c)
}

// reached ends the call's attempt if the answer is home, and else waits for it: until the first own instant after.
func (r *Requester) reached(c *call, v Verdict, a Response) {
	if a.Way == 0 || a.Home() <= r.now() {
		r.ends(c, v, a.Home())
		return
	}
	c.Verdict, c.home = v, a.Home() // the verdict if nothing comes between
	r.plan(c, coming, r.Aim(c.home, c.home))
}

// timeOut ends an attempt whose time is over; one that is still at the door is withdrawn.
func (r *Requester) timeOut(c *call) {
	if c.state == atDoor {
		c.Withdrawn++
		r.leaveDoor(c)
	}
	r.ends(c, TimedOut, c.end)
	r.settle(c)
}

// ends gives the latest attempt its verdict, and plans another where one is allowed and could begin in time.
func (r *Requester) ends(c *call, v Verdict, at time.Duration) {
	c.Attempts[v]++
	if v != Succeeded && v != Cancelled && c.attempt <= r.Retries {
		again := r.aim(at + r.Backoff.Before(c.attempt-1, r.Seed, c.ID))
		if again < c.limit {
			r.tell(Fails, c, at, v)
			r.plan(c, backing, again)
			return
		}
	}
	r.decide(c, v, at)
}

// decide gives the call its verdict.
func (r *Requester) decide(c *call, v Verdict, at time.Duration) {
	c.Verdict, c.Decided = v, at
	r.plan(c, decided, Never)
	r.live--
	r.done++
	r.tell(Decides, c, at, v)
	if r.Closed {
		r.milestone(r.done == r.Warmup, Milestone{At: at})
		r.schedule(at)
	}
}

// plan notes what the call does now and when its requester must act on it.
func (r *Requester) plan(c *call, s state, due time.Duration) {
	c.state, c.due = s, due
	r.agenda.set(c)
}

// settle tells the report of a call of which nothing more will be heard, and keeps its memory for another.
func (r *Requester) settle(c *call) {
	if c.state != decided || c.out > 0 {
		return
	}
	r.block = append(r.block, c.Outcome)
	if len(r.block) >= r.BlockSize {
		r.handOver()
	}
	r.free = append(r.free, c)
}

// giveUp cancels every call that has no verdict: the run is over.
func (r *Requester) giveUp() {
	now := r.now()
	for _, c := range r.calls {
		switch c.state {
		case decided:
			continue
		case atDoor:
			c.Attempts[Cancelled]++
			c.Unserved++
			c.AtDoor++
			r.leaveDoor(c)
		case asking:
			c.Attempts[Cancelled]++
			c.abandoned = true
		case coming:
			c.Attempts[Cancelled]++
			if c.Began != Never {
				c.Late++
			}
		}
		r.decide(c, Cancelled, now)
		r.settle(c)
	}
}
