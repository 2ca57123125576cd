package e2e

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// absolute is a path that holds wherever the program runs.
func absolute(path string) string {
	path, err := filepath.Abs(path)
	if err != nil {
		panic(err)
	}
	return path
}

// TestTracesArePlayedToTheEnd for every strategy: each row is one request.
func TestTracesArePlayedToTheEnd(t *testing.T) {
	skipIfShort(t, "plays for seconds")
	t.Parallel()
	for _, row := range []struct {
		says, file, args string
		rows             int
	}{
		{"the trace that comes with the program", ours, "", 500},
		{"an hour of Azure's LLM inference (Patel et al., 2023), 20 ms a token",
			absolute("../../../shared/data/azure_llm_inference_2023_conv.csv"),
			"-workers=30 -trace-arrival=TIMESTAMP -trace-work=GeneratedTokens -trace-work-unit=20ms", 19366},
	} {
		t.Run(row.says, func(t *testing.T) {
			if _, err := os.Stat(row.file); err != nil {
				t.Skipf("it is not here: %v", err)
			}
			runs := succeeded(t, "-strategy=all -format=json -plots= -trace="+row.file+" "+row.args).document(t).Runs
			require.Greater(t, len(runs), 5)
			for _, run := range runs {
				assert.Equal(t, row.rows, run.Requests["issued"], run.Strategy)
				assert.Equal(t, row.rows, run.Requests["succeeded"], run.Strategy)
			}
		})
	}
}
