package requester

import (
	"context"
	"slices"
	"time"

	"waza/internal/agenda"
	"waza/internal/instant"
)

// A Requester issues requests and waits for their answers: many at a time in open loop, one at a time in closed loop.
type Requester struct {
	ID        int
	Of        int                  // how many requesters there are: request k of this one is number ID + k·Of
	Quota     int                  // how many requests Arrivals have
	Arrivals  Arrivals             // when requests begin
	Closed    bool                 // Arrivals heed the verdict on the request before
	Work      func() time.Duration // of the request that Arrivals gave last
	Traits    func() Traits        // of the request whose Work was told last; nil: all are alike
	Upload    Upload               // of each attempt; without Takes, of none
	Timeout   time.Duration        // per attempt; 0: none
	Deadline  time.Duration        // per request, from its intended start; 0: none
	Propagate bool                 // tell balancer and workers when an attempt's time is over
	Retries   int                  // at most so many more attempts
	Backoff   Backoff              // before each of them
	Hedge     Hedge                // when a try has company; zero: never
	Budget    *Budget              // of retries and hedges; nil: there may be any number
	Seed      uint64               // for the backoff's draws
	Warmup    int                  // closed loop: so many requests are warm-up; -1: nobody asks when they are over
	BlockSize int                  // outcomes are handed over so many at a time
	Eager     bool                 // read every answer at once, even if it can wait until the next wake-up
	Cut       time.Duration        // when requests that were swallowed, and that nothing ends, are lost
	Epoch     time.Time            // instant 0 of the run

	Resolution instant.Resolution // how far apart two instants are to be different
	Tell       func(Event)        // hears what happens; nil: nobody does

	// Aim moves a wake-up to an instant of this requester's own, so that no two goroutines wake at once; on the wall clock it changes nothing.
	Aim func(now, due time.Duration) time.Duration
	// Wall: it lives on the wall clock, where time passes also while it is awake, and sleeps end late.
	Wall bool
	// Stop wakes it on the wall clock to issue no more; nil in simulated time, where it looks before it issues.
	Stop <-chan struct{}
	// Withdraw tells the balancer that a request is decided, whose channel that is, and returns when it has heard; nil: faults swallow nothing.
	Withdraw func(decided <-chan struct{})
	// Noticed hears that it has seen that it is to issue no more; there is room for one from each requester.
	Noticed chan<- struct{}

	wires
	now      time.Duration // when it woke last; while it is awake no simulated time passes
	next     time.Duration // the next request's intended start; Never: there is none, or none yet
	issued   int           // requests so far
	done     int           // verdicts so far
	live     int           // calls without a verdict
	out      int           // attempts that have not come home
	hedges   int           // that calls have had which are not settled
	kept     int           // calls that are kept for a loser to be withdrawn, though all has come home
	withdrew bool          // at this instant
	halted   bool          // it issues no more
	door     []*attempt    // that wait to be received, oldest first
	blocked  bool          // the first of them has been offered in vain
	agenda   agenda.Agenda // ends of attempts, answers that come home, retries, hedges and their losers
	recent   recent        // latencies, where the Hedge asks for them
	attempts []*attempt    // by ticket
	spare    []*attempt    // that belong to no call
	calls    []*call       // all that there are
	free     []*call       // that have been settled
	block    []Outcome
}

// Run issues the requests and ends when all are decided and every answer has come home. Once issuing is over it issues
// no more; once run is over it gives up what is not answered. Answers come on the channel of that name, which has room for
// as many as are usually out; outcomes go to the report in blocks, which come back empty in used; milestones is for the closed loop, with
// room for two from each requester.
func (r *Requester) Run(issuing, run context.Context, ask chan<- *Request, answers chan Response, outcomes chan<- []Outcome, used <-chan []Outcome, milestones chan<- Milestone) {
	r.wire(run, ask, answers, outcomes, used, milestones)
	r.milestone(r.Warmup == 0, Milestone{})
	r.schedule(0)
	for r.next != Never || r.live > 0 || r.out > 0 || r.kept > 0 {
		own := r.rest(r.wake())
		if issuing.Err() != nil && !r.halted {
			r.halt()
		}
		if run.Err() != nil && r.over != nil {
			r.over = nil // once
			r.giveUp()
		}
		if own {
			r.act()
		}
	}
	r.handOver()
}

// wake returns the next instant at which there is something to do, whether or not an answer comes.
func (r *Requester) wake() time.Duration {
	switch {
	case len(r.door) > 0 && !r.blocked:
		return r.aim(0) // the next own instant: one offer at each
	default:
		return min(r.next, r.agenda.Next())
	}
}

// act does what is due, at an instant of r's own, when nobody else is awake: ends, retries, hedges and answers that are
// home, then one new request. The balancer that has just heard of a withdrawal may still be at that: what is to be offered waits for the next
// instant.
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

// schedule asks when the next request begins.
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

// offer hands the oldest attempt at the door to the balancer, if it receives at this instant.
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

// received notes that the balancer has the oldest attempt at the door.
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
		r.blocked, r.door = false, r.door[:0] // nearly always, and its place is used again
	case i == 0:
		r.blocked, r.door = false, r.door[1:] // it moves nothing
	default:
		r.door = slices.Delete(r.door, i, i+1)
	}
}

func (r *Requester) tell(what Happening, a *attempt, at time.Duration, v Verdict) {
	if r.Tell == nil {
		return
	}
	e := Event{At: at, What: what, Request: a.message.ID, Attempt: a.message.Attempt, Requester: r.ID, Worker: a.answer.Worker, Verdict: v}
	if what == Asks {
		e.Why = a.kind()
	}
	r.Tell(e)
}

// aim returns the instant of r's own that is nearest to due.
func (r *Requester) aim(due time.Duration) time.Duration { return r.Aim(r.now, due) }
