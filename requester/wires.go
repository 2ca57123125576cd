package requester

import (
	"context"
	"time"

	"waza/internal/agenda"
)

// wires are the channels of a Requester, and the timer behind which it rests.
type wires struct {
	ask        chan<- *Request
	mail       mailbox
	outcomes   chan<- []Outcome
	used       <-chan []Outcome
	milestones chan<- Milestone
	runOver    <-chan struct{} // closed when the run is over; nil once it has seen that
	alarm      agenda.Alarm
}

// wire connects a Requester to the others.
func (r *Requester) wire(run context.Context, ask chan<- *Request, answers chan Response, outcomes chan<- []Outcome, used <-chan []Outcome, milestones chan<- Milestone) {
	r.wires = wires{
		ask: ask, mail: newMailbox(answers), outcomes: outcomes, used: used, milestones: milestones,
		runOver: run.Done(),
	}
	r.next = Never
}

// rest waits until an instant of r's own, and tells whether that has come. It returns earlier, with false, when something comes that r has
// to know at once.
func (r *Requester) rest(until time.Duration) bool {
	if r.Wall {
		r.look()
	}
	own := true
	switch {
	case until <= r.now: // on the wall clock it may be past
	case r.blocked:
		own = r.knock(until)
	case r.maySleep(), len(r.door) > 0: // between two offers it hears not even an answer
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

// woke notes what time it is when a sleep or an alarm for that instant is over. In simulated time it is that very instant, which saves
// asking the clock of the bubble; unless the alarm rang while r slept until a later one.
func (r *Requester) woke(at time.Duration) {
	if r.now = max(r.now, at); r.Wall {
		r.look()
	}
}

// maySleep tells whether r may sleep until its next wake-up without hearing answers. It may while no answer can give it anything to do
// before that, such as a retry, or telling a hedge that it has lost. Each answer tells its own instant, so it can be read later as well.
func (r *Requester) maySleep() bool {
	return r.next != Never && !r.Wall && !r.Eager && (r.live == 0 || r.Retries == 0 && r.hedges == 0)
}

// knock waits at the door until the balancer receives. It reads no answer there, for one may come at the same instant as the balancer
// receives, and a select would choose between them at random. The alarm must not ring early: to be woken costs r its place at the door, and
// whether an earlier alarm is pending depends on which answers it has read.
func (r *Requester) knock(until time.Duration) bool {
	select {
	case r.ask <- &r.door[0].message:
		r.look()
		r.received()
	case <-r.alarm.Exactly(r.now, until):
		r.woke(r.alarm.Rung())
		return true
	case <-r.runOver:
		r.look()
	case <-r.Stop:
		r.look()
	}
	return false
}

// listen waits for an answer, or until the instant has come.
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
	case <-r.runOver:
		r.look()
	case <-r.Stop:
		r.look()
	}
	return false
}

// listenToAll is listen while the mailbox has several boxes. To wait for all of them is slow, so it then reads whatever else has come.
func (r *Requester) listenToAll(until time.Duration) bool {
	a, signal := r.mail.newsOf(r.alarm.At(r.now, until), r.runOver, r.Stop)
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

// read records the answers that have come meanwhile.
func (r *Requester) read() {
	for a, ok := r.mail.next(); ok; a, ok = r.mail.next() {
		r.answered(a)
	}
}

// handOver hands the report the outcomes of the calls that have been settled, and takes an empty block in exchange if the report has
// given one back.
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

// milestone tells the report that a milestone has been reached, in a closed loop.
func (r *Requester) milestone(reached bool, m Milestone) {
	if reached && r.milestones != nil {
		r.milestones <- m // has room for two from each requester
	}
}
