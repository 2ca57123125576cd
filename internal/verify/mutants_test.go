package verify_test

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/internal/overlay"
	"waza/internal/verify"
	"waza/report"
)

// A mutant is the program with one line of its source changed. All of them are one program, which is built from a source that is changed in
// several places, beside the true one: what becomes of a line goes by a variable of its package, which the environment sets. Nothing in the
// true program knows of it.
type mutant struct {
	says, name        string
	file, is, becomes string
	variable          string   // what the line that it becomes goes by, where it is this mutant and where it is another
	model             string   // whose cases see it
	replications      int      // of each of these
	seen              []string // the figures that it makes fail, at least
}

// A mutant that is 3 % beside the truth is seen with half of what the table plays, one that is a hundred times beside it with a quarter.
const half, few = verify.Replications / 2, verify.Replications / 4

var mutants = []mutant{
	{
		"a strategy: power of two takes the worse of the workers that it draws", "strategy",
		"strategy/power_of_two.go", "w.Pending < best.Pending", "mutated*w.Pending < mutated*best.Pending", "-1, 1",
		"power of two choices", few, []string{"mean latency"},
	},
	{
		"a distribution: the mean of exponential work is 3 % above that which is given", "distribution",
		"requester/work.go", "distuv.Exponential{Rate: 1 / float64(mean)", "distuv.Exponential{Rate: 1 / (mutated * float64(mean))", "1.03, 1",
		"M/M/1", half, []string{"mean latency", "mean service", "utilisation", "share that waited"},
	},
	{
		"a heap: its first is the greatest, so that least-loaded takes the most loaded", "heap",
		"heap/heap.go", "bool { return t.less(t.entries[i].key, t.entries[j].key) }",
		"bool { if mutated { i, j = j, i }; return t.less(t.entries[i].key, t.entries[j].key) }", "true, false",
		"shortest of 2 queues", few, []string{"mean latency"},
	},
	{
		"a clock: that of the workers is slow, and what they take for a second is 1.03", "clock",
		"worker/sleep.go", "due := now + d + s.owed", "due := now + d*mutated/100 + s.owed", "time.Duration(103), time.Duration(100)",
		"M/M/1", half, []string{"mean latency", "mean service", "utilisation"},
	},
}

// TestMutantsDoNotAgree plays the cases that should see each mutant with a part of what the table plays, and the same limit: that of all
// cases. The same program agrees that is told to be none of them.
func TestMutantsDoNotAgree(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the program")
	}
	program := builtWithMutants(t)
	for _, m := range append(mutants, mutant{says: "none"}) {
		t.Run(m.says, func(t *testing.T) {
			failed := map[string]bool{}
			for _, v := range m.verdicts(t, program) {
				t.Logf("%s, %s: theory %.5g, measured %.5g, %+.2f standard errors", v.Model, v.Figure.Name, v.Theory, v.Mean, v.Deviation)
				failed[v.Figure.Name] = failed[v.Figure.Name] || !v.Passed
			}
			if m.name == "" {
				assert.NotContains(t, fmt.Sprint(failed), "true")
			}
			for _, figure := range m.seen {
				assert.True(t, failed[figure], "%s agrees with theory", figure)
			}
		})
	}
}

// builtWithMutants builds the program that can be each mutant.
func builtWithMutants(t *testing.T) (program string) {
	t.Helper()
	o := overlay.Overlay{}
	for _, m := range mutants {
		o.Replace(t, m.file, m.is, m.becomes)
		o.Add(t, filepath.ToSlash(filepath.Join(filepath.Dir(m.file), "mutated.go")), m.declaration())
	}
	return o.Build(t)
}

// declaration is the file that its package has besides.
func (m mutant) declaration() string {
	imports := `import "os"`
	if strings.Contains(m.variable, "time.") {
		imports += "\nimport \"time\""
	}
	return fmt.Sprintf(`package %s

%s

var mutated = either(%s)

func either[T any](mutant, none T) T {
	if os.Getenv("WAZA_MUTANT") == %q {
		return mutant
	}
	return none
}
`, filepath.Dir(m.file), imports, m.variable, m.name)
}

// verdicts plays the cases of the mutant's model, or of no mutant those of all mutants.
func (m mutant) verdicts(t *testing.T, program string) (all []verify.Verdict) {
	t.Helper()
	played := map[string]bool{}
	for _, one := range mutants {
		if !played[one.model] && (m.name == "" || m.model == one.model) {
			played[one.model] = true
			all = append(all, m.verdictsOf(t, program, one.model, one.replications)...)
		}
	}
	require.NotEmpty(t, all)
	return all
}

// verdictsOf plays the cases of one model. They are judged by the limit of the whole table.
func (m mutant) verdictsOf(t *testing.T, program, model string, replications int) (all []verify.Verdict) {
	t.Helper()
	table := verify.Cases()
	affected := slices.DeleteFunc(slices.Clone(table), func(c verify.Case) bool { return c.Model != model })
	told, err := verify.Run(m.running(program), affected, replications, verify.Requests)
	require.NoError(t, err)
	for _, v := range told.Verdicts {
		standardError := (v.High - v.Low) / 2 / verify.Student(0.975, replications)
		v.Passed = verify.Agrees(v.Mean-v.Theory, standardError, v.Theory, verify.Limit(len(table), replications))
		all = append(all, v)
	}
	return all
}

// running plays the built program as this mutant, with the seeds 1, 2 and so on, and reads what it prints.
func (m mutant) running(program string) verify.Play {
	return func(flags []string, replications int) (results []report.Result, err error) {
		for seed := 1; seed <= replications; seed++ {
			args := append([]string{fmt.Sprintf("--seed=%d", seed), "--format=json", "--plots=", "--quiet"}, flags...)
			run := exec.Command(program, args...)
			run.Env = append(os.Environ(), "WAZA_MUTANT="+m.name, "GOMAXPROCS=1") // on several cores it takes more processor time
			out, err := run.Output()
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
