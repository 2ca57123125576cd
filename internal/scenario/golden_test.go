package scenario_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/internal/command"
	"waza/internal/experiment"
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
			require.NoError(t, publish.Document(c, experiment.Findings{Runs: results}, false).WriteText(&text))
			golden.Check(t, s.Name+".txt", text.String())
		})
	}
}

// --strategy=all plays every scenario with each strategy that makes sense in it.
func TestEveryStrategyPlaysEachScenario(t *testing.T) {
	if testing.Short() {
		t.Skip("nearly thirty strategies in each scenario")
	}
	for _, s := range scenario.All() {
		t.Run(s.Name, func(t *testing.T) {
			args, least := []string{"--strategy=all", "--scenario=" + s.Name, "--requests=50"}, 1
			if !strings.Contains(s.Flags, "--queues=") { // from which workers pull, under no other strategy
				args, least = append(args, "--table-size=1009", "--ring-points=10"), 21
			}
			c, results := played(t, args...)
			assert.GreaterOrEqual(t, len(results), least)
			var text bytes.Buffer
			require.NoError(t, publish.Document(c, experiment.Findings{Runs: results}, false).WriteJSON(&text))
			assert.Contains(t, text.String(), fmt.Sprintf("\"scenario\": %q", s.Name))
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
