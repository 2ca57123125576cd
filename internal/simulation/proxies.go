package simulation

import (
	"slices"

	"waza/balancer"
	"waza/internal/virtualtime"
	"waza/requester"
	"waza/worker"
)

// Proxies are a tier between the requesters and the balancer of the workers. Each passes requests on to that balancer, and then is free, as
// if it had put a message into a queue. The zero Proxies are none.
//
// With proxies the number of balancers in a Config is that of the balancers which requesters ask, in front of the proxies; behind them there
// is one. How balancers deal with failures (health checks, outliers, breakers, panic, heartbeats) holds for both tiers: those in front watch
// the proxies, the one behind watches the workers. All else that a Config says of balancers and workers it says of the tier behind.
type Proxies struct {
	Number      int                    // 0: none
	Strategy    string                 // of the balancers in front of them: a name in strategy's table
	Weights     []float64              // one per proxy; nil: all weigh the same
	Concurrency int                    // slots of each, at least 1
	Queue       int                    // places of each beside these
	Work        requester.Distribution // how long it takes to pass a request on
	Waits       bool                   // a request holds its slot until it has been answered
}

// tiers returns a configuration for each tier that a request passes, one after the other: what the run is like there, as if there were no
// other tier.
func (c *Config) tiers() []*Config {
	if c.Proxies.Number == 0 {
		return []*Config{c}
	}
	front, back := *c, *c
	front.Faults, back.Faults = c.faultsAt(true), c.faultsAt(false)
	front.toProxies()
	back.Balancers, back.before = 1, front.lanes()
	front.period = virtualtime.Period(1 + c.Requesters + front.lanes() + back.lanes())
	back.period = front.period
	return []*Config{&front, &back}
}

// toProxies makes the configuration that of the proxies' tier, in which they are the workers.
func (c *Config) toProxies() {
	p := &c.Proxies
	c.Strategies, c.Workers, c.Concurrency, c.Queue = []string{p.Strategy}, p.Number, p.Concurrency, p.Queue
	c.Speeds, c.Weights, c.Tiers, c.Jitter, c.Work, c.Trace = slices.Repeat([]float64{1}, p.Number), p.Weights, nil, 0, p.Work, nil
	c.Parameters.Delays, c.Pool, c.Claim, c.Unheard, c.Stale, c.Refresh = nil, balancer.Pool{}, 0, 0, 0, 0
	c.WatchQueue, c.Queues = false, balancer.Queues{}
	c.Regulators, c.Resizes = nil, nil
	c.Backlog, c.Reject, c.Discipline, c.Ageing, c.CoDel = balancer.Unlimited, false, "", 0, balancer.CoDel{}
	c.Features = slices.DeleteFunc(slices.Clone(c.Features), func(f balancer.Feature) bool {
		kind, _ := balancer.FindFeature(f.Kind)
		return !kind.Unfits
	})
}

// faultsAt returns the faults at the proxies, or those at the workers.
func (c *Config) faultsAt(proxies bool) (some []worker.Fault) {
	for _, f := range c.Faults {
		if f.Proxies == proxies {
			some = append(some, f)
		}
	}
	return some
}
