package simulation

import (
	"time"

	"waza/internal/option"
	"waza/requester"
	"waza/worker"
)

// faulty are conditions under which workers die, stand still and swallow, with heartbeats and claims. A run of 1,000 requests takes a second
// with 10 workers and a hundredth of one with 1,000.
var faulty = []condition{
	{"crashes of which requesters are told, and heartbeats", func(c *Config) {
		again(c, "crash", 0.5, option.Values{"notify": requester.Failed})
		c.Heartbeat = c.span(0.01)
		c.Retries, c.Backoff = 2, requester.Backoff{Kind: requester.FullJitter, Base: time.Millisecond, Cap: 20 * time.Millisecond}
	}},
	{"crashes of which nobody is told, timeouts and retries", func(c *Config) {
		again(c, "crash", 0.5, option.Values{"notify": requester.Lost})
		c.Heartbeat, c.Timeout, c.Retries = c.span(0.01), 30*time.Millisecond, 2
		c.Backoff = requester.Backoff{Kind: requester.NoBackoff}
	}},
	{"crashes of which nobody is ever told", func(c *Config) {
		again(c, "crash", 0.3, option.Values{"notify": requester.Lost})
		c.Heartbeat, c.Grace = c.span(0.02), 50*time.Millisecond
	}},
	{"crashes and claims", func(c *Config) {
		again(c, "crash", 0.5, option.Values{"notify": requester.Lost})
		c.Heartbeat, c.Claim = c.span(0.01), c.span(0.03)
	}},
	{"crashes, stalls and claims, with timeouts and retries", func(c *Config) {
		again(c, "crash", 0.5, option.Values{"notify": requester.Lost})
		again(c, "stall", 1, nil)
		c.Heartbeat, c.Claim, c.Timeout, c.Retries = c.span(0.007), c.span(0.02), 60*time.Millisecond, 2
		c.Backoff = requester.Backoff{Kind: requester.ConstantBackoff, Base: time.Millisecond}
	}},
	{"stalls, and several slots per worker", func(c *Config) {
		again(c, "stall", 1, nil)
		c.Concurrency, c.Rate = 3, 3*c.Rate
	}},
	{"black holes, with deadlines that nobody is told of", func(c *Config) {
		again(c, "blackhole", 0.3, nil)
		c.Deadline, c.Propagate = 50*time.Millisecond, false
	}},
	{"black holes that have an end, and no deadlines", func(c *Config) {
		again(c, "blackhole", 0.3, nil)
		c.Grace = 100 * time.Millisecond
	}},
	{"workers that fail fast, and answers that get lost", func(c *Config) {
		again(c, "fail-fast", 0.3, option.Values{"after": time.Millisecond})
		again(c, "drop", 1, option.Values{"p": 0.1, "delay": 3 * time.Millisecond})
		c.Timeout, c.Retries = 40*time.Millisecond, 3
		c.Backoff = requester.Backoff{Kind: requester.NoBackoff}
	}},
	{"workers that begin cold, die and are cold again, in closed loop", func(c *Config) {
		c.Faults = []worker.Fault{{Kind: "cold", Workers: worker.Selection{Share: 1}, Zone: worker.AnyZone,
			Set: option.Values{"factor": 5.0, "ramp": c.span(0.1)}}}
		again(c, "crash", 0.5, option.Values{"notify": requester.Failed})
		c.Heartbeat = c.span(0.01)
		c.Arrivals, c.Rate, c.Think = Closed, 0, requester.Constant(time.Millisecond)
	}},
	{"three balancers, little room, crashes and claims", func(c *Config) {
		again(c, "crash", 0.5, option.Values{"notify": requester.Lost})
		again(c, "stall", 0.5, nil)
		c.Heartbeat, c.Claim, c.Balancers, c.Queue, c.Backlog = c.span(0.01), c.span(0.03), 3, 5, 5
	}},
	{"two balancers, crashes, and rejections that are tried again", func(c *Config) {
		again(c, "crash", 0.5, option.Values{"notify": requester.Failed})
		c.Heartbeat, c.Balancers, c.Queue, c.Backlog, c.Reject, c.Retries = c.span(0.01), 2, 1, 3, true, 2
		c.Backoff = requester.Backoff{Kind: requester.EqualJitter, Base: time.Millisecond, Cap: time.Second}
	}},
}

// span is so large a share of the time in which the requests begin.
func (c *Config) span(share float64) time.Duration {
	return time.Duration(share * float64(c.length()))
}

// again adds a fault that comes and goes by itself, to some of the workers: each meets it some four times.
func again(c *Config, kind string, share float64, set option.Values) {
	c.Faults = append(c.Faults, worker.Fault{
		Kind: kind, Workers: worker.Selection{Share: share}, Zone: worker.AnyZone, MTBF: c.span(0.2), MTTR: c.span(0.05), Set: set,
	})
}
