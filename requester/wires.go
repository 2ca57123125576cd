package requester

import (
	"context"
	"time"
)

// wires are the channels and the timer of a Requester.
type wires struct {
	ask        chan<- *Request
	mail       mailbox
	outcomes   chan<- []Outcome
	milestones chan<- Milestone
	over       <-chan struct{} // closed when the run is over, nil after that
	timer      *time.Timer
	armed      time.Duration // when the timer will fire; Never: it will not
}

func (r *Requester) wire(run context.Context, ask chan<- *Request, answers chan Response, outcomes chan<- []Outcome, milestones chan<- Milestone) {
	r.wires = wires{
		ask: ask, mail: newMailbox(answers), outcomes: outcomes, milestones: milestones,
		over: run.Done(), armed: Never,
	}
	r.next = Never
}

// rest waits until then, an instant of r's own, and tells whether it has come; or for less, until something else
// comes that it has to know at once.
func (r *Requester) rest(until time.Duration) bool {
	own := true
	switch {
	case until <= r.now(): // on the wall clock it may have passed
	case r.blocked:
		own = r.knock(until)
	case r.mayLieIn(), len(r.door) > 0: // between two offers not even an answer comes
		time.Sleep(until - r.now())
	default:
		own = r.listen(until)
	}
	if own {
		r.read()
	}
	return own
}

// mayLieIn tells whether no answer can bring anything that has to be done before the next wake-up: an answer tells
// its own time, so it can as well be read later, and wakes nobody.
func (r *Requester) mayLieIn() bool {
	return r.next != Never && r.Stop == nil && !r.Eager && (r.Retries == 0 || r.live == 0)
}

// knock waits at the door until the balancer receives. It reads no answer: one may come at the same instant.
func (r *Requester) knock(until time.Duration) bool {
	select {
	case r.ask <- r.door[0].message:
		r.received()
	case <-r.alarm(until):
		r.armed = Never
		return true
	case <-r.over:
	case <-r.Stop:
	}
	return false
}

// listen waits for answers.
func (r *Requester) listen(until time.Duration) bool {
	if len(r.mail.boxes) > 1 {
		return r.listenToAll(until)
	}
	select {
	case a := <-r.mail.boxes[0].answers:
		r.mail.took(0)
		r.answered(a)
	case <-r.alarm(until):
		r.armed = Never
		return true
	case <-r.over:
	case <-r.Stop:
	}
	return false
}

// listenToAll is listen while the mailbox has grown.
func (r *Requester) listenToAll(until time.Duration) bool {
	a, signal := r.mail.newsOf(r.alarm(until), r.over, r.Stop)
	switch signal {
	case -1:
		r.answered(a)
	case 0:
		r.armed = Never
		return true
	}
	return false
}

// read enters the answers that have come meanwhile.
func (r *Requester) read() {
	for a, ok := r.mail.next(); ok; a, ok = r.mail.next() {
		r.answered(a)
	}
}

// alarm returns a channel that tells when the instant has come, or an earlier one that was asked for before.
// The timer is set anew only once it has fired, or for an earlier instant: to move a pending one makes the
// runtime look at all timers of the process.
func (r *Requester) alarm(at time.Duration) <-chan time.Time {
	switch {
	case at >= r.armed:
	case r.timer == nil:
		r.timer, r.armed = time.NewTimer(at-r.now()), at
	default:
		r.timer.Reset(at - r.now())
		r.armed = at
	}
	if r.armed == Never {
		return nil
	}
	return r.timer.C
}

// handOver tells the report what has been settled.
func (r *Requester) handOver() {
	if len(r.block) > 0 {
		r.outcomes <- r.block
		r.block = make([]Outcome, 0, r.BlockSize)
	}
}

func (r *Requester) milestone(reached bool, m Milestone) {
	if reached && r.milestones != nil {
		r.milestones <- m // has room for two from each requester
	}
}
