package scenario_test

import (
	"bytes"
	"context"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/internal/command"
	"waza/internal/golden"
	"waza/internal/publish"
	"waza/internal/scenario"
	"waza/internal/simulation"
	"waza/report"
)

// played is a command and its results.
func played(t *testing.T, args ...string) (command.Command, []report.Result) {
	t.Helper()
	c, err := command.Parse(args)
	require.NoError(t, err)
	results, err := simulation.Run(context.Background(), c.Simulation, 2, simulation.Spectators{})
	require.NoError(t, err)
	for _, r := range results {
		require.Empty(t, r.Unaccounted)
	}
	return c, results
}

// The text of each scenario is a file.
func TestWhatEachScenarioPrints(t *testing.T) {
	for _, s := range scenario.All() {
		t.Run(s.Name, func(t *testing.T) {
			c, results := played(t, "--scenario="+s.Name)
			var text bytes.Buffer
			require.NoError(t, publish.Document(c, results, false).WriteText(&text))
			golden.Check(t, s.Name+".txt", text.String())
		})
	}
}

// A file that no scenario writes is of one that is gone.
func TestEachGoldenFileIsOfAScenario(t *testing.T) {
	files, err := os.ReadDir("testdata")
	require.NoError(t, err)
	for _, file := range files {
		name, _ := strings.CutSuffix(file.Name(), ".txt")
		_, found := scenario.Find(name)
		assert.True(t, found, "testdata/%s", file.Name())
	}
}
