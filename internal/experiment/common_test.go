package experiment_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/internal/command"
	"waza/internal/experiment"
	"waza/internal/simulation"
	"waza/internal/statistics"
	"waza/report/document"
)

// A met request is what does not depend on the strategy: when it began, how long its service took, and whether a fault let it fail.
type met struct {
	start, verdict string
	service        float64
}

// TestEveryStrategyMeetsTheSame: arrivals, work and faults are those of the seed, under every strategy.
func TestEveryStrategyMeetsTheSame(t *testing.T) {
	args := "--requests-log=- --format=none --strategy=all --workers=5 --requests=400 --load=0.6 --keys=uniform:50 --zones=0.5,0.5 --priorities=0.3,0.7 --fault=flaky:p=0.2"
	c, err := command.Parse(strings.Fields(args))
	require.NoError(t, err)
	runs, err := simulation.Run(context.Background(), c.Simulation, 2, simulation.Spectators{})
	require.NoError(t, err)
	require.Greater(t, len(runs), 25)
	var log bytes.Buffer
	require.NoError(t, document.Document{Runs: runs}.WriteLog(&log))
	rows, err := csv.NewReader(&log).ReadAll()
	require.NoError(t, err)
	seen := map[string]map[string]met{}
	for _, row := range rows[1:] {
		began, err := strconv.ParseFloat(row[7], 64)
		require.NoError(t, err)
		finished, err := strconv.ParseFloat(row[8], 64)
		require.NoError(t, err)
		if seen[row[0]] == nil {
			seen[row[0]] = map[string]met{}
		}
		seen[row[0]][row[1]] = met{row[3], row[9], finished - began}
	}
	first := seen["random"]
	require.Len(t, first, 400)
	for strategy, requests := range seen {
		for id, is := range requests {
			was := first[id]
			assert.Equal(t, [2]string{was.start, was.verdict}, [2]string{is.start, is.verdict}, "%s, request %s", strategy, id)
			// A service ends at an instant of its worker's own, which is at most some microseconds beside.
			assert.Less(t, math.Abs(is.service-was.service), 5e-6, "%s, request %s", strategy, id)
		}
		assert.Len(t, requests, 400, strategy)
	}
}

// TestPairsSayMore: what two strategies have in common in each replication falls out of their difference, so that its interval is narrower
// than that of two samples that have nothing in common.
func TestPairsSayMore(t *testing.T) {
	c, err := command.Parse(strings.Fields("--replications=10 --plots= --requests=4000 --workers=4 --strategy=pull,least-loaded"))
	require.NoError(t, err)
	player := experiment.Local{Configure: c.With}
	found, err := experiment.Run(context.Background(), c.Plan, experiment.Crew{Players: []experiment.Player{player}})
	require.NoError(t, err)
	var means [2][]float64
	for i, r := range found.Each {
		means[i/10] = append(means[i/10], *r.LatencySeconds.Mean)
	}
	one, _ := statistics.MeanInterval(means[0])
	other, _ := statistics.MeanInterval(means[1])
	paired, ok := statistics.Difference(means[1], means[0])
	require.True(t, ok)
	// Of independent samples the variances of the means add up.
	unpaired := math.Hypot(one.HalfWidth(), other.HalfWidth())
	assert.Less(t, paired.HalfWidth(), unpaired/2)
	assert.InDelta(t, paired.Low, found.Runs[1].Difference.Mean.CI95[0], 1e-12)
}
