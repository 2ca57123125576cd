package e2e

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestAWarmupThatIsFound is the same on any number of cores, and the runs are those that have it as a length.
func TestAWarmupThatIsFound(t *testing.T) {
	skipIfShort(t, "plays for seconds")
	t.Parallel()
	const args = "-strategy=random,pull -workers=1 -requests=3000 -load=0.9 -replications=2 -fault=stall:for=1s -warmup="
	on := func(cores string) string {
		cmd := prepare(t, strings.Fields("-format=json -plots= "+args+"mser")...)
		cmd.Env = append(os.Environ(), "GOMAXPROCS="+cores)
		e := finish(t, cmd)
		require.Zero(t, e.status, e.stderr)
		return e.stdout
	}
	one := on("1")
	assert.True(t, one == on("2"), "to see the difference run with GOMAXPROCS=1 and 2: waza %smser", args)
	var found struct {
		Config struct{ Warmup any }
		Runs   []struct {
			Seconds float64 `json:"warmup_seconds"`
		}
	}
	require.NoError(t, json.Unmarshal([]byte(one), &found))
	assert.Equal(t, "mser", found.Config.Warmup)
	require.Len(t, found.Runs, 2)
	cut := found.Runs[0].Seconds
	assert.Greater(t, cut, 1.0, "the worker stalls for a second, and then has a backlog")
	assert.Equal(t, cut, found.Runs[1].Seconds, "all strategies are measured over the same time")
	assert.True(t, figures(t, args+"mser") == figures(t, fmt.Sprint(args, cut, "s")), "given as %v s it is the same", cut)
}

func TestAWarmupThatIsFoundIsTold(t *testing.T) {
	t.Parallel()
	const stalled = "-workers=1 -load=0.9 -fault=stall:for=2s -plots= -warmup=mser -requests="
	told := func(args string) string { return strings.Join(strings.Fields(succeeded(t, args).stdout), " ") }
	assert.Contains(t, told(stalled+"1000"), "as MSER-5 finds it with the first seed; that is as long as it may be, so the run may be too short for the transient")
	assert.Contains(t, told("-arrivals=constant -work=10ms -load=0.5 -requests=1000 -plots= -warmup=mser"), "warm-up: none, for MSER-5 finds no transient with the first seed")
	assert.Contains(t, told("-arrivals=closed -requests=1000 -plots= -warmup=1000s"), "the measured window never opened")
}
