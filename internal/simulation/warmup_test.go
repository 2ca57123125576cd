package simulation

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/report"
	"waza/requester"
	"waza/worker"
)

// alone is one requester before one worker: in open loop 100 requests, one every 100 ms; in closed loop each begins 100 ms after the end
// of the one before.
func alone(arrivals Arrivals, work time.Duration) Config {
	c := base(1, 100, 1)
	c.Strategies, c.Requesters, c.Arrivals = []string{"random"}, 1, arrivals
	c.Work, c.Think = requester.Constant(work), requester.Constant(100*time.Millisecond)
	if c.Rate = 10; arrivals == Closed {
		c.Rate = 0
	}
	return c
}

func TestAWarmupOfALengthOfTime(t *testing.T) {
	for _, test := range []struct {
		says     string
		arrivals Arrivals
		work     time.Duration
		duration time.Duration
		warmup   time.Duration
		measured report.Count
		window   float64 // seconds; 0: it never opened
	}{
		{"of 10 s the second half, until the last request, of 9.9 s, is served", Constant, 50 * time.Millisecond, 0, 5 * time.Second, 50, 4.95},
		{"on a clock that goes faster than the time, too", Constant, time.Microsecond, 0, 5 * time.Second, 50, 4.9},
		{"all of it", Constant, 50 * time.Millisecond, 0, 10 * time.Second, 100, 0},
		{"a loop of 200 ms: the first 25 begin before", Closed, 100 * time.Millisecond, 0, 5050 * time.Millisecond, 75, 19.9 - 5.05},
		{"it opens after the last request has begun", Closed, 100 * time.Millisecond, 0, 20500 * time.Millisecond, 100, 0},
		{"a loop of 10 s", Closed, 100 * time.Millisecond, 10 * time.Second, 5050 * time.Millisecond, 25, 4.95},
	} {
		t.Run(test.says, func(t *testing.T) {
			c := alone(test.arrivals, test.work)
			c.WarmupTime, c.Duration = test.warmup, test.duration
			r := mustRun(t, c)[0]
			assert.Equal(t, test.measured, r.MeasuredRequests)
			if test.window == 0 {
				assert.True(t, r.Unopened)
				assert.Zero(t, r.WarmupSeconds)
				return
			}
			assert.Equal(t, test.warmup.Seconds(), r.WarmupSeconds)
			assert.InDelta(t, test.window, r.WindowSeconds, 1e-3)
		})
	}
}

// How long a share is depends on the run, and the result tells it.
func TestTheResultTellsHowLongItsWarmupWas(t *testing.T) {
	c := alone(Constant, 50*time.Millisecond)
	assert.Equal(t, 1.0, mustRun(t, c)[0].WarmupSeconds)
	c = alone(Closed, 100*time.Millisecond)
	assert.InDelta(t, 2, mustRun(t, c)[0].WarmupSeconds, 1e-3, "ten requests of 200 ms")
	c.Warmup = 0
	assert.Zero(t, mustRun(t, c)[0].WarmupSeconds)
}

// transientOf is what the only strategy of a run finds.
func transientOf(t *testing.T, c Config) report.Transient {
	t.Helper()
	c.Warmup, c.FindWarmup = 0, true
	r := mustRun(t, c)[0]
	require.NotNil(t, r.Transient)
	return *r.Transient
}

// A worker stalls for the first second. Meanwhile 100 requests of 9.5 ms come, one every 10 ms, and the one worker catches up by 0.5 ms with
// each that it serves: it would take 1 s / 0.5 ms = 2000 requests in all until none waits, 20 s after the start. Then all take 9.5 ms.
func TestATransientThatIsKnownExactlyIsCut(t *testing.T) {
	c := alone(Constant, 9500*time.Microsecond)
	c.Requests, c.Rate, c.Queue = 6000, 100, 10_000
	c.Faults = []worker.Fault{{Kind: "stall", Workers: worker.Selection{Share: 1}, Zone: worker.AnyZone, For: time.Second}}
	cut := transientOf(t, c)
	assert.InDelta(t, 20, cut.Ends.Seconds(), 0.1, "two batches of five requests, of 50 ms each")
	assert.False(t, cut.AtLimit)
	c.Requests = 3000 // 30 s: half of it is less than 20 s
	cut = transientOf(t, c)
	assert.InDelta(t, 15, cut.Ends.Seconds(), 0.1)
	assert.True(t, cut.AtLimit)
}

// Constant arrivals and work have no transient: all is as at the start, but for the nanoseconds of the lanes.
func TestWithoutATransientNothingIsCut(t *testing.T) {
	assert.Equal(t, report.Transient{Found: true}, transientOf(t, alone(Constant, 50*time.Millisecond)))
}

// At a load of 0.95 workers that start empty are, in heavy traffic, on average at H(t) = 1 - 2(1+t)Φ(-√t) + 2√t φ(√t) of their lasting
// number of requests, where the unit of t is (1+ρ)/(1-ρ)² services, 7.8 s here (Abate and Whitt, "Transient behavior of regulated Brownian
// motion", 1987): 0.2 after 0.15 s, 0.4 after 0.7 s, 0.85 after 7.8 s. A batch of five latencies, about exponential with mean W, has variance
// W²/5. To leave one out makes the squared error of the rest smaller while the square of its distance from W is more than twice the variance
// that remains: up to 0.4 W, on average. With the chance of 20 workers that share the arrivals, the cut varies by more than a factor of two, so the
// mean of some runs is held to a quarter and to four times of that: it says that MSER-5 minimises the error of the mean, and leaves a part of the
// transient in a run that is much longer.
func TestTheTransientOfAnEmptyStartIsCutWhereTheoryHasIt(t *testing.T) {
	if testing.Short() {
		t.Skip("370,000 requests")
	}
	c := base(20, 74_000, 0.95)
	c.Strategies = []string{"random"}
	runs, sum := 5, 0.0
	for seed := range uint64(runs) {
		c.Seed = seed
		cut := transientOf(t, c)
		assert.False(t, cut.AtLimit)
		sum += cut.Ends.Seconds()
	}
	unit := 0.01 * 1.95 / (0.05 * 0.05)
	reaches := func(share float64) float64 { // by bisection
		low, high := 0.0, 10.0
		for range 50 {
			if middle := (low + high) / 2; empties(middle) < share {
				low = middle
			} else {
				high = middle
			}
		}
		return low * unit
	}
	wanted := reaches(0.4)
	assert.InDelta(t, 0.7, wanted, 0.05)
	assert.Greater(t, sum/float64(runs), wanted/4)
	assert.Less(t, sum/float64(runs), 4*wanted)
}

// empties is H of the test above.
func empties(t float64) float64 {
	root := math.Sqrt(t)
	return 1 - (1+t)*math.Erfc(root/math.Sqrt2) + 2*root*math.Exp(-t/2)/math.Sqrt(2*math.Pi)
}
