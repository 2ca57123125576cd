package worker

import (
	"time"

	"waza/requester"
)

// A Job is a Request on its way to a worker, and back: the worker says how it went and returns the Job on Done. The balancer that made the
// Job may then use it again.
type Job struct {
	Request     *requester.Request
	Done        chan<- *Job // to the balancer that sent it
	Worker      int         // to which it is sent
	Incarnation int         // of that worker
	Dispatched  time.Duration
	Ahead       int   // how many jobs the worker held then, of all balancers; filled in only if the strategy probes
	InFlight    int32 // how many jobs its balancer had out then, this one included; filled in only under adaptive concurrency

	Claim *Claim // nil: the worker answers the requester itself

	// These are filled in by the worker.
	Finished time.Duration
	Verdict  requester.Verdict // Lost: in the system that is simulated nobody tells the balancer, and the Job comes back only to be used again
	Idle     bool              // the worker now holds nothing more, of any balancer
	Served   bool              // a service has begun

	// So are these, if the Verdict is Lost. They say how long the balancer is to count the job as pending.
	Withdrawn bool            // no longer than now, for nobody waited for it when it was lost
	Until     time.Duration   // until then
	Decided   <-chan struct{} // or until this is closed, if that is sooner: another attempt has won; nil: that is not told
}

// swallow lets a job be lost without anybody telling its balancer: it stays pending until that instant, unless it is withdrawn before.
func (j *Job) swallow(until time.Duration) {
	j.Until, j.Decided, j.Withdrawn = until, j.Request.Decided, j.Request.Loser()
}

// A Claim is in each job of a balancer that answers requesters in the place of its workers, and may give the work of one to another.
type Claim struct {
	Number   uint64             // of the dispatch
	Taken    <-chan struct{}    // closed when the worker is told that what it had been sent until then was given to others
	Answered <-chan struct{}    // closed when another worker has answered; nil: no other has had it
	Answer   requester.Response // filled in by the worker: its answer, which goes to the balancer and not to the requester
	Dead     bool               // likewise: the job was swallowed by the death of the worker
}

// over tells whether nobody wants this worker's answer any more.
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
