package requester

import (
	"time"

	"waza/internal/agenda"
)

// An attempt is one message of a call: what was asked, when it ends, what it does now, and its answer. Several attempts of one call may
// be out at once: those that were given up before their answers came home, and those that race, a hedge and the attempt beside which it
// began. The memory of an attempt is used again, under the same ticket.
type attempt struct {
	message Request // its Ticket never changes
	call    *call
	state   state
	out     bool          // a balancer has received it, and its answer has not come home
	lost    bool          // it was swallowed, and only the end of the run ends it
	hedge   bool          // it began beside another of its call
	dropped bool          // the end of the run or the success of another attempt has ended it, and not its own time
	start   time.Duration // when it was ready to be offered
	end     time.Duration // it times out after this instant; Never: it does not
	answer  Response      // once it has been given; until then unanswered
	due     agenda.Entry  // for the instant just after its end, or at which its answer is home
	body    *agenda.Entry // for the instant at which the balancer has its body; nil: it has never waited for that
}

// A state says what an attempt does.
type state uint8

const (
	over      state = iota // it has its verdict, or has not begun; an answer may still come home
	atDoor                 // it waits for the balancer to receive it
	asking                 // it is at the balancer or a worker
	uploading              // its body is on the way to the balancer, which receives it only after that
	coming                 // its answer is on the way home
)

// unanswered stands in the place of the answer to an attempt that has none.
var unanswered = Response{Worker: None, Dispatched: Never, Began: Never, Finished: Never}

// newAttempt returns an attempt with a ticket of its own.
func (r *Requester) newAttempt() *attempt {
	a := &attempt{}
	r.enlist(a)
	return a
}

// enlist gives a new attempt its ticket.
func (r *Requester) enlist(a *attempt) {
	a.message.Ticket = len(r.attempts)
	a.due.Do = func(time.Duration) { r.comeDue(a) }
	r.attempts = append(r.attempts, a)
}

// attempt starts another attempt of the call, and lets it go to the door.
func (r *Requester) attempt(c *call, start time.Duration) {
	a := r.unused(c)
	c.tries++
	c.live++
	c.told = a
	a.start, a.end, a.hedge, a.lost, a.dropped, a.answer = start, c.limit, c.live > 1, false, false, unanswered
	if r.Timeout > 0 {
		a.end = min(c.limit, r.endOf(start, r.Timeout))
	}
	a.message = Request{
		ID: c.ID, Requester: r.ID, Attempt: c.tries, Key: c.key, Priority: int(c.Priority), Zone: int(c.Zone),
		Work: c.Work, End: Never, Waits: a.end, Ticket: a.message.Ticket,
	}
	if r.Propagate {
		a.message.End = a.end
	}
	if r.mayFollow() {
		a.message.Tried = &c.tried
	}
	r.tellOfWinner(a)
	a.due.Number = c.number(c.tries)
	r.goToDoor(a)
}

// unused returns an attempt that nobody reads or waits for, to be used for this call: the call's first if that is so of it, else another
// of the call's, else a spare or a new one.
func (r *Requester) unused(c *call) *attempt {
	if !c.first.busy() {
		return &c.first
	}
	for _, a := range c.more {
		if !a.busy() {
			return a
		}
	}
	var a *attempt
	if last := len(r.spare) - 1; last >= 0 {
		a, r.spare = r.spare[last], r.spare[:last]
	} else {
		a = r.newAttempt()
	}
	a.call = c
	c.more = append(c.more, a)
	return a
}

// role says what an attempt is, unless it is the first of its call.
func (a *attempt) role() string {
	switch {
	case a.message.Attempt == 1:
		return ""
	case a.hedge:
		return "a hedge"
	}
	return "a retry"
}

// busy tells whether a balancer or a worker may still read the message of an attempt, or somebody waits for its answer.
func (a *attempt) busy() bool { return a.out || a.state != over }

// comeDue ends an attempt whose instant has come: its answer is home, or its time is over. An attempt that no balancer has received yet is
// withdrawn.
func (r *Requester) comeDue(a *attempt) {
	switch {
	case a.state == coming:
		r.ends(a, a.answer.Verdict, a.answer.Home())
	case a.lost:
		r.ends(a, Lost, a.end)
	default:
		if r.withdrawUnreceived(a) {
			a.call.Withdrawn++
		}
		r.ends(a, TimedOut, a.end)
	}
	r.settle(a.call)
}

// withdrawUnreceived tells whether no balancer has received an attempt yet; then it waits at the door no longer.
func (r *Requester) withdrawUnreceived(a *attempt) bool {
	if a.state == atDoor {
		r.leaveDoor(a)
	}
	return a.state == atDoor || a.state == uploading
}

// ends gives an attempt its verdict, at that instant. A success decides the call at once; a failure counts once no other attempt of the
// call may still succeed, and may then lead to a retry.
func (r *Requester) ends(a *attempt, v Verdict, at time.Duration) {
	c := a.call
	r.close(a, v)
	c.told = a
	switch {
	case v == Succeeded || v == Cancelled:
		r.decide(c, v, at)
	case c.live > 0: // another attempt may still succeed
	case v == Lost:
		r.decide(c, v, at)
	default:
		r.again(c, v, at)
	}
}

// drop ends an attempt without waiting for its answer: the run is over, or another attempt has succeeded.
func (r *Requester) drop(a *attempt) {
	switch {
	case r.withdrawUnreceived(a):
		a.call.Unserved++
		a.call.AtDoor++
	case a.state == asking:
		a.dropped = true
		r.keep(a)
	case a.answer.Served(): // it is coming, too late
		a.call.Late++
	}
	if a.call.Verdict == Lost {
		r.close(a, Lost)
		return
	}
	r.close(a, Cancelled)
}

// close enters the verdict of an attempt, which then waits for nothing any more.
func (r *Requester) close(a *attempt, v Verdict) {
	a.call.Attempts[v]++
	a.call.live--
	r.abort(a)
	r.await(a, over, Never)
}

// endOf returns the end of what begins at start and may last for length. In the first period of the lanes the slots only begin to wait for
// jobs, so to whatever begins in that period the length is given from the end of it.
func (r *Requester) endOf(start, length time.Duration) time.Duration {
	return max(start, r.Resolution.Past(0)) + length
}

// after returns the first instant of r's own that is later than end and all instants that are equal to it. By then every answer that is
// home in time has been read. So whether it is in time goes by the instant that it tells, and not by who acts first at that instant.
func (r *Requester) after(end time.Duration) time.Duration {
	if end == Never {
		return Never
	}
	past := max(r.now, r.Resolution.Past(end)+r.Lag)
	return r.Aim(past, past)
}

// await notes what an attempt does now, and when comeDue is to end it; Never: only its answer does.
func (r *Requester) await(a *attempt, s state, due time.Duration) {
	a.state = s
	r.agenda.Set(&a.due, due)
}
