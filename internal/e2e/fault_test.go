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

// TestAKindOfFaultIsAFileAndALine adds one to a copy of the program, and sees it in the list, in the report and in what happens.
func TestAKindOfFaultIsAFileAndALine(t *testing.T) {
	root := t.TempDir()
	copyModule(t, root)
	const head = "\treturn []FaultKind{\n"
	const line = "\t\t{Name: \"every\", Example: \"every:nth=10\", Keys: option.List{nth}, make: newEvery, Does: \"one of so many requests fails\"},\n"
	table := filepath.Join(root, "worker", "faults.go")
	text, err := os.ReadFile(table)
	require.NoError(t, err)
	require.Equal(t, 1, strings.Count(string(text), head))
	require.NoError(t, os.WriteFile(table, []byte(strings.Replace(string(text), head, head+line, 1)), 0o666))
	require.NoError(t, os.WriteFile(filepath.Join(root, "worker", "every.go"), []byte(every), 0o666))

	build := exec.Command("go", "build", "-o", "extended", ".")
	build.Dir = root
	out, err := build.CombinedOutput()
	require.NoError(t, err, "%s", out)
	run := func(args ...string) string {
		text, err := exec.Command(filepath.Join(root, "extended"), args...).Output()
		require.NoError(t, err, "%v", args)
		return string(text)
	}
	assert.Contains(t, run("-faults"), "every: one of so many requests fails\n  nth     one of so many (a whole number from 1 to 1,000)\n")
	failing := run("-requests=500", "-plots=", "-format=json", "-fault=every")
	assert.Contains(t, failing, `"fault": "every:worker=all,nth=10"`)
	assert.Contains(t, failing, `"failed": 50,`)
	assert.Contains(t, run("-requests=500", "-plots=", "-format=json", "-fault=every:nth=5"), `"failed": 100,`)
}
