package simulation

import (
	"slices"
	"time"

	"waza/balancer"
	"waza/requester"
	"waza/strategy"
	"waza/worker"
)

// A Config says everything that shapes a run. internal/command fills and checks it once, before anything starts.
// Zero means "none" where a comment says so; command turns the word none into it.
type Config struct {
	Strategies  []string            // names in strategy's table
	Parameters  strategy.Parameters // of the strategies
	Workers     int                 // all there are; with a Pool the most there may be at once
	Requesters  int
	Balancers   int // requester i asks balancer i mod Balancers
	Requests    int // N, exactly as many are issued
	Seed        uint64
	WallClock   bool
	Arrivals    Arrivals
	Shape       requester.Shape        // of Poisson arrivals; of no kind: their rate is even
	Gap         requester.Distribution // with Arrivals Gaps: from one request to the next
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
	Queue       int                    // places per worker beside its slots
	Backlog     int                    // places in the balancer; balancer.Unlimited: any number
	Queues      balancer.Queues        // of which the Backlog is the room, and Reject says what follows; the zero Queues: one line
	Discipline  string                 // in which order they go: a name of balancer's table; empty: fifo
	Ageing      time.Duration          // a waiting request rises by one priority each time so much has passed, under priority only; 0: never
	CoDel       balancer.CoDel         // under codel: which requests have waited too long
	Reject      bool                   // when full: reject; else block
	Stale       time.Duration          // strategies see pending counts as they stood so long ago; 0: fresh
	Refresh     time.Duration          // or as they stood at the last multiple of this; 0: fresh
	Upload      requester.Upload       // of each attempt of a slow requester
	Timeout     time.Duration          // per attempt; 0: none
	Deadline    time.Duration          // per request; 0: none
	Propagate   bool                   // balancer and workers skip what nobody waits for
	Retries     int
	Backoff     requester.Backoff
	Hedge       requester.Hedge
	RetryBudget float64 // retries and hedges per request, on average at most; 0: any number
	MinRetries  float64 // under a budget, so many per second are allowed beside those
	Faults      []worker.Fault
	Heartbeat   time.Duration      // between two beats of a worker that may die; 0: none
	Claim       time.Duration      // what a worker holds that has not beaten for so long is given to others; 0: never
	Unheard     float64            // with claims: the probability that nobody hears of one but a sweep, in [0, 1]
	Persist     worker.Retry       // how a worker itself tries again what has failed; the zero Retry: it does not
	Features    []balancer.Feature // what each balancer does about things that go wrong
	Panic       float64            // where a smaller share of the members is fit, a balancer takes all for fit; in [0, 1]
	Pool        balancer.Pool      // how many workers there are when; the zero Pool: all, always
	Linger      time.Duration      // after the last verdict, if the run is not interrupted: what workers of a pool do when nothing comes
	Grace       time.Duration      // after an interruption, for what is in flight
	Warmup      float64            // share of the run before the measured window, in [0, 1)
	WarmupTime  time.Duration      // the time before it; 0: the share says it
	FindWarmup  bool               // nobody knows yet how long it is to be: without one, the run finds out how long its transient is
	Events      bool               // tell what happens, line by line
	Log         bool               // keep every request for the requests log
	WatchQueue  bool               // tell how many waited in the balancers when

	Regulators []balancer.Regulator // which of them limit what each balancer sends
	Resizes    []balancer.Resize    // how many workers there are from when on, beside no Pool, which says the number at the start; nil: all, always

	Proxies Proxies // between the requesters and the balancer of the workers

	before  int             // lanes of the tiers in front of this one; set by tiers
	period  time.Duration   // of the lanes of all tiers; the same
	gaps    *requester.Gaps // with Arrivals Gaps, once a run begins
	scale   float64         // how many nanoseconds of the run's clock a simulated nanosecond is; set by scaled
	disturb func()          // called whenever a wake-up is planned; tests yield in it
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

// Eventful tells whether one time of a run is meant to be unlike another, or is asked for, as that at which the queue of a broker was longest.
func (c *Config) Eventful() bool {
	return len(c.Faults) > 0 || c.Shape.Kind != "" || c.Resized() || c.Proxies.Number > 0
}

// Resized tells whether workers come and go because there are to be more or fewer of them: then Pool.Start of them are there at the start.
func (c *Config) Resized() bool { return c.Pool.Interval > 0 || len(c.Resizes) > 0 }

// Staying is how many workers there are in the end, as far as that is known; they are those of the lowest ids.
func (c *Config) Staying() int {
	staying, at := c.Workers, time.Duration(0)
	for _, r := range c.Resizes {
		if r.At > at {
			staying, at = r.Workers, r.At
		}
	}
	return staying
}

// lengths are where the lengths of the configuration stand that are no part of a distribution, of a fault or of a set of parameters.
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

// given are the lengths of the faults, of the shape of the arrivals and of the parameters that were set.
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

// Longest is the longest length that was given, of those that something waits for.
func (c *Config) Longest() time.Duration {
	longest := time.Duration(0)
	for _, d := range c.lengths() {
		longest = max(longest, *d)
	}
	return max(longest, slices.Max(append(c.given(), 0)))
}

// scaleLengths puts all of them on the run's clock.
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
