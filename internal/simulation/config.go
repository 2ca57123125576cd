package simulation

import (
	"slices"
	"time"

	"waza/balancer"
	"waza/requester"
	"waza/strategy"
	"waza/worker"
)

// A Config says everything that shapes a run. Package internal/command fills it in and checks it once, before anything starts. A zero means
// "none" if the comment says so; the word none on the command line becomes that zero.
type Config struct {
	Strategies  []string            // names in strategy's table
	Parameters  strategy.Parameters // of the strategies
	Workers     int                 // how many there are; with a Pool, the most that there may be at once
	Requesters  int
	Balancers   int // the requesters of each zone are dealt to them in turn
	Requests    int // N: exactly as many are issued
	Seed        uint64
	WallClock   bool
	Arrivals    Arrivals
	Shape       requester.Shape        // of Poisson arrivals; of no kind: their rate is even
	Gap         requester.Distribution // with Arrivals Gaps: the time from one request to the next
	Rate        float64                // λ per second, open loop; 0 for closed
	Think       requester.Distribution // closed loop
	Duration    time.Duration          // closed loop: no request begins after it; 0: none
	Work        requester.Distribution // nil with a trace
	Jitter      float64                // coefficient of variation of each service; 0: none
	Trace       *requester.Trace       // with Arrivals Trace
	Mix         Mix                    // what tells requests from one another
	Speeds      []float64              // one per worker
	Weights     []float64              // one per worker; nil: the speeds
	Tiers       []int                  // the priority that each worker serves first; nil: 0
	Concurrency int                    // slots per worker
	Queue       int                    // places per worker besides its slots
	Backlog     int                    // places in the balancer; balancer.Unlimited: any number
	Queues      balancer.Queues        // several queues, whose room together is the Backlog; the zero Queues: one line
	Discipline  string                 // the order in which requests leave the backlog: a name in balancer's table; empty: fifo
	Ageing      time.Duration          // a waiting request rises by one priority each time so much has passed, under priority only; 0: never
	CoDel       balancer.CoDel         // under codel: when requests have waited too long
	Reject      bool                   // a full balancer rejects; else it stops receiving
	Stale       time.Duration          // strategies see pending counts as they stood so long ago; 0: fresh
	Refresh     time.Duration          // or as they stood at the last multiple of Refresh; 0: fresh
	Upload      requester.Upload       // the body of each attempt
	Timeout     time.Duration          // per attempt; 0: none
	Deadline    time.Duration          // per request; 0: none
	Propagate   bool                   // balancers and workers skip requests whose answers nobody waits for
	Retries     int
	Backoff     requester.Backoff
	Hedge       requester.Hedge
	RetryBudget float64 // retries and hedges per request, on average at most; 0: any number
	MinRetries  float64 // under a budget, so many per second are allowed beside those
	Faults      []worker.Fault
	Heartbeat   time.Duration      // between two beats of a worker that may die; 0: workers do not beat
	Claim       time.Duration      // if a worker has not beaten for so long, what it holds is given to others; 0: never
	Unheard     float64            // with Claim: the probability that workers do not hear that something is to be claimed, in [0, 1]
	Persist     worker.Retry       // how a worker itself tries again what has failed; the zero Retry: it does not
	Features    []balancer.Feature // what each balancer does about things that go wrong
	Panic       float64            // when less than this share of the members is fit, a balancer treats all of them as fit; in [0, 1]
	Pool        balancer.Pool      // how many workers there are, by what waits for them; the zero Pool: all, always
	Linger      time.Duration      // how long the run goes on after the last verdict, for what the workers of a pool do then
	Grace       time.Duration      // after an interruption, for what is in flight
	Warmup      float64            // share of the run before the measured window, in [0, 1)
	WarmupTime  time.Duration      // how long the warm-up is; 0: Warmup says it
	FindWarmup  bool               // find out how long the transient at the beginning is, from which the warm-up is to follow
	Events      bool               // tell what happens, line by line
	Log         bool               // keep every request for the requests log
	WatchQueue  bool               // count how many requests waited when

	Regulators []balancer.Regulator // what limits the requests that each balancer sends
	Resizes    []balancer.Resize    // how many workers there are from when on; then Pool only says how many there are at the start; nil: all, always

	Proxies Proxies // between the requesters and the balancer of the workers

	before  int             // how many lanes the tiers in front of this one have; set by tiers
	period  time.Duration   // of the lanes of all tiers; set by tiers
	gaps    *requester.Gaps // with Arrivals Gaps; set by prepared
	scale   float64         // how many nanoseconds of the run's clock a simulated nanosecond is; set by scaled
	disturb func()          // called whenever a wake-up is planned, for tests that yield in it; nil: nothing is
}

// Arrivals is the shape of the workload in time.
type Arrivals int

// The shapes.
const (
	Poisson Arrivals = iota
	Constant
	Closed
	Trace
	Gaps
)

// Tries is how many attempts a request has at most: each of its tries may have a hedge.
func (c *Config) Tries() int {
	if c.Hedge.On() {
		return 2 * (1 + c.Retries)
	}
	return 1 + c.Retries
}

// Eventful tells whether figures over time are of interest: because one part of the run is meant to be unlike another, or for the instant at
// which the queue of a broker was longest.
func (c *Config) Eventful() bool {
	return len(c.Faults) > 0 || c.Shape.Kind != "" || c.Resized() || c.Proxies.Number > 0
}

// Resized tells whether workers come and go because their number is to change. Pool.Start of them are there at the start then.
func (c *Config) Resized() bool { return c.Pool.Interval > 0 || len(c.Resizes) > 0 }

// Staying is how many workers there are at the end, as far as that is known before: those of the lowest ids.
func (c *Config) Staying() int {
	staying, at := c.Workers, time.Duration(0)
	for _, r := range c.Resizes {
		if r.At > at {
			staying, at = r.Workers, r.At
		}
	}
	return staying
}

// lengths returns where the lengths of the configuration stand, except those in distributions, faults and sets of parameters.
func (c *Config) lengths() []*time.Duration {
	all := []*time.Duration{&c.Stale, &c.Refresh, &c.Timeout, &c.Deadline, &c.Ageing, &c.CoDel.Target, &c.CoDel.Interval, &c.Hedge.After,
		&c.Pool.Interval, &c.Pool.Delay, &c.Pool.Idle, &c.Linger, &c.Upload.Takes, &c.Persist.Interval}
	if c.Beating() {
		all = append(all, &c.Heartbeat, &c.Claim)
	}
	if c.Retries > 0 {
		all = append(all, &c.Backoff.Base, &c.Backoff.Cap)
	}
	for _, row := range c.Parameters.Delays {
		for i := range row {
			all = append(all, &row[i])
		}
	}
	return all
}

// given returns the lengths that were given in faults, in the shape of the arrivals and in sets of parameters.
func (c *Config) given() []time.Duration {
	all := append(c.Parameters.Set.Lengths(), c.Shape.Set.Lengths()...)
	for _, f := range c.Faults {
		all = append(all, f.At, f.For, f.MTBF, f.MTTR)
		all = append(all, f.Set.Lengths()...)
	}
	for _, f := range c.Features {
		all = append(all, f.Set.Lengths()...)
	}
	for _, r := range c.Regulators {
		all = append(all, r.Lengths()...)
	}
	for _, r := range c.Resizes {
		all = append(all, r.At)
	}
	return all
}

// Longest is the longest of the lengths that a process may wait for.
func (c *Config) Longest() time.Duration {
	longest := time.Duration(0)
	for _, d := range c.lengths() {
		longest = max(longest, *d)
	}
	return max(longest, slices.Max(append(c.given(), 0)))
}

// scaleLengths scales all these lengths to the run's clock.
func (c *Config) scaleLengths() {
	for _, d := range append(c.lengths(), &c.Grace, &c.Duration, &c.WarmupTime) {
		*d = c.times(*d)
	}
	c.Faults = slices.Clone(c.Faults)
	for i, f := range c.Faults {
		c.Faults[i] = f.Times(c.scale)
	}
	c.Features = slices.Clone(c.Features)
	for i, f := range c.Features {
		c.Features[i] = f.Times(c.scale)
	}
	c.Resizes = slices.Clone(c.Resizes)
	for i := range c.Resizes {
		c.Resizes[i].At = c.times(c.Resizes[i].At)
	}
	c.Regulators = slices.Clone(c.Regulators)
	for i, r := range c.Regulators {
		c.Regulators[i] = r.Times(c.scale)
	}
}
