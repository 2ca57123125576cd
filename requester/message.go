// Package requester asks. A Requester is one goroutine that issues requests, at the instants and with the work that its workload says. It
// waits for the answers, gives up when the time is over, tries again, or sends a second attempt beside the first (a hedge), and tells the
// report what became of each request. A requester owns its requests from their intended start until the last answer to them has come home.
//
// Every instant in this program is a time.Duration since the start of the run.
//
// This file has the messages; requester.go has the loop. Next: package balancer, which receives the requests.
package requester

import (
	"time"

	"waza/internal/agenda"
)

// Never is the instant that does not come: when an attempt without a timeout ends, or when an attempt began to be served that was not.
const Never = agenda.Never

// A Request is one attempt to have one unit of work done, and the channel on which to answer it. Its requester fills it in before offering
// it. From then on until the Response has come home everybody only reads it, except that the balancers that it passes write into Tried.
type Request struct {
	ID        int             // of the unit of work: equal for all its attempts, unique in the run
	Requester int             // who asks, from 0
	Attempt   int             // 1 is the first
	Key       uint64          // what it is about: requests of equal keys may be best served by the same worker
	Priority  int             // 0 is the highest
	Zone      int             // where it comes from, from 0
	Upload    time.Duration   // how long its body takes to reach the worker, which is held meanwhile; 0: there is none, or the balancer has it
	Work      time.Duration   // service time on a worker of speed 1
	End       time.Duration   // after this instant it may be skipped, for nobody waits for the answer; Never: that is not told
	Waits     time.Duration   // when its requester ceases to wait, be it told in End or not: only for who accounts for the run; Never: it does not
	Tried     *Tried          // which workers the attempts of this unit of work have met; nil: it can have no second attempt
	Decided   <-chan struct{} // closed once another attempt of this unit of work has won, so that this one may be skipped; nil: that is not told
	Reply     chan<- Response // has room for one Response per attempt that is out: sending never blocks
	Ticket    int             // names the attempt to its requester, and is sent back in the Response
}

// WhySkipped says why a request is skipped.
func (r *Request) WhySkipped() string {
	if r.Loser() {
		return "another attempt has won"
	}
	return "its time is over"
}

// Loser tells whether another attempt has won. A balancer or worker asks this before it does anything for a request.
func (r *Request) Loser() bool {
	if r.Decided == nil {
		return false // so a run without hedges pays for no select
	}
	select {
	case <-r.Decided:
		return true
	default:
		return false
	}
}

// Tiers is how many balancers a request passes at most: the one that it is offered to, and one behind the proxies of that.
const Tiers = 2

// Tried lists the ids of the workers that the attempts of one unit of work have met, one list for each tier: worker 0 behind the proxies
// is not proxy 0. In each tier all attempts pass the same balancer, which alone reads and writes the list of that tier.
type Tried [Tiers][]int

// A Response is the answer to one Request. Exactly one comes home for each Request that the balancer received.
type Response struct {
	Ticket     int           // of the Request
	Verdict    Verdict       // Succeeded, Failed, TimedOut (skipped: its time was over, or it is a Loser), Rejected or Cancelled
	Reason     Reason        // of a rejection
	Worker     int           // to which it was sent; None if it reached no worker
	Dispatched time.Duration // when the balancer sent it to the worker; Never if it did not
	Began      time.Duration // when its service began; Never if it did not
	Latest     time.Duration // when the try began that this answers, where the worker itself has tried before; 0: it has not
	Finished   time.Duration // when this answer was given
	Way        time.Duration // what the network takes between the requester's zone and the worker's, there and back
	Lag        time.Duration // the part of the Way that is there only because a proxy which passes the answer on wakes at instants of its own
}

// None is the worker of a request that has reached none.
const None = -1

// Home is when the answer is home. The whole way is added to the answer, there and back: a request reaches its worker at once, and the
// balancer hears at once that it is done.
func (r *Response) Home() time.Duration { return r.Finished + r.Way }

// Due is when it would be home if the proxy that passes it on woke at any instant. Whether it is in time is decided by that.
func (r *Response) Due() time.Duration { return r.Home() - r.Lag }

// Served tells whether a worker began to serve the request.
func (r *Response) Served() bool { return r.Began != Never }

// A Reading is what a worker answers when a balancer probes it: how it is.
type Reading struct {
	Worker   int
	InFlight int           // requests that wait there or are being served, of any balancer
	Latency  time.Duration // an estimate of how long a request takes there if it is sent now; 0: none has been finished yet
	Home     time.Duration // when this answer is home: it takes time on its way, too, and is not to be used before
}

// A Verdict says how a request, or one attempt of it, ended.
type Verdict uint8

// The verdicts: a request gets exactly one, and so does each of its attempts.
const (
	Succeeded Verdict = iota // answered well and in time
	Failed                   // the worker answered with an error
	TimedOut                 // its time was over before an answer came
	Rejected                 // the balancer had no room for it
	Cancelled                // the run was over before it was answered; of an attempt also: another has won
	Lost                     // a fault swallowed it, and nothing would ever have told the requester
	Verdicts                 // how many there are
)

// String returns the verdict as it is written in every output.
func (v Verdict) String() string {
	return [...]string{"succeeded", "failed", "timed_out", "rejected", "cancelled", "lost"}[v]
}

// A Reason says why a balancer rejected a request.
type Reason uint8

// The reasons.
const (
	NoReason      Reason = iota // it was not rejected
	NoRoom                      // no worker has room, nor has the backlog
	NoWorkers                   // the same, under a strategy that has a name for it: a strategy.Refuser
	OverLimit                   // as many requests are out as adaptive concurrency allows
	WaitedTooLong               // controlled delay dropped it
	Regulated                   // the first regulator limits; Regulated + i: that of number i, counted from 0
)

// String returns the reason as the requests log has it. Only its balancer knows what a regulator is called.
func (r Reason) String() string {
	return [...]string{"", "no room", "no available workers", "limit", "codel", "regulator"}[min(r, Regulated)]
}

// An Outcome says what became of one request and its attempts. It is told once, when the last answer to the request has come home: so it
// includes what workers did for it after the verdict.
type Outcome struct {
	ID        int
	Requester int
	Work      time.Duration
	Start     time.Duration // intended start
	Verdict   Verdict
	Reason    Reason        // why it was rejected, if it was
	Decided   time.Duration // when the verdict fell: the answer, or the instant of giving up

	Attempts  [Verdicts]uint8 // how many attempts ended with each verdict; a request has at most MostAttempts
	Withdrawn uint8           // attempts that timed out before a balancer received them
	Skipped   uint8           // attempts that were not served because, in backlog or queue, their time was over or another had won
	Unserved  uint8           // attempts that were cancelled or lost before a worker began to serve them
	AtDoor    uint8           // those of them that no balancer had received
	Buried    uint8           // attempts that a fault swallowed, or a dead worker refused, before their service
	Executed  uint8           // services that were begun for it, as its answers tell
	Late      uint8           // those of them whose answer came home after their attempt's verdict
	Priority  uint8           // of the request
	Zone      uint8           // of the request
	Service   time.Duration   // the sum of these services, useful or not

	// These are of the attempt that was answered in time or, if there is none, of the last.
	Worker     int           // None if it reached none
	Offered    time.Duration // start of that attempt
	Dispatched time.Duration // Never if it was not
	Began      time.Duration // Never if it was not
	Latest     time.Duration // when the last try of it began, where the worker itself has tried before; 0: it has not
	Finished   time.Duration // Never if it was not
}

// MostAttempts is how many attempts one request may have.
const MostAttempts = 255

// Tries returns the number of attempts.
func (o *Outcome) Tries() int {
	n := 0
	for _, k := range o.Attempts {
		n += int(k)
	}
	return n
}

// A Milestone tells the report how far a requester in closed loop is: that its warm-up is over, or that it has issued its last request. In
// closed loop the measured window follows from that, and cannot be known before.
type Milestone struct {
	Last bool
	At   time.Duration
}

// An Event is one thing that happens, for whoever follows a small run line by line.
type Event struct {
	At        time.Duration
	What      Happening
	Request   int
	Attempt   int
	Requester int
	Balancer  int // that does it, if it is neither a requester nor a worker
	Worker    int
	Proxies   bool // the worker is a proxy, and the balancer one that sends to proxies
	Verdict   Verdict
	Why       string // what there is to say about the reason; empty: nothing
}

// A Happening says what an Event is.
type Happening uint8

// What happens, and who does it. The order is that in which events of one instant follow one another; only what follows from a refusal is
// told after it.
const (
	Ends       Happening = iota // a worker has finished it, or hands it back
	Skips                       // a worker, or the balancer, does not serve it: nobody waits for it any more
	Ejects                      // a balancer ejects a worker that is an outlier
	Restores                    // a balancer takes it back when its ejection ends
	Trips                       // a balancer opens the breaker of a worker
	Tries                       // a balancer lets one request through it
	Closes                      // a balancer lets all of them through again
	Downs                       // a worker has failed its health checks
	Ups                         // a worker passes them again
	Sticks                      // a worker has given no answer for too long
	Moves                       // a worker that had stuck answers, or holds nothing any more
	Fails                       // its requester gives up the attempt, and will try again
	Decides                     // its requester gives its verdict
	Asks                        // its requester offers an attempt
	Resizes                     // there are to be more workers from now on, or fewer
	Leaves                      // a worker leaves the pool: it has been idle for long enough
	Starts                      // the balancer starts a worker of its pool
	Joins                       // a worker that was started is there, after its delay
	Dies                        // a worker dies
	Rises                       // a worker begins a new life
	Suspects                    // a balancer has not heard of a worker for too long
	Announces                   // the lease of a worker is over: the balancer announces to all what it held
	Claims                      // the balancer takes it from that worker
	Wins                        // a worker wins what was claimed, among all that try for it
	Returns                     // a worker that was suspected beats again
	Passes                      // a proxy has passed it on to the balancer behind
	Dispatches                  // the balancer sends it to a worker
	Limits                      // a regulator of the balancer holds it back
	Refuses                     // the balancer answers it itself: rejected or cancelled
	Begins                      // a worker begins to serve it
	Retries                     // a worker that has failed to serve it tries again
)
