package simulation

import (
	"time"

	"waza/internal/option"
	"waza/requester"
	"waza/worker"
)

// hedged are conditions under which several attempts of a request are out at once, of which one wins.
var hedged = []condition{
	{"hedges and timeouts", func(c *Config) {
		c.Hedge.After, c.Timeout, c.Retries = 15*time.Millisecond, 50*time.Millisecond, 1
		c.Backoff = requester.Backoff{Kind: requester.NoBackoff}
	}},
	{"hedges at the median, of which a budget allows some", func(c *Config) {
		c.Requesters, c.Hedge.Percentile, c.RetryBudget, c.MinRetries = 3, 50, 0.2, 1
	}},
	{"hedges at the door, which ask again in vain", func(c *Config) {
		c.Rate *= 1.2
		c.Queue, c.Backlog, c.Hedge.After, c.Deadline, c.Propagate = 1, 5, 10*time.Millisecond, 80*time.Millisecond, false
	}},
	{"hedges between zones that are far, with failures", func(c *Config) {
		far(c)
		c.Requesters, c.Hedge.Percentile, c.Retries = 5, 80, 1
		c.Backoff = requester.Backoff{Kind: requester.NoBackoff}
		c.Faults = []worker.Fault{{Kind: "flaky", Workers: worker.Selection{Share: 1}, Set: option.Values{"p": 0.2}}}
	}},
	{"hedges in a closed loop in which nobody thinks", func(c *Config) {
		c.Arrivals, c.Rate, c.Think = Closed, 0, requester.Constant(0)
		c.Hedge.After = 5 * time.Millisecond
	}},
	{"hedges in a closed loop that are let in one at a time, and read of their winners then", func(c *Config) {
		c.Arrivals, c.Rate, c.Think = Closed, 0, requester.Constant(0)
		c.Queue, c.Backlog, c.Hedge.After = 0, 1, 10*time.Microsecond
		c.Work = requester.Uniform(0, 20*time.Millisecond)
	}},
}
