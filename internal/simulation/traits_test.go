package simulation

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/requester"
)

// TestTraitsShiftNoOtherDraw holds that arrivals and work are the same whatever else is drawn, so that a strategy that
// does not care for traits is the same beside one that does.
func TestTraitsShiftNoOtherDraw(t *testing.T) {
	plain := base(10, 2500, 0.9)
	plain.Strategies = []string{"least-loaded", "power-of-two", "pull", "round-robin", "random", "most-loaded"}
	if testing.Short() {
		plain.Requests = 600
	}
	want := bytesOf(t, plain)
	for says, set := range map[string]func(*Config){
		"keys":       func(c *Config) { c.Mix.Keys = requester.ZipfKeys(1, 100) },
		"priorities": func(c *Config) { c.Mix.Priorities = []float64{0.2, 0.3, 0.5} },
		"zones in one place": func(c *Config) {
			c.Mix.Zones, c.Parameters.Delays = []float64{0.5, 0.5}, [][]time.Duration{{0, 0}, {0, 0}}
		},
		"weights and tiers": func(c *Config) {
			c.Weights, c.Tiers = slices.Repeat([]float64{2}, 10), Split(10, []float64{0.5, 0.5})
		},
		"priorities that all have the usual work": func(c *Config) {
			c.Mix.Priorities, c.Mix.PriorityWork = []float64{0.5, 0.5}, []requester.Distribution{c.Work, c.Work}
		},
	} {
		c := plain
		set(&c)
		require.Equal(t, want, bytesOf(t, c), says)
	}
}

// TestTheWayIsAddedToTheAnswer compares with a run in one place. The balancer and the workers see the same, so every
// decision is the same; what a zone's requests take longer is known exactly where they all go to one worker.
func TestTheWayIsAddedToTheAnswer(t *testing.T) {
	c := base(1, 2500, 0.8)
	c.Strategies = []string{"least-loaded"}
	c.Mix.Zones, c.Mix.ByZone = []float64{0.5, 0.3, 0.2}, true
	c.Parameters.Delays = [][]time.Duration{{0, 0, 0}, {0, 0, 0}, {0, 0, 0}}
	c.Log = true
	near := mustRun(t, c)[0]
	const ms = time.Millisecond
	c.Parameters.Delays = [][]time.Duration{{0, 9 * ms, 2 * ms}, {5 * ms, 0, 9 * ms}, {70 * ms, 9 * ms, 0}}
	away := mustRun(t, c)[0]
	require.Equal(t, near.Log, away.Log, "the log tells when the worker finished")
	assert.Equal(t, near.WaitSeconds, away.WaitSeconds)
	assert.Equal(t, near.ServiceSeconds, away.ServiceSeconds)
	require.Len(t, away.Classes, 3)
	for zone, way := range []float64{0, 0.014, 0.072} { // to the worker's zone, 0, and back
		assert.Equal(t, near.Classes[zone].Requests, away.Classes[zone].Requests)
		assert.InDelta(t, *near.Classes[zone].LatencySeconds.Mean+way, *away.Classes[zone].LatencySeconds.Mean, 1e-9)
		assert.InDelta(t, *near.Classes[zone].LatencySeconds.Max+way, *away.Classes[zone].LatencySeconds.Max, 1e-9)
	}
}

// TestTheRunLastsUntilTheLastAnswerIsHome where it is on its way long after the worker has finished.
func TestTheRunLastsUntilTheLastAnswerIsHome(t *testing.T) {
	c := base(1, 1, 0.8)
	c.Strategies, c.Requesters, c.Warmup = []string{"least-loaded"}, 2, 0
	c.Mix.Zones, c.Parameters.Delays = []float64{0.1, 0.9}, [][]time.Duration{{0, 0}, {time.Hour, 0}}
	c.Parameters.Delays[0][1], c.Parameters.Delays[1][0] = time.Minute, time.Hour
	r := mustRun(t, c)[0]
	require.EqualValues(t, 1, r.Requests.Succeeded)
	assert.InDelta(t, 3660, r.SimulatedSeconds, 1)
	assert.InDelta(t, 3660, *r.LatencySeconds.Max, 1)
}

// TestPrioritiesWaitInOrder: near saturation and with a strict order, the high priority hardly waits.
func TestPrioritiesWaitInOrder(t *testing.T) {
	c := base(2, 5000, 0.95)
	c.Strategies, c.Discipline = []string{"pull"}, "priority"
	c.Mix.Priorities, c.Mix.ByPriority = []float64{0.3, 0.7}, true
	r := mustRun(t, c)[0]
	require.Len(t, r.Classes, 2)
	high, low := r.Classes[0], r.Classes[1]
	assert.Less(t, *high.LatencySeconds.Mean, *low.LatencySeconds.Mean/2)
	// A share p of n requests has a standard deviation of √(p(1−p)/n), here 0.7 %, of which four are allowed.
	assert.InDelta(t, 0.3, float64(high.Requests)/float64(r.MeasuredRequests), 0.028)
}

func TestSplit(t *testing.T) {
	for _, row := range []struct {
		says   string
		n      int
		shares []float64
		want   []int
	}{
		{"one class is all", 3, nil, []int{0, 0, 0}},
		{"halves take turns", 5, []float64{0.5, 0.5}, []int{0, 1, 0, 1, 0}},
		{"shares are spread evenly", 10, []float64{0.2, 0.3, 0.5}, []int{2, 1, 0, 2, 1, 2, 2, 0, 1, 2}},
		{"nobody is left without", 4, []float64{0.98, 0.01, 0.01}, []int{0, 0, 1, 2}},
		{"but for who has no share", 4, []float64{0.5, 0, 0, 0.5}, []int{0, 3, 0, 3}},
		{"unless there are too few: the largest come first", 2, []float64{0.1, 0.5, 0.4}, []int{1, 2}},
	} {
		assert.Equal(t, row.want, Split(row.n, row.shares), row.says)
	}
}
