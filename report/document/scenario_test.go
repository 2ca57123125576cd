package document

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestAScenarioSaysWhatItPlaysAndWhatToLookFor(t *testing.T) {
	name := "two"
	d := Document{Command: "waza --scenario=two", Clock: "simulated", Seed: 1, Scenario: &name, Width: 40, Played: Played{
		Says: "Two of everything, so that there is one more.", LookFor: "what is there twice is seldom missed when it is gone.",
		Command: []string{"waza", "--workers=2", "--requesters=2", "--requests=2", "--fault=slow:worker=1,factor=5"},
	}}
	var text bytes.Buffer
	require.NoError(t, d.WriteText(&text))
	assert.Equal(t, `scenario two: Two of everything, so that
  there is one more.

waza --workers=2 --requesters=2 \
  --requests=2 \
  --fault=slow:worker=1,factor=5

waza --scenario=two
seed 1 · simulated clock · scenario two

What to look for: what is there twice is
  seldom missed when it is gone.
`, text.String())
	for line := range strings.Lines(text.String()) {
		assert.LessOrEqual(t, utf8.RuneCountInString(line), 41, line)
	}
}

// What was played is another scenario than that of which the text speaks.
func TestWhatToLookForIsOfTheScenarioAsItStands(t *testing.T) {
	name := "two"
	d := Document{Command: "waza --scenario=two --fault=none", Clock: "simulated", Seed: 1, Scenario: &name, Width: 60, Played: Played{
		Says: "Two of everything.", LookFor: "what is there twice.", Changed: []string{"--workers=3", "--fault=none"},
	}}
	var text bytes.Buffer
	require.NoError(t, d.WriteText(&text))
	assert.Contains(t, text.String(), `
What to look for in the scenario as it stands, without
  --workers=3 and --fault=none: what is there twice.
`)
}
