package requester

import (
	"time"

	"waza/internal/agenda"
)

// An attempt is one try to have a call answered: the message, when it ends, what it does now, and its answer. Several attempts
// of one call may be out at once: those that were given up before their answers came home, and those that race.
type attempt struct {
	message Request // its Ticket names this attempt for good
	call    *call
	state   state
	out     bool          // a balancer has received it, and its answer has not come home
	lost    bool          // it was swallowed, and has no end but that of the run
	hedge   bool          // it began beside another of its call
	dropped bool          // it was ended by the end of the run or by another's success, and not by its time
	start   time.Duration // when it was ready to be offered
	end     time.Duration // nobody waits for it after this instant
	answer  Response      // that has come or is coming home; before, what is known of one without an answer
	due     agenda.Entry  // what comes after its end, or the instant at which its answer is home
	body    *agenda.Entry // the instant at which the balancer has its body; nil: it has never waited for that
}

// A state says what an attempt does.
type state uint8

const (
	over      state = iota // it has its verdict, or has not begun; its answer may still come home
	atDoor                 // it waits for the balancer to receive it
	asking                 // it is with the balancer or a worker
	uploading              // the balancer takes its body, and does not receive it before
	coming                 // its answer has been given, and is on its way
)

// unanswered is what is known of an attempt without an answer.
var unanswered = Response{Worker: None, Dispatched: Never, Began: Never, Finished: Never}

// newAttempt returns an attempt with a ticket of its own.
func (r *Requester) newAttempt() *attempt {
	a := &attempt{}
	r.enlist(a)
	return a
}

// enlist gives an attempt its ticket.
func (r *Requester) enlist(a *attempt) {
	a.message.Ticket = len(r.attempts)
	a.due.Do = func(time.Duration) { r.comeDue(a) }
	r.attempts = append(r.attempts, a)
}

// attempt starts another attempt of the call: it goes to the door.
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

// unused returns an attempt of the call that nobody reads or waits for: its first, if its answer is home or it has not begun.
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

// kind says what an attempt is beside the first of its call, which is nothing more.
func (a *attempt) kind() string {
	switch {
	case a.message.Attempt == 1:
		return ""
	case a.hedge:
		return "a hedge"
	}
	return "a retry"
}

// busy tells whether an attempt is still read by a balancer or a worker, or waited for.
func (a *attempt) busy() bool { return a.out || a.state != over }

// comeDue does what an attempt was waiting for: its answer is home, or its time is over. One that is still at the door leaves it.
func (r *Requester) comeDue(a *attempt) {
	switch {
	case a.state == coming:
		r.ends(a, a.answer.Verdict, a.answer.Home())
	case a.state == atDoor:
		a.call.Withdrawn++
		r.leaveDoor(a)
		r.ends(a, TimedOut, a.end)
	case a.state == uploading:
		a.call.Withdrawn++
		r.ends(a, TimedOut, a.end)
	case a.lost:
		r.ends(a, Lost, a.end)
	default:
		r.ends(a, TimedOut, a.end)
	}
	r.settle(a.call)
}

// ends gives an attempt its verdict. The first success is the call's; of attempts that fail the last decides whether there is another.
func (r *Requester) ends(a *attempt, v Verdict, at time.Duration) {
	c := a.call
	r.close(a, v)
	c.told = a
	switch {
	case v == Succeeded || v == Cancelled:
		r.decide(c, v, at)
	case c.live > 0: // another may still succeed
	case v == Lost:
		r.decide(c, v, at)
	default:
		r.again(c, v, at)
	}
}

// drop ends an attempt without waiting for its answer: the run is over, or another attempt has won.
func (r *Requester) drop(a *attempt) {
	switch a.state {
	case atDoor:
		a.call.Unserved++
		a.call.AtDoor++
		r.leaveDoor(a)
	case uploading:
		a.call.Unserved++
		a.call.AtDoor++
	case asking:
		a.dropped = true
		r.keep(a)
	case coming:
		if a.answer.Served() {
			a.call.Late++
		}
	}
	if a.call.Verdict == Lost {
		r.close(a, Lost)
		return
	}
	r.close(a, Cancelled)
}

// close enters the verdict of an attempt.
func (r *Requester) close(a *attempt, v Verdict) {
	a.call.Attempts[v]++
	a.call.live--
	r.abort(a)
	r.await(a, over, Never)
}

// endOf returns the end of what begins then and may last so long. In the first period of the lanes the slots only begin to wait, so what
// begins in it, whose start is equal to its last instant, may last as long from there.
func (r *Requester) endOf(start, length time.Duration) time.Duration {
	return max(start, r.Resolution.Past(0)) + length
}

// after returns the first instant of r's own after that and all that are equal to it: an answer that is home then has been read, so
// that it is in time or not by what it tells, whoever is first to act.
func (r *Requester) after(end time.Duration) time.Duration {
	if end == Never {
		return Never
	}
	past := max(r.now, r.Resolution.Past(end))
	return r.Aim(past, past)
}

// await notes what an attempt does now, and until when; Never: until it is answered.
func (r *Requester) await(a *attempt, s state, due time.Duration) {
	a.state = s
	r.agenda.Set(&a.due, due)
}
