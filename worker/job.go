package worker

import (
	"time"

	"waza/requester"
)

// A Job is a Request on its way to a worker, and back: the worker says how it went and returns the Job on Done.
// The balancer that made it may then use it again.
type Job struct {
	Request     *requester.Request
	Done        chan<- *Job // to the balancer that sent it
	Worker      int         // that it was sent to
	Incarnation int         // of that worker
	Dispatched  time.Duration
	Ahead       int   // how many the worker held then, of all balancers; known only where a strategy probes
	InFlight    int32 // how many its balancer had out then, itself included; known only where that keeps a limit

	Claim *Claim // nil: the worker answers the requester itself

	// These are filled in by the worker.
	Finished time.Duration
	Verdict  requester.Verdict // Lost: the worker tells nobody, and this is only to take the Job back
	Idle     bool              // it now holds nothing more, of any balancer

	// So are these, where the job is Lost.
	Withdrawn bool            // it is pending no more, for nobody waited for it when it was lost
	Until     time.Duration   // who counts it as pending does so until then
	Decided   <-chan struct{} // or until this is closed, for another attempt has won; nil: that is not told
}

// swallow lets a job be lost of which nobody tells its balancer: it is pending until then, unless it is withdrawn before.
func (j *Job) swallow(until time.Duration) {
	j.Until, j.Decided, j.Withdrawn = until, j.Request.Decided, j.Request.Loser()
}

// A Claim is what a balancer that answers for its workers, and may give their work to others, puts into a job.
type Claim struct {
	Number   uint64             // of the dispatch
	Taken    <-chan struct{}    // closed when others have what the worker was sent until then, and it is told so
	Answered <-chan struct{}    // closed when another has answered; nil: there is no other
	Answer   requester.Response // filled in by the worker, in the place of answering the requester
	Dead     bool               // likewise: the job was swallowed with its worker's life
}

// over tells whether nobody waits for this worker's answer any more.
func (c *Claim) over() bool {
	select {
	case <-c.Taken:
		return true
	case <-c.Answered:
		return true
	default:
		return false
	}
}
