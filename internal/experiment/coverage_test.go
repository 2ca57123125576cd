package experiment_test

import (
	"context"
	"flag"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/internal/command"
	"waza/internal/experiment"
	"waza/internal/statistics"
	"waza/internal/theory"
)

var long = flag.Bool("long", false, "play the 400 experiments of which the README tells")

// experiments are played with ten replications each. The seeds of one are those of no other.
const experiments, few = 400, 4

// experimented plays one experiment after the other, of ten replications of 20,000 requests, and says what each has found.
func experimented(t *testing.T, args string, say func(experiment.Findings)) (n int) {
	n = few
	requests := 2000
	if *long {
		n, requests = experiments, 20_000
	}
	c, err := command.Parse(strings.Fields(fmt.Sprintf("--replications=10 --plots= --requests=%d %s", requests, args)))
	require.NoError(t, err)
	player := experiment.Local{Configure: c.With}
	for i := range n {
		c.Plan.Seed = statistics.Seed(0, uint64(i)+1)
		found, err := experiment.Run(context.Background(), c.Plan, experiment.Crew{Players: []experiment.Player{player, player}})
		require.NoError(t, err)
		say(found)
	}
	return n
}

// TestCoverage counts how many 95 % intervals of the mean latency of M/M/1 at a load of 0.7 cover the truth: of 400, 380 with a standard error of 4.4.
func TestCoverage(t *testing.T) {
	if testing.Short() {
		t.Skip("ten replications of several experiments")
	}
	truth := theory.MM1Mean(0.7, 0.010)
	covered := 0
	n := experimented(t, "--workers=1 --load=0.7 --strategy=random", func(f experiment.Findings) {
		if ci := f.Runs[0].LatencyCI95.Mean; ci[0] <= truth && truth <= ci[1] {
			covered++
		}
	})
	t.Logf("%d of %d intervals cover %.6f s", covered, n, truth)
	if *long {
		assert.GreaterOrEqual(t, covered, 363)
		assert.LessOrEqual(t, covered, 397)
		return
	}
	assert.NotZero(t, covered)
}

// TestATrueBestIsSeldomExcluded lets two strategies be equal and best: with hardly a key that comes twice both mod-hash and rendezvous split the
// requests at random, each in its way, and ring-hash with few points splits them unevenly.
func TestATrueBestIsSeldomExcluded(t *testing.T) {
	if testing.Short() {
		t.Skip("ten replications of several experiments")
	}
	excluded := 0
	n := experimented(t, "--workers=4 --load=0.7 --keys=uniform:10000000 --ring-points=4 --strategy=mod-hash,rendezvous,ring-hash", func(f experiment.Findings) {
		best := f.Conclusions[0].Best[0]
		require.Equal(t, "mean", best.Figure)
		assert.NotContains(t, best.Strategies, "ring-hash")
		if len(best.Strategies) < 2 {
			excluded++
		}
	})
	t.Logf("a true best was excluded in %d of %d experiments", excluded, n)
	if *long {
		assert.LessOrEqual(t, excluded, 37)
		return
	}
	assert.Less(t, excluded, n)
}
