package e2e

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestCSVSaysWhatTheJSONSays compares every plain figure of every run, by the name flattened with dots.
func TestCSVSaysWhatTheJSONSays(t *testing.T) {
	skipIfShort(t, "plays for seconds")
	t.Parallel()
	for _, args := range jsonRuns {
		t.Run(args, func(t *testing.T) {
			rows, err := csv.NewReader(strings.NewReader(succeeded(t, "-format=csv -plots= "+args).stdout)).ReadAll()
			require.NoError(t, err)
			reader := json.NewDecoder(strings.NewReader(succeeded(t, "-format=json -plots= "+args).stdout))
			reader.UseNumber() // the digits, not what they mean
			var document struct {
				Seed     json.Number
				Scenario string
				Runs     []map[string]any
			}
			require.NoError(t, reader.Decode(&document))
			require.Len(t, rows, 1+len(document.Runs), "a header and one row per run")
			for i, run := range document.Runs {
				cells := map[string]string{}
				for column, name := range rows[0] {
					cells[name] = rows[i+1][column]
				}
				require.Len(t, cells, len(rows[0]), "no name stands twice")
				figures := map[string]string{"seed": document.Seed.String(), "scenario": document.Scenario}
				flatten(figures, "", run)
				for name, figure := range figures {
					cell, there := cells[name]
					assert.True(t, there || figure == "", "%s is missing", name)
					assert.Equal(t, figure, cell, name)
				}
				assert.Greater(t, len(figures), 60, "all figures of a run, not a few")
			}
		})
	}
}

// flatten gathers the plain figures below an object; null is an empty cell.
func flatten(figures map[string]string, prefix string, object map[string]any) {
	for key, value := range object {
		switch value := value.(type) {
		case map[string]any:
			flatten(figures, prefix+key+".", value)
		case []any: // workers and series are not in the CSV
		case nil:
			figures[prefix+key] = ""
		default:
			figures[prefix+key] = fmt.Sprint(value)
		}
	}
}

// TestTheRequestsLogHasEveryRequest reads the log of a run in which everything happens that can.
func TestTheRequestsLogHasEveryRequest(t *testing.T) {
	t.Parallel()
	e := succeeded(t, "-strategy=random,pull -requests=3000 -load=1.2 -queue=2 -backlog=3 -when-full=reject -timeout=30ms "+
		"-retries=1 -fault=flaky:p=0.1 -format=json -plots= -requests-log=log.csv")
	rows, err := csv.NewReader(strings.NewReader(e.file(t, "log.csv"))).ReadAll()
	require.NoError(t, err)
	require.Equal(t, []string{
		"strategy", "id", "requester", "intended_start_seconds", "attempts", "worker",
		"dispatch_seconds", "service_start_seconds", "finish_seconds", "verdict", "reason",
	}, rows[0])
	rows = rows[1:]
	for i, run := range e.document(t).Runs {
		require.GreaterOrEqual(t, len(rows), 3000)
		mine := rows[:3000]
		rows = rows[3000:]
		got := map[string]int{}
		attempts := 0
		for _, row := range mine {
			require.Equal(t, []string{"random", "pull"}[i], row[0])
			got[row[9]]++
			require.Equal(t, map[bool]string{true: "no room"}[row[9] == "rejected"], row[10])
			got["issued"]++
			attempts += int(number(t, row[4]))
			requireInOrder(t, row)
		}
		for verdict, n := range run.Requests {
			assert.Equal(t, n, got[verdict], "log and JSON count %s", verdict)
		}
		assert.Equal(t, run.Attempts["sent"], attempts)
		for _, verdict := range []string{"succeeded", "failed", "timed_out", "rejected"} {
			assert.NotZero(t, got[verdict], "this run was to have requests %s", verdict)
		}
		assert.True(t, slices.IsSortedFunc(mine, func(a, b []string) int {
			return strings.Compare(fmt.Sprintf("%030s", a[3]), fmt.Sprintf("%030s", b[3]))
		}), "sorted by intended start")
	}
	require.Empty(t, rows, "nothing else is in the log")
}

// requireInOrder holds that what happened to a request happened in order, and that cells are empty only from some
// column on: who was not dispatched was not served.
func requireInOrder(t *testing.T, row []string) {
	t.Helper()
	last := number(t, row[3])
	for _, cell := range row[6:8] {
		if cell == "" {
			last = 1e18
			continue
		}
		require.GreaterOrEqual(t, number(t, cell), last, "%v", row)
		last = number(t, cell)
	}
	if row[9] == "succeeded" {
		require.GreaterOrEqual(t, number(t, row[8]), last, "%v", row)
	}
}

func number(t *testing.T, cell string) float64 {
	t.Helper()
	x, err := strconv.ParseFloat(cell, 64)
	require.NoError(t, err)
	return x
}
