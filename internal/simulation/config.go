package simulation

import (
	"time"

	"waza/requester"
	"waza/strategy"
	"waza/worker"
)

// A Config says everything that shapes a run. internal/command fills and checks it once, before anything starts.
// Zero means "none" where a comment says so; command turns the word none into it.
type Config struct {
	Strategies  []string            // names in strategy's table
	Parameters  strategy.Parameters // of the strategies
	Workers     int
	Requesters  int
	Balancers   int // requester i asks balancer i mod Balancers
	Requests    int // N, exactly as many are issued
	Seed        uint64
	WallClock   bool
	Arrivals    Arrivals
	Rate        float64                // λ per second, open loop; 0 for closed
	Think       requester.Distribution // closed loop
	Work        requester.Distribution // nil with a trace
	Jitter      float64                // coefficient of variation of each service; 0: none
	Trace       *requester.Trace       // with Arrivals Trace
	Speeds      []float64              // one per worker
	Concurrency int                    // slots per worker
	Queue       int                    // places per worker beside its slots
	Backlog     int                    // places in the balancer; Unlimited: any number
	Reject      bool                   // when full: reject; else block
	Stale       time.Duration          // strategies see pending counts as they stood so long ago; 0: fresh
	Refresh     time.Duration          // or as they stood at the last multiple of this; 0: fresh
	Timeout     time.Duration          // per attempt; 0: none
	Deadline    time.Duration          // per request; 0: none
	Propagate   bool                   // balancer and workers skip what nobody waits for
	Retries     int
	Backoff     requester.Backoff
	Faults      []worker.Fault
	Grace       time.Duration // after an interruption, for what is in flight
	Warmup      float64       // share of the run before the measured window, in [0, 1)
	Events      bool          // tell what happens, line by line
	Log         bool          // keep every request for the requests log

	disturb func() // called whenever a wake-up is planned; tests yield in it
}

// Unlimited is the backlog of any length.
const Unlimited = -1

// Arrivals is the shape of the workload in time.
type Arrivals int

// The shapes.
const (
	Poisson Arrivals = iota
	Constant
	Closed
	Trace
)
