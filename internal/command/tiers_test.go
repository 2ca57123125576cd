package command

import (
	"context"
	"math"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/internal/simulation"
)

func TestTheHighestPriorityHasWorkersToSpare(t *testing.T) {
	rows := []struct {
		says  string
		args  string
		tiers string
	}{
		{"of ten workers three, which are busy for 1.6 of them", "", "3x0,7x1"},
		{"in large groups it takes fewer in proportion", "--workers=100", "25x0,75x1"},
		{"slots count, not workers", "--workers=25 --concurrency=4", "7x0,18x1"},
		{"with less to do they spare more", "--load=0.5", "4x0,6x1"},
		{"where the others could not bear it, all serve all", "--load=0.9", "10x0"},
		{"one worker is no group", "--workers=1", "1x0"},
		{"in overload the lowest waits", "--load=1.2", "4x0,5x1,1x2"},
		{"in closed loop the load is not known, and taken for the usual", "--arrivals=closed", "3x0,7x1"},
		{"small work needs little", "--priorities=0.5,0.5 --priority-work=1ms/exponential:20ms --load=0.7", "2x0,8x1"},
		{"one priority is one tier", "--priorities=1", "10x0"},
		{"who says otherwise has it so", "--tiers=2x0,3x1,5x2", "2x0,3x1,5x2"},
	}
	for _, row := range rows {
		t.Run(row.says, func(t *testing.T) {
			c, err := Parse(words("--strategy=priority " + row.args))
			require.NoError(t, err)
			assert.Equal(t, row.tiers, tierList(c.Simulation.Tiers).String())
			assert.Len(t, c.Simulation.Tiers, c.Simulation.Workers)
		})
	}
}

// By Erlang's tables: C(2, 1.6) = 0.711 and C(10, 8) = 0.409. M/M/1 waits ρ/(1 − ρ) services.
func TestTheMeanWaitIsErlangs(t *testing.T) {
	assert.InDelta(t, 4, meanWait(1, 0.8), 1e-12)
	assert.InDelta(t, 0.711/0.4, meanWait(2, 1.6), 0.002)
	assert.InDelta(t, 0.409/2, meanWait(10, 8), 0.001)
	assert.Zero(t, meanWait(3, 0))
	assert.Equal(t, math.Inf(1), meanWait(2, 2))
	assert.Equal(t, math.Inf(1), meanWait(0, 0))
}

// It was the slowest, with 30 ms against 18, and is now by far the fastest: 13 ms against 24, and in overload it does not notice.
// These are means of thousands of requests, and differ by more than any seed does.
func TestThePriorityStrategyIsForTheHighest(t *testing.T) {
	for _, load := range []float64{0.5, 0.8, 1.2} {
		args := []string{"--strategy=priority", "--requests=20000", "--load=" + strconv.FormatFloat(load, 'g', -1, 64)}
		c, err := Parse(args)
		require.NoError(t, err)
		results, err := simulation.Run(context.Background(), c.Simulation, 1, simulation.Spectators{})
		require.NoError(t, err)
		classes := results[0].Classes
		require.Len(t, classes, 3)
		for _, lower := range classes[1:] {
			assert.Less(t, 1.1**classes[0].LatencySeconds.Mean, *lower.LatencySeconds.Mean, "at a load of %g", load)
		}
	}
}
