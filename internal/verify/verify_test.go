package verify_test

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/internal/command"
	"waza/internal/simulation"
	"waza/internal/verify"
	"waza/report"
)

var (
	long = flag.Bool("long", false, "play the whole table, with three seeds")
	only = flag.Int("table-seed", 0, "in the long form, with this seed alone")
)

// playing plays with the seeds base+1, base+2 and so on, one after another.
func playing(base int) verify.Play {
	return func(flags []string, replications int) (results []report.Result, err error) {
		for k := range replications {
			c, err := command.Parse(append([]string{fmt.Sprintf("--seed=%d", base+k+1)}, flags...))
			if err != nil {
				return nil, err
			}
			runs, err := simulation.Run(context.Background(), c.Simulation, 1, simulation.Spectators{})
			if err != nil {
				return nil, err
			}
			results = append(results, runs...)
		}
		return results, nil
	}
}

// TestTheTableAgreesOnThreeSeeds plays what --verify plays.
func TestTheTableAgreesOnThreeSeeds(t *testing.T) {
	if !*long {
		t.Skip("54 million requests")
	}
	for seed := 1; seed <= 3; seed++ {
		if *only != 0 && seed != *only {
			continue
		}
		began := time.Now()
		told, err := verify.Run(playing(1000*seed), verify.Cases(), verify.Replications, verify.Requests)
		require.NoError(t, err)
		var text bytes.Buffer
		require.NoError(t, told.WriteText(&text))
		t.Logf("seed %d took %v\n%s", seed, time.Since(began).Round(time.Second), text.String())
		assert.True(t, told.Passed(), seed)
	}
}

// TestTheTableAgreesInSmall plays all of it once more with little, so that no case is without a test: ten replications of 2,000 requests
// each. A figure that they do not have, as a p99.9 would be, would be an error. So few requests have more bias than the allowance is for,
// which one of these ten seeds cannot see.
func TestTheTableAgreesInSmall(t *testing.T) {
	if testing.Short() {
		t.Skip("half a million requests")
	}
	told, err := verify.Run(playing(0), verify.Cases(), 10, 2000)
	require.NoError(t, err)
	for _, v := range told.Failed() {
		assert.Fail(t, "theory and measurement differ", "%s, %s: theory %.5g, measured %.5g, %+.2f standard errors", v.Model, v.Figure.Name, v.Theory, v.Mean, v.Deviation)
	}
}

// TestStoriesCanBePlayed reads the flags of each system, and the commands that the text shows, which play just those systems.
func TestStoriesCanBePlayed(t *testing.T) {
	played := 0
	for _, words := range verify.Commands(verify.Stories()) {
		c, err := command.Parse(words)
		require.NoError(t, err, words)
		for _, point := range c.Plan.Points {
			played += len(point.Strategies)
		}
	}
	assert.Equal(t, len(verify.Systems(verify.Stories().Cases)), played)
}

// TestStoriesAgree plays what --stories plays, on one seed.
func TestStoriesAgree(t *testing.T) {
	if !*long {
		t.Skip("eight million requests")
	}
	table := verify.Stories()
	told, err := verify.Run(playing(7000), table.Cases, table.Replications, table.Requests)
	require.NoError(t, err)
	var text bytes.Buffer
	require.NoError(t, told.WriteText(&text))
	t.Log(text.String())
	assert.True(t, told.Passed())
}
