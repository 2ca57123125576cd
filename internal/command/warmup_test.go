package command

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/internal/experiment"
	"waza/report/document"
)

// warmup is what a configuration says of it.
type warmup struct {
	share float64
	time  time.Duration
	found bool
}

func warmupOf(c Command) warmup {
	return warmup{c.Simulation.Warmup, c.Simulation.WarmupTime, c.Simulation.FindWarmup}
}

// The report tells the flag as it was given: a share as a number.
func TestAWarmupIsToldAsItWasGiven(t *testing.T) {
	for text, told := range map[string]any{"10%": 0.1, "0s": 0.0, "5s": "5s", "90m": "1h30m", "mser": "mser"} {
		c, err := Parse([]string{"--warmup=" + text, "--requests=10000000"})
		require.NoError(t, err)
		assert.Contains(t, c.Settings, document.Setting{Name: "warmup", Value: told, Text: c.flags.flag("warmup").String()})
	}
}

// What was found is a setting like any other, and takes the place of the word.
func TestAWarmupThatWasFoundIsASetting(t *testing.T) {
	c, err := Parse([]string{"--warmup=mser"})
	require.NoError(t, err)
	for text, wanted := range map[string]warmup{"1.234567891s": {time: 1234567891}, "0s": {}} {
		found, err := c.With([]experiment.Setting{{Flag: "warmup", Text: text}})
		require.NoError(t, err)
		assert.Equal(t, wanted, warmupOf(Command{Simulation: found}))
	}
}

// A fault that a warm-up of a length covers is named as it is with a share.
func TestAWarmupOfALengthIsRemarked(t *testing.T) {
	c, err := Parse([]string{"--warmup=5s", "--fault=crash:at=1s,for=1s"})
	require.NoError(t, err)
	assert.Contains(t, c.Notes, "--fault=crash:at=1s,for=1s is over in the warm-up, of which nothing is measured: it takes 5 s")
}
