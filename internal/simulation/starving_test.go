package simulation

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/balancer"
	"waza/internal/option"
	"waza/requester"
	"waza/worker"
)

// starving is a run of 50 requests, one every 20 ms from 0 on, of 10 ms of work each, under health checks every 5 ms of which two that are
// missed mean down, which is before the second request, and without panic. Requesters give up after 100 ms and tell nobody. What the balancer does not send waits there.
func starving(workers int, set func(*Config)) Config {
	const ms = time.Millisecond
	c := base(workers, 50, 0.5/float64(workers))
	c.Arrivals, c.Work, c.Warmup = Constant, requester.Constant(10*ms), 0
	c.Deadline, c.Propagate, c.Grace = 100*ms, false, 500*ms
	c.Features = []balancer.Feature{{Kind: "health", Set: option.Values{"interval": 5 * ms, "down": 2}}}
	c.Strategies = []string{"least-loaded"}
	set(&c)
	return c
}

// swallowsForEver is a hole at the first worker.
func swallowsForEver(c *Config) {
	c.Faults = append(c.Faults, worker.Fault{Kind: "blackhole", Zone: worker.AnyZone, Set: option.Values{}})
}

// Random configurations have found that such runs never ended: what waits for workers that are down for ever is cut the grace after the last
// request has begun, which is at 980 ms. Each request has timed out long before the cut.
func TestWhatWaitsForWorkersThatAreDownForEverIsCut(t *testing.T) {
	for _, row := range []struct {
		says      string
		workers   int
		set       func(*Config)
		succeeded int
	}{
		{"the only worker", 1, swallowsForEver, 0},
		{"two that a pool has started, of three: it starts no other while they do nothing", 3, func(c *Config) {
			swallowsForEver(c)
			c.Faults[0].Workers.Last = 1
			c.Pool = balancer.Pool{Start: 2, Least: 2, Interval: 150 * time.Millisecond, Idle: time.Second}
		}, 0},
		{"one of two: all but the first goes to the other, and nothing is cut", 2, swallowsForEver, 49},
		{"in microseconds, in which checks come a hundred thousand times a second", 1, func(c *Config) {
			swallowsForEver(c)
			*c = inUnits(*c, 1e-3)
		}, 0},
	} {
		c := starving(row.workers, row.set)
		r := mustRun(t, c)[0]
		assert.EqualValues(t, 50, r.Requests.Issued, row.says)
		assert.EqualValues(t, row.succeeded, r.Requests.Succeeded, row.says)
		assert.EqualValues(t, 50-row.succeeded, r.Requests.TimedOut, row.says)
	}
}

// What ends in the balancer, too, needs no cut: it is skipped when its turn comes.
func TestWhatEndsInItsBalancerNeedsNoCut(t *testing.T) {
	c := starving(1, func(c *Config) {
		swallowsForEver(c)
		c.Propagate = true
	})
	assert.False(t, c.Starves())
	assert.EqualValues(t, 50, mustRun(t, c)[0].Requests.TimedOut)
	c.Propagate = false
	assert.True(t, c.Starves())
	c.Panic = 0.01
	assert.False(t, c.Starves())
}

// A shard of one worker that is down for ever waits for it, though others live.
func TestAShardMayStarveAlone(t *testing.T) {
	c := starving(5, func(c *Config) {
		swallowsForEver(c)
		c.Strategies = []string{"shuffle-shard"}
		c.Parameters.Set["shard-size"] = 1
	})
	assert.True(t, c.Starves())
	r := mustRun(t, c)[0]
	assert.Positive(t, r.Requests.TimedOut)
	assert.Positive(t, r.Requests.Succeeded)
}

// The end of a run that is cut comes to requesters first, then to balancers, then to workers: what a proxy hands back that waits for ever for an
// answer makes room, and nobody sends what waited for that. All would come back at once, and what balancers made of it would depend on the order.
func TestNobodyIsSentAnythingAtACut(t *testing.T) {
	c := base(1, 3, 0.5)
	c.Strategies, c.Warmup, c.Events = []string{"pull"}, 0, true
	c.Proxies = Proxies{Number: 1, Strategy: "least-loaded", Concurrency: 1, Work: requester.Constant(time.Millisecond), Waits: true}
	c.Faults = []worker.Fault{{Kind: "blackhole", Zone: worker.AnyZone, Set: option.Values{}}}
	var events strings.Builder
	_, err := Run(t.Context(), c, 1, Spectators{Events: &events})
	require.NoError(t, err)
	assert.Equal(t, 1, strings.Count(events.String(), "to proxy 0"), events.String())
	assert.Equal(t, 2, strings.Count(events.String(), "front balancer refuses"), events.String())
	assert.Equal(t, 1, strings.Count(events.String(), "proxy 0        ends"), events.String())
}
