package simulation

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"regexp"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"waza/balancer"
	"waza/internal/option"
	"waza/report"
	"waza/requester"
	"waza/worker"
)

// drawPool draws a pool whose workers come and go many times in a run, where there is one balancer.
func drawPool(t *rapid.T, c *Config) {
	if c.Balancers > 1 || rapid.IntRange(0, 2).Draw(t, "has a pool") > 0 {
		return
	}
	c.Pool.Start = rapid.IntRange(1, c.Workers).Draw(t, "workers at the start")
	c.Pool.Least = rapid.IntRange(0, c.Pool.Start).Draw(t, "least workers")
	c.Pool.Interval = drawDuration(t, "scale interval", time.Millisecond, 100*time.Millisecond)
	c.Pool.Delay = drawDuration(t, "start delay", 0, 50*time.Millisecond)
	c.Pool.Idle = drawDuration(t, "idle timeout", time.Millisecond, 200*time.Millisecond)
}

// elastic are pools: one that follows the load, and one whose workers come late and go soon, down to none.
var elastic = []condition{
	{"a pool", func(c *Config) {
		c.Pool = balancer.Pool{Start: c.Workers / 5, Least: c.Workers / 5, Interval: 20 * time.Millisecond, Idle: 15 * time.Millisecond}
	}},
	{"a pool that is slow to start, with timeouts and retries", func(c *Config) {
		c.Pool = balancer.Pool{Start: c.Workers / 2, Interval: 7 * time.Millisecond, Delay: 10 * time.Millisecond, Idle: 3 * time.Millisecond}
		c.Rate, c.Timeout, c.Retries = 0.5*c.Rate, 40*time.Millisecond, 2
		c.Backoff = requester.Backoff{Kind: requester.NoBackoff}
	}},
	{"a pool in closed loop, with little room and back-pressure", func(c *Config) {
		c.Arrivals, c.Rate, c.Think = Closed, 0, requester.Constant(20*time.Millisecond)
		c.Pool = balancer.Pool{Start: 1, Least: 1, Interval: 5 * time.Millisecond, Idle: 5 * time.Millisecond}
		c.Queue, c.Backlog = 2, 3
	}},
	{"a pool whose workers die, whoever is needed, and claims", func(c *Config) {
		again(c, "crash", 0.5, option.Values{"notify": requester.Lost})
		again(c, "stall", 0.5, nil)
		c.Heartbeat, c.Claim = c.span(0.01), c.span(0.03)
		c.Pool = balancer.Pool{Start: c.Workers / 2, Least: 1, Interval: 10 * time.Millisecond, Delay: 3 * time.Millisecond, Idle: 15 * time.Millisecond}
		c.Rate *= 0.7
	}},
}

// TestAPoolOfAnyStrategyIsTheSameAgain holds that the same seed gives the same bytes, whoever chooses, and that workers do come and go.
func TestAPoolOfAnyStrategyIsTheSameAgain(t *testing.T) {
	if testing.Short() {
		t.Skip("each strategy takes a while")
	}
	for n, condition := range elastic {
		t.Run(condition.name, func(t *testing.T) {
			c := base(20, 300, 0.8)
			condition.set(&c)
			c.Strategies = everySecond(c.Strategies, n)
			c.Mix.Keys = requester.UniformKeys(100)
			want, results := bytesAndResults(t, c, Spectators{})
			for _, r := range results {
				require.NotNil(t, r.Pool, r.Strategy)
				if r.Strategy != "most-loaded" { // it keeps one worker busy, and of four that is too few
					assert.Positive(t, r.Pool.Started+r.Pool.Left, r.Strategy)
				}
				assert.LessOrEqual(t, r.Pool.Peak, report.Count(20), r.Strategy)
				assert.GreaterOrEqual(t, r.Pool.Peak, report.Count(c.Pool.Start), r.Strategy)
				assert.LessOrEqual(t, *r.Pool.Mean, float64(r.Pool.Peak), r.Strategy)
			}
			c.disturb = yieldAtRandom
			for i := range max(1, repeats(20, true)/10) {
				c.Events = i%2 == 0
				require.Equal(t, want, bytesBefore(t, c, Spectators{Events: io.Discard}))
			}
		})
	}
}

// everySecond leaves half of the strategies, from the first or from the second on as n is even or odd, so that each is played under half of
// the conditions; in the long form all.
func everySecond(strategies []string, n int) (some []string) {
	for i, name := range strategies {
		if *long || (i+n)%2 == 0 {
			some = append(some, name)
		}
	}
	return some
}

// burst are thirty tasks of a second, one a millisecond from 0, and one more at 20 s, so that the run goes on until then.
func burst(strategy string, workers, least int, interval time.Duration) Config {
	c := base(workers, 31, 1)
	c.Strategies, c.Warmup, c.Arrivals, c.Work, c.Rate = []string{strategy}, 0, Trace, nil, 31./20
	c.Trace = &requester.Trace{}
	for i := range 30 {
		c.Trace.Arrivals, c.Trace.Work = append(c.Trace.Arrivals, time.Duration(i)*time.Millisecond), append(c.Trace.Work, time.Second)
	}
	c.Trace.Arrivals, c.Trace.Work = append(c.Trace.Arrivals, 20*time.Second), append(c.Trace.Work, time.Second)
	c.Pool = balancer.Pool{Start: least, Least: least, Interval: interval, Idle: 5 * time.Second}
	return c
}

// changes are the instants at which workers started or left, to the millisecond, with how many did: "0.500 +8".
func changes(t *testing.T, c Config) (all []string) {
	var story bytes.Buffer
	c.Events = true
	_, err := Run(context.Background(), c, 1, Spectators{Events: &story})
	require.NoError(t, err)
	counts := map[string]int{}
	for _, line := range regexp.MustCompile(`(?m)^ *(\S+) ms  .* (starts|leaves) .*`).FindAllStringSubmatch(story.String(), -1) {
		var ms float64
		_, err := fmt.Sscan(line[1], &ms)
		require.NoError(t, err)
		sign := map[string]string{"starts": "+", "leaves": "-"}[line[2]]
		key := fmt.Sprintf("%06.3f %s", ms/1000, sign)
		if counts[key] == 0 {
			all = append(all, key)
		}
		counts[key]++
	}
	for i, key := range all {
		all[i] = fmt.Sprintf("%s%d", key, counts[key])
	}
	return all
}

// At 0.5 s two tasks are in service and 28 wait: eight workers start, as many as there may be. They and the first two finish the
// tasks, two at a time at 1.0, 1.001, 2.0, …, eight at a time at 1.5, 2.5 and 3.5 s; the first two have their last at 3.0 and 3.001 s.
func TestABurstUnderPullLetsAPoolGrowAndShrink(t *testing.T) {
	c := burst("pull", 10, 2, 500*time.Millisecond)
	assert.Equal(t, []string{"00.500 +8", "08.000 -1", "08.001 -1", "08.500 -6"}, changes(t, c))
	r := mustRun(t, c)[0]
	assert.Equal(t, []report.Count{8, 8, 10}, []report.Count{r.Pool.Started, r.Pool.Left, r.Pool.Peak})
	// Two are there for 20 s, of the ten that are there from 0.5 s one leaves at 8, one at 8.001 and six at 8.5 s.
	assert.InDelta(t, (2*20+7.5+7.501+6*8)/20, *r.Pool.Mean, 1e-3)
	// They serve 30 s of work in that time; the last task begins as the window closes.
	assert.InDelta(t, 30/(2*20+7.5+7.501+6*8), *r.Utilization, 1e-3)
	sizes := map[float64]float64{}
	for _, row := range r.Series {
		sizes[row.Workers]++
	}
	assert.Greater(t, sizes[2], 0.5*float64(len(r.Series)), "12 of 21 s there are two")
	assert.Greater(t, sizes[10], 0.3*float64(len(r.Series)), "7.5 of them there are ten")
	assert.Equal(t, 2., r.Series[0].Workers)
	assert.Equal(t, 2., r.Series[len(r.Series)-1].Workers)
}

func TestWhatAPoolStartsLateIsThereLate(t *testing.T) {
	c := burst("pull", 10, 2, 500*time.Millisecond)
	c.Pool.Delay = 250 * time.Millisecond
	r := mustRun(t, c)[0]
	// Eight serve from 0.75 s, and finish at 1.75, 2.75 and 3.75 s: six leave at 8.75 s. The first two do what they did.
	assert.InDelta(t, (2*20+7.25+7.251+6*8)/20, *r.Pool.Mean, 1e-3)
	assert.InDelta(t, 3.75, *r.LatencySeconds.Max, 0.03)
}

// A push strategy leaves queued work where it is: fifteen tasks at each of two workers. So the eight that are started for them have
// nothing to do, leave after 5 s, and are started again at the next tick: at 6.0 s for the ten tasks that each still holds, at 11.5 s
// for the four that each holds, of which six wait. There are 2, 10, 2, 10, 2, 8 and 2.
func TestAPoolUnderAPushStrategySwings(t *testing.T) {
	for _, name := range []string{"round-robin", "least-loaded"} {
		c := burst(name, 10, 2, 500*time.Millisecond)
		assert.Equal(t, []string{"00.500 +8", "05.500 -8", "06.000 +8", "11.000 -8", "11.500 +6", "16.500 -6"}, changes(t, c), name)
	}
}

// A worker that has died, and whose requesters have given up, looks idle and leaves its pool before anybody suspects it. Here it serves from 0,
// dies at 5 ms, is given up at 10 and leaves at 15 ms. What it held is claimed then, and has timed out; random configurations have found that it
// was waited for without end.
func TestWhoLeavesItsPoolDeadLeavesNothingBehind(t *testing.T) {
	const ms = time.Millisecond
	c := base(2, 1, 0.1)
	c.Strategies, c.Arrivals, c.Work, c.Timeout = []string{"least-loaded", "pull"}, Constant, requester.Constant(10*ms), 10*ms
	c.Heartbeat, c.Claim, c.Pool = 30*ms, 100*ms, balancer.Pool{Start: 1, Interval: 20 * ms, Idle: 5 * ms}
	c.Faults = []worker.Fault{{
		Kind: "crash", Workers: worker.Selection{Share: 1}, Zone: worker.AnyZone, At: 5 * ms, For: 10 * time.Second, Set: option.Values{"notify": requester.Lost},
	}}
	for _, r := range mustRun(t, c) {
		assert.EqualValues(t, 1, r.Requests.TimedOut, r.Strategy)
		assert.EqualValues(t, 1, r.Claims, r.Strategy)
	}
}

// An interrupted run under a pool ends on both clocks, and what it did is accounted for.
func TestAPoolOnTheWallClock(t *testing.T) {
	if testing.Short() {
		t.Skip("runs on the wall clock")
	}
	for _, interrupted := range []bool{false, true} {
		c := base(10, 300, 0.8)
		c.WallClock, c.Grace = true, time.Second
		c.Strategies = []string{"least-loaded", "pull", "ring-hash"}
		c.Pool = balancer.Pool{Start: 2, Least: 1, Interval: 20 * time.Millisecond, Delay: 5 * time.Millisecond, Idle: 10 * time.Millisecond}
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Minute)
		if interrupted {
			ctx, cancel = context.WithTimeout(context.Background(), 200*time.Millisecond)
		}
		results, err := Run(ctx, c, 1, Spectators{})
		cancel()
		require.NoError(t, err)
		assert.Positive(t, results[0].Pool.Started)
		assert.True(t, slices.IsSorted([]report.Count{1, results[0].Pool.Peak, 10}))
	}
}
