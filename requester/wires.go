package requester

import (
	"context"
	"time"

	"waza/internal/agenda"
)

// wires are the channels and the alarm of a Requester.
type wires struct {
	ask        chan<- *Request
	mail       mailbox
	outcomes   chan<- []Outcome
	used       <-chan []Outcome
	milestones chan<- Milestone
	over       <-chan struct{} // closed when the run is over, nil after that
	alarm      agenda.Alarm
}

func (r *Requester) wire(run context.Context, ask chan<- *Request, answers chan Response, outcomes chan<- []Outcome, used <-chan []Outcome, milestones chan<- Milestone) {
	r.wires = wires{
		ask: ask, mail: newMailbox(answers), outcomes: outcomes, used: used, milestones: milestones,
		over: run.Done(),
	}
	r.next = Never
}

// rest waits until then, an instant of r's own, and tells whether it has come; or for less, until something else
// comes that it has to know at once.
func (r *Requester) rest(until time.Duration) bool {
	if r.Wall {
		r.look()
	}
	own := true
	switch {
	case until <= r.now: // on the wall clock it may have passed
	case r.blocked:
		own = r.knock(until)
	case r.maySleep(), len(r.door) > 0: // between two offers not even an answer comes
		time.Sleep(until - r.now)
		r.woke(until)
	default:
		own = r.listen(until)
	}
	if own {
		r.read()
	}
	return own
}

// look notes what time it is.
func (r *Requester) look() { r.now = time.Since(r.Epoch) }

// woke notes what time it is when a sleep or an alarm for that instant is over. In simulated time it is that very instant, unless
// the alarm rang while r slept for a later one; to ask the clock of a bubble would be slow.
func (r *Requester) woke(at time.Duration) {
	if r.now = max(r.now, at); r.Wall {
		r.look()
	}
}

// maySleep tells whether r may sleep until its next wake-up without hearing answers. That is so while no answer can make it do
// anything before, as to try again, or to tell a hedge that it has lost: each answer tells its own instant, and can as well be read later.
func (r *Requester) maySleep() bool {
	return r.next != Never && !r.Wall && !r.Eager && (r.live == 0 || r.Retries == 0 && r.hedges == 0)
}

// knock waits at the door until the balancer receives. It reads no answer: one may come at the same instant. An alarm that rang for what has
// been answered meanwhile would cost it its place there, and whether there is one depends on when it has read the answer.
func (r *Requester) knock(until time.Duration) bool {
	select {
	case r.ask <- &r.door[0].message:
		r.look()
		r.received()
	case <-r.alarm.Exactly(r.now, until):
		r.woke(r.alarm.Rung())
		return true
	case <-r.over:
		r.look()
	case <-r.Stop:
		r.look()
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
		r.look()
		r.mail.took(0)
		r.answered(a)
	case <-r.alarm.At(r.now, until):
		r.woke(r.alarm.Rung())
		return true
	case <-r.over:
		r.look()
	case <-r.Stop:
		r.look()
	}
	return false
}

// listenToAll is listen while the mailbox has grown. To wait for several boxes is slow, so what else has come is read without waiting.
func (r *Requester) listenToAll(until time.Duration) bool {
	a, signal := r.mail.newsOf(r.alarm.At(r.now, until), r.over, r.Stop)
	if signal == 0 {
		r.woke(r.alarm.Rung())
		return true
	}
	r.look()
	if signal < 0 {
		r.answered(a)
		r.read()
	}
	return false
}

// read enters the answers that have come meanwhile.
func (r *Requester) read() {
	for a, ok := r.mail.next(); ok; a, ok = r.mail.next() {
		r.answered(a)
	}
}

// handOver tells the report what has been settled, and takes a block that the report has done with, if there is one.
func (r *Requester) handOver() {
	if len(r.block) == 0 {
		return
	}
	r.outcomes <- r.block
	select {
	case r.block = <-r.used:
	default:
		r.block = make([]Outcome, 0, r.BlockSize)
	}
}

func (r *Requester) milestone(reached bool, m Milestone) {
	if reached && r.milestones != nil {
		r.milestones <- m // has room for two from each requester
	}
}
