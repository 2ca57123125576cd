package verify_test

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/internal/verify"
	"waza/report"
)

// A mutant is the program with one line of its source changed: it is built from that, beside the true one, and nothing in the program knows
// of it.
type mutant struct {
	says, file, is, becomes string
	model                   string   // whose cases see it
	seen                    []string // the figures that it makes fail, at least
}

var mutants = []mutant{
	{
		"a strategy: power of two takes the worse of the workers that it draws",
		"strategy/power_of_two.go", "w.Pending < best.Pending", "w.Pending > best.Pending",
		"power of two choices", []string{"mean latency"},
	},
	{
		"a distribution: the mean of exponential work is 3 % above that which is given",
		"requester/work.go", "distuv.Exponential{Rate: 1 / float64(mean)", "distuv.Exponential{Rate: 1 / (1.03 * float64(mean))",
		"M/M/1", []string{"mean latency", "mean service", "utilisation", "share that waited"},
	},
	{
		"a heap: its first is the greatest, so that least-loaded takes the most loaded",
		"heap/heap.go", "t.less(t.entries[i].key, t.entries[j].key)", "t.less(t.entries[j].key, t.entries[i].key)",
		"shortest of 2 queues", []string{"mean latency"},
	},
	{
		"a clock: that of the workers is slow, and what they take for a second is 1.03",
		"worker/sleep.go", "due := now + d + s.owed", "due := now + d*103/100 + s.owed",
		"M/M/1", []string{"mean latency", "mean service", "utilisation"},
	},
}

// TestMutantsDoNotAgree plays the cases that should see each mutant with half of what the table plays, and the same limit: that of all
// cases. The true program, built and played in the same way, agrees.
func TestMutantsDoNotAgree(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the program five times")
	}
	dir := t.TempDir()
	for _, m := range append(mutants, mutant{says: "none"}) {
		t.Run(m.says, func(t *testing.T) {
			program := filepath.Join(dir, "waza")
			m.build(t, program)
			failed := map[string]bool{}
			for _, v := range m.verdicts(t, program) {
				t.Logf("%s, %s: theory %.5g, measured %.5g, %+.2f standard errors", v.Model, v.Figure.Name, v.Theory, v.Mean, v.Deviation)
				failed[v.Figure.Name] = failed[v.Figure.Name] || !v.Passed
			}
			if m.file == "" {
				assert.NotContains(t, fmt.Sprint(failed), "true")
			}
			for _, figure := range m.seen {
				assert.True(t, failed[figure], "%s agrees with theory", figure)
			}
		})
	}
}

// build builds the program with the line changed, by an overlay: the source stays as it is.
func (m mutant) build(t *testing.T, program string) {
	t.Helper()
	root, err := filepath.Abs("../..")
	require.NoError(t, err)
	args := []string{"build", "-o", program}
	if m.file != "" {
		source, err := os.ReadFile(filepath.Join(root, m.file))
		require.NoError(t, err)
		require.Equal(t, 1, strings.Count(string(source), m.is), "%s has not this one line: %s", m.file, m.is)
		dir := t.TempDir()
		changed, overlay := filepath.Join(dir, "changed.go"), filepath.Join(dir, "overlay.json")
		require.NoError(t, os.WriteFile(changed, []byte(strings.Replace(string(source), m.is, m.becomes, 1)), 0o600))
		text, err := json.Marshal(map[string]any{"Replace": map[string]string{filepath.Join(root, m.file): changed}})
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(overlay, text, 0o600))
		args = append(args, "-overlay", overlay)
	}
	build := exec.Command("go", append(args, ".")...)
	build.Dir = root
	out, err := build.CombinedOutput()
	require.NoError(t, err, "%s", out)
}

// verdicts plays the cases of the mutant's model, or of no mutant those of all mutants. They are judged by the limit of the whole table.
func (m mutant) verdicts(t *testing.T, program string) (all []verify.Verdict) {
	t.Helper()
	table := verify.Cases()
	var affected []verify.Case
	for _, c := range table {
		for _, one := range mutants {
			if c.Model == one.model && (m.file == "" || m.model == one.model) {
				affected = append(affected, c)
				break
			}
		}
	}
	require.NotEmpty(t, affected)
	const replications = verify.Replications / 2
	told, err := verify.Run(running(program), affected, replications, verify.Requests)
	require.NoError(t, err)
	for _, v := range told.Verdicts {
		standardError := (v.High - v.Low) / 2 / verify.Student(0.975, replications)
		v.Passed = verify.Agrees(v.Mean-v.Theory, standardError, v.Theory, verify.Limit(len(table), replications))
		all = append(all, v)
	}
	return all
}

// running plays a built program with the seeds 1, 2 and so on, and reads what it prints.
func running(program string) verify.Play {
	return func(flags []string, replications int) (results []report.Result, err error) {
		for seed := 1; seed <= replications; seed++ {
			args := append([]string{fmt.Sprintf("--seed=%d", seed), "--format=json", "--plots=", "--quiet"}, flags...)
			out, err := exec.Command(program, args...).Output()
			if err != nil {
				return nil, err
			}
			var document struct{ Runs []report.Result }
			if err := json.Unmarshal(out, &document); err != nil {
				return nil, err
			}
			results = append(results, document.Runs...)
		}
		return results, nil
	}
}
