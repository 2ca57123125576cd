package requester

import (
	"context"
	"slices"
	"time"

	"waza/internal/agenda"
	"waza/internal/instant"
)

// A Requester issues requests and waits for their answers: in open loop many at a time, in closed loop one at a time.
//
// It is one goroutine with one timer. Its loop rests until the next instant at which there is something to do, then acts: an answer that
// comes meanwhile is only recorded, and whatever follows from it is done at such an instant.
type Requester struct {
	ID        int
	Of        int                  // how many requesters there are: request k of this one has the number ID + k·Of
	Quota     int                  // how many requests it issues
	Arrivals  Arrivals             // when they begin
	Closed    bool                 // closed loop: the next begins after the verdict on the one before
	Work      func() time.Duration // draws the work of the next request
	Traits    func() Traits        // the traits of the request whose work was drawn last; nil: all requests are alike
	Upload    Upload               // the body of each attempt; the zero Upload: there is none
	Timeout   time.Duration        // per attempt; 0: none
	Deadline  time.Duration        // per request, from its intended start; 0: none
	Propagate bool                 // balancer and workers learn when an attempt ends, and whether another has won
	Retries   int                  // how many retries a request may have
	Backoff   Backoff              // the pause before each of them
	Hedge     Hedge                // when a second attempt begins beside one that is out; the zero Hedge: never
	Budget    *Budget              // of retries and hedges together; nil: there is no limit
	Seed      uint64               // for the draws of the backoff
	Warmup    int                  // closed loop: how many requests are warm-up; -1: the time alone says when that is over
	BlockSize int                  // how many outcomes it hands over at a time
	Eager     bool                 // read every answer at once, even if it could wait until the next wake-up
	Cut       time.Duration        // when an attempt is given up that was swallowed and has no end
	Epoch     time.Time            // instant 0 of the run

	Resolution instant.Resolution // how far apart two instants have to be to be different
	Lag        time.Duration      // how much later than it is due an answer may come, from a proxy that waits for an instant of its own
	Tell       func(Event)        // hears what happens; nil: nobody listens

	// Aim moves a wake-up to an instant of this requester's own, so that no two goroutines wake at once; on the wall clock it changes nothing.
	Aim func(now, due time.Duration) time.Duration
	// Wall: it runs on the wall clock, where time passes also while it is awake, and sleeps end late.
	Wall bool
	// Stop wakes it on the wall clock when it is to issue no more; nil in simulated time, where it looks before it issues.
	Stop <-chan struct{}
	// Withdraw tells the balancer that a request is decided, by the channel of that request, and returns when the balancer has heard; nil:
	// no fault swallows anything, so nobody need be told.
	Withdraw func(decided <-chan struct{})
	// Noticed hears from it, once, that it has seen that it is to issue no more; there is room for one from each requester.
	Noticed chan<- struct{}

	wires
	now      time.Duration // when it woke last; while it is awake no simulated time passes
	next     time.Duration // the intended start of the next request; Never: there is none, or that is not known yet
	issued   int           // requests so far
	done     int           // verdicts so far
	live     int           // calls without a verdict
	out      int           // attempts that a balancer has received and whose answers have not come home
	hedges   int           // hedges of calls that are not settled
	kept     int           // calls that are kept until a loser is withdrawn, though all answers have come home
	withdrew bool          // it has told the balancer of a withdrawal at this instant
	halted   bool          // it issues no more
	door     []*attempt    // attempts that wait for the balancer to receive them, oldest first
	blocked  bool          // the balancer did not receive the first of them when it was offered
	agenda   agenda.Agenda // ends of attempts, answers that come home, retries, hedges, and losers to be told
	recent   recent        // the latest latencies, if the Hedge asks for them
	attempts []*attempt    // all that there are, by ticket
	spare    []*attempt    // those of them that belong to no call
	calls    []*call       // all that there are
	free     []*call       // those of them that have been settled
	block    []Outcome     // outcomes that have not been handed over
}

// Run issues the requests, and ends when all are decided and every answer has come home. Once issuing is over it issues no more; once
// run is over it gives up what has not been answered.
//
// Requests go to the balancer on ask. Answers come on the channel of that name, which has room for as many as are usually out. Outcomes
// go to the report in blocks, which come back empty on used. Milestones are told in closed loop only, and have room for two from each
// requester.
func (r *Requester) Run(issuing, run context.Context, ask chan<- *Request, answers chan Response, outcomes chan<- []Outcome, used <-chan []Outcome, milestones chan<- Milestone) {
	r.wire(run, ask, answers, outcomes, used, milestones)
	r.milestone(r.Warmup == 0, Milestone{})
	r.schedule(0)
	for r.next != Never || r.live > 0 || r.out > 0 || r.kept > 0 {
		own := r.rest(r.wake())
		if issuing.Err() != nil && !r.halted {
			r.halt()
		}
		if run.Err() != nil && r.runOver != nil {
			r.runOver = nil // once
			r.giveUp()
		}
		if own {
			r.act()
		}
	}
	r.handOver()
}

// wake returns the next instant at which it has something to do, whether or not an answer comes before.
func (r *Requester) wake() time.Duration {
	switch {
	case len(r.door) > 0 && !r.blocked:
		return r.aim(0) // its next own instant, for it makes one offer at each
	default:
		return min(r.next, r.agenda.Next())
	}
}

// act does what is due, at an instant of r's own, when nobody else is awake: first what the agenda has, then a new request, then an offer.
// If it has just told the balancer of a withdrawal, the balancer is awake, too: the offer then waits for the next instant.
func (r *Requester) act() {
	r.agenda.Ring(r.now)
	if start := r.next; start <= r.now {
		r.Budget.earn(start)
		r.try(r.call(start), start)
		r.next = Never
		r.milestone(r.issued == r.Quota, Milestone{Last: true, At: start})
		if !r.Closed {
			r.schedule(start)
		}
	}
	if r.withdrew {
		r.withdrew = false
		return
	}
	r.offer()
}

// schedule asks when the next request begins; decided is the instant of the verdict on the one before.
func (r *Requester) schedule(decided time.Duration) {
	if at, ok := r.Arrivals.Next(decided); ok && !r.halted {
		r.next = r.aim(at)
	}
}

// halt stops issuing.
func (r *Requester) halt() {
	r.halted, r.next, r.Stop = true, Never, nil
	r.Noticed <- struct{}{}
}

// offer hands the oldest attempt at the door to the balancer, if the balancer receives at this instant.
func (r *Requester) offer() {
	if len(r.door) == 0 || r.blocked {
		return
	}
	a := r.door[0]
	a.message.Reply = r.mail.reply()
	r.tell(Asks, a, r.now, Succeeded)
	select {
	case r.ask <- &a.message:
		r.received()
	default:
		r.blocked = true
		r.planLook(a.call)
	}
}

// received notes that the balancer has received the oldest attempt at the door.
func (r *Requester) received() {
	a := r.door[0]
	r.leaveDoor(a)
	a.state, a.out = asking, true
	r.mail.promise()
	a.call.out++
	r.out++
}

// leaveDoor takes an attempt out of the queue at the door.
func (r *Requester) leaveDoor(a *attempt) {
	switch i := slices.Index(r.door, a); {
	case len(r.door) == 1:
		r.blocked, r.door = false, r.door[:0] // nearly always, and the slice's first place is used again
	case i == 0:
		r.blocked, r.door = false, r.door[1:] // without moving the others
	default:
		r.door = slices.Delete(r.door, i, i+1)
	}
}

// tell tells whoever listens what happens to an attempt.
func (r *Requester) tell(what Happening, a *attempt, at time.Duration, v Verdict) {
	if r.Tell == nil {
		return
	}
	e := Event{At: at, What: what, Request: a.message.ID, Attempt: a.message.Attempt, Requester: r.ID, Worker: a.answer.Worker, Verdict: v}
	if what == Asks {
		e.Why = a.role()
	}
	r.Tell(e)
}

// aim returns the instant of r's own that is nearest to due.
func (r *Requester) aim(due time.Duration) time.Duration { return r.Aim(r.now, due) }
