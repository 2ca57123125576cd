package simulation

import (
	"slices"

	"waza/balancer"
	"waza/internal/virtualtime"
	"waza/requester"
	"waza/worker"
)

// Proxies are a tier between the requesters and the balancer of the workers. Each passes the requests that it is sent on to that
// balancer, and is free, as one that puts messages into a queue. The zero Proxies are none.
//
// What is said of the balancers and of how they look after what may fail (their number; health checks, outliers, breakers, panic,
// heartbeats) holds for those that requesters ask, and they look after the proxies; the one behind them looks after the workers in the
// same way. All else that is said of a balancer or of workers is said of the tier behind.
type Proxies struct {
	Number      int                    // 0: none
	Strategy    string                 // of the balancers in front of them: a name in strategy's table
	Weights     []float64              // one per proxy; nil: all weigh the same
	Concurrency int                    // slots of each, at least 1
	Queue       int                    // places of each beside these
	Work        requester.Distribution // how long it takes to pass a request on
	Waits       bool                   // each request holds its slot until it has been answered
}

// tiers are what the run is like at each of the balancers that a request passes, in that order, as if there were no other.
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

// toProxies makes proxies of the workers.
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

// faultsAt are the faults at the workers, or at the proxies.
func (c *Config) faultsAt(proxies bool) (some []worker.Fault) {
	for _, f := range c.Faults {
		if f.Proxies == proxies {
			some = append(some, f)
		}
	}
	return some
}
