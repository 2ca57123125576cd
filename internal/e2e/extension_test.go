package e2e

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const patient = `package strategy

import (
	"math/rand/v2"

	"waza/internal/option"
	"waza/requester"
)

// patient gives a worker so many requests in a row before the next worker has its turn.
type patient struct {
	roundRobin
	row, left int
	last      *Worker
}

var row = option.New("row", option.Whole(1, 1000), "3", "patient: requests in a row for one worker")

func newPatient(p Parameters, _ *rand.Rand) Strategy { return &patient{row: row.In(p.Set)} }

func (s *patient) Pick(r *requester.Request, eligible func(*Worker) bool) *Worker {
	if s.left--; s.left < 0 || !eligible(s.last) {
		s.last, s.left = s.roundRobin.Pick(r, eligible), s.row-1
	}
	return s.last
}
`

const every = `package worker

import (
	"time"

	"waza/internal/option"
	"waza/requester"
)

// every fails one of so many requests, whenever it is tried.
type every struct {
	harmless
	nth int
}

var nth = option.New("nth", option.Whole(1, 1000), "10", "one of so many")

func newEvery(set option.Values) effect { return every{nth: nth.In(set)} }

func (e every) ends(t *Trouble, began time.Duration, r *requester.Request) requester.Verdict {
	if t.holds(began) && int(r.ID)%e.nth == 0 {
		return requester.Failed
	}
	return requester.Succeeded
}
`

// TestAParameterAndAFaultAreAFileAndALineEach adds a strategy with a parameter and a kind of fault to a copy of the program, and
// sees them in its lists, in the config of its report, and in what happens.
func TestAParameterAndAFaultAreAFileAndALineEach(t *testing.T) {
	root := t.TempDir()
	copyModule(t, root)
	extend(t, root, "strategy/patient.go", patient, "strategy/kinds.go", "func loadAware() []Kind {\n\treturn []Kind{\n",
		"\t\t{Name: \"patient\", Takes: option.List{row}, make: newPatient, Does: \"the next worker in turn, for a row of requests\"},\n")
	extend(t, root, "worker/every.go", every, "worker/faults.go", "\treturn []FaultKind{\n",
		"\t\t{Name: \"every\", Example: \"every:nth=10\", Keys: option.List{nth}, make: newEvery, Does: \"one of so many requests fails\"},\n")
	run := compiled(t, root)
	assert.Contains(t, run("-help"), "\n  --row=3                            patient: requests in a row for one worker\n")
	assert.Contains(t, run("-faults"), "every: one of so many requests fails\n  nth     one of so many (a whole number from 1 to 1,000)\n")
	seen := map[string]bool{}
	for _, flags := range []string{"-row=3", "-row=9", "-fault=every", "-fault=every:nth=3"} {
		text := run("-strategy=patient", "-requests=500", "-plots=", "-format=json", flags)
		_, runs, _ := strings.Cut(text, `"runs"`)
		assert.False(t, seen[runs], "%s changes something", flags)
		seen[runs] = true
		if flags == "-fault=every" {
			assert.Contains(t, text, `"fault": "every:worker=all,nth=10"`)
			assert.Contains(t, text, `"row": 3`)
		}
	}
}

// extend adds a file, and a line to a table.
func extend(t *testing.T, root, path, file, table, head, line string) {
	require.NoError(t, os.WriteFile(filepath.Join(root, path), []byte(file), 0o666))
	text, err := os.ReadFile(filepath.Join(root, table))
	require.NoError(t, err)
	require.Equal(t, 1, strings.Count(string(text), head))
	require.NoError(t, os.WriteFile(filepath.Join(root, table), []byte(strings.Replace(string(text), head, head+line, 1)), 0o666))
}

// compiled builds the copy, and returns what runs it.
func compiled(t *testing.T, root string) (run func(args ...string) string) {
	build := exec.Command("go", "build", "-o", "extended", ".")
	build.Dir = root
	out, err := build.CombinedOutput()
	require.NoError(t, err, "%s", out)
	return func(args ...string) string {
		text, err := exec.Command(filepath.Join(root, "extended"), args...).Output()
		require.NoError(t, err, "%v", args)
		return string(text)
	}
}
