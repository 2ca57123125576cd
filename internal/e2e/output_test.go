package e2e

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"image/png"
	"os"
	"slices"
	"sort"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/internal/golden"
)

// TestTheUsualRun is the program as the README shows it first.
func TestTheUsualRun(t *testing.T) {
	t.Parallel()
	e := succeeded(t, "-strategy=least-loaded -workers=10")
	assert.Contains(t, e.stdout, "waza -strategy=least-loaded -workers=10\n", "the result tells the command that made it")
	assert.Contains(t, e.stdout, "100000 requests issued, all succeeded\n")
	lines := strings.Split(strings.TrimSpace(e.stdout), "\n")
	assert.Regexp(t, `^least-loaded had a p99 latency of .*\.$`, lines[len(lines)-1], "the table ends with one sentence")

	plots := []string{"plots", "plots/latency_by_percentile.png", "plots/latency_cdf.png", "plots/workers.png"}
	require.Equal(t, plots, e.files(t))
	for _, plot := range plots[1:] {
		_, err := png.DecodeConfig(strings.NewReader(e.file(t, plot)))
		assert.NoError(t, err, plot)
		assert.Contains(t, e.stderr, "plot: "+plot+"\n", "stderr tells where the plots went")
		assert.NotContains(t, e.stdout, plot)
	}
}

// Where one time of a run is unlike another a plot over time is drawn, and it is one of those that nothing else may be written to.
func TestWhatHappensIsDrawnOverTime(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		args  string
		drawn bool
	}{
		{"-requests=500", false},
		{"-requests=500 -fault=slow:factor=3,at=100ms,for=100ms", true},
		{"-requests=500 -arrivals=ramp", true},
	} {
		e := succeeded(t, tt.args)
		assert.Equal(t, tt.drawn, slices.Contains(e.files(t), "plots/over_time.png"), tt.args)
		assert.Equal(t, tt.drawn, strings.Contains(e.stderr, "plot: plots/over_time.png\n"), tt.args)
	}
	assert.Contains(t, waza(t, "-requests=500 -arrivals=ramp -plots=. -requests-log=over_time.png").stderr, "want another file than the plot")
}

func TestOneDashIsAsGoodAsTwo(t *testing.T) {
	t.Parallel()
	const shape = "strategy=pull %sworkers=3 %srequests=500 %sformat=csv %splots="
	one := succeeded(t, "-"+strings.ReplaceAll(shape, "%s", "-"))
	two := succeeded(t, "--"+strings.ReplaceAll(shape, "%s", "--"))
	next := succeeded(t, strings.Replace("-"+strings.ReplaceAll(shape, "%s", "-"), "workers=3", "workers 3", 1))
	assert.Equal(t, one.stdout, two.stdout)
	assert.Equal(t, one.stdout, next.stdout, "a value may be the next argument")
}

func TestQuietLeavesErrorsOnly(t *testing.T) {
	t.Parallel()
	const args = "-requests=1000 -requests-log=log.csv"
	loud, quiet := succeeded(t, args), succeeded(t, args+" -quiet")
	assert.NotEmpty(t, loud.stderr)
	assert.Empty(t, quiet.stderr)
	assert.Equal(t, loud.files(t), quiet.files(t), "what is written does not depend on who listens")
	assert.Contains(t, waza(t, "-quiet -load=9").stderr, "waza: --load=9: ")
}

// jsonRuns are runs whose JSON together shows every field there is.
var jsonRuns = []string{
	"-strategy=all -requests=2000",
	"-requests=2 -trace=" + ours, // too few for any percentile
	"-requests=2000 -timeout=1us",
	"-requests=2000 -arrivals=closed",
}

// ours is the trace in testdata, from wherever the program runs.
var ours = absolute("../../testdata/trace.csv")

// TestFieldsOfTheJSONAreOnlyEverAdded compares the paths of all keys with a golden list. A program that reads the
// JSON breaks when one goes, so -update only adds to the list; a field is taken out of it by hand.
func TestFieldsOfTheJSONAreOnlyEverAdded(t *testing.T) {
	t.Parallel()
	paths := map[string]bool{}
	for _, args := range []string{jsonRuns[0], jsonRuns[3], "-requests=100 -priorities=0.5,0.5",
		"-requests=2000 -strategy=mod-hash -keys=uniform:100 -fault=crash:worker=0,at=1s,for=100ms -claim=100ms"} {
		var document any
		decode(t, succeeded(t, "-format=json -plots= "+args).stdout, &document)
		collect(paths, "", document)
	}
	if golden.Updating() {
		if old, err := os.ReadFile("testdata/json_fields.txt"); err == nil {
			for _, path := range strings.Fields(string(old)) {
				paths[path] = true
			}
		}
	}
	var list []string
	for path := range paths {
		list = append(list, path)
	}
	sort.Strings(list)
	golden.Check(t, "json_fields.txt", strings.Join(list, "\n")+"\n")
}

// collect gathers the paths of all keys below a value.
func collect(paths map[string]bool, path string, value any) {
	switch value := value.(type) {
	case map[string]any:
		for key, child := range value {
			collect(paths, strings.TrimPrefix(path+"."+key, "."), child)
		}
	case []any:
		for _, child := range value {
			collect(paths, path+"[]", child)
		}
		if len(value) == 0 {
			paths[path+"[]"] = true
		}
	default:
		paths[path] = true
	}
}

// TestAFigureThatDoesNotExistIsNull names, for runs that lack them, figures that must be null and not 0.
func TestAFigureThatDoesNotExistIsNull(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		says, args string
		null       []string
	}{
		{"what was not asked for", "-requests=2000", []string{
			"scenario", "config.rate", "config.duration", "config.think", "config.trace", "config.choices", "config.backlog",
			"config.timeout", "config.fault", "runs[].latency_ci95_seconds", "runs[].difference",
		}},
		{"a percentile with fewer than 10 samples beyond it", "-requests=500", []string{
			"runs[].latency_seconds.p99", "runs[].latency_seconds.p999", "runs[].wait_seconds.p99", "runs[].slowdown.p99",
		}},
		{"the spread of one request", "-requests=1 -warmup=0", []string{"runs[].latency_seconds.sd", "runs[].latency_seconds.p50"}},
		{"the latency where nobody is answered in time", "-requests=2000 -work=10ms -timeout=1ms", []string{
			"runs[].latency_seconds.mean", "runs[].latency_seconds.max", "runs[].slowdown.p50",
		}},
	} {
		t.Run(row.says, func(t *testing.T) {
			var document any
			decode(t, succeeded(t, "-format=json -plots= "+row.args).stdout, &document)
			for _, path := range row.null {
				value, there := at(document, path)
				assert.True(t, there, "%s is missing", path)
				assert.Nil(t, value, path)
			}
		})
	}
}

// at follows a path; [] is the first element.
func at(value any, path string) (any, bool) {
	for _, key := range strings.Split(path, ".") {
		key, list := strings.CutSuffix(key, "[]")
		object, ok := value.(map[string]any)
		if !ok {
			return nil, false
		}
		if value, ok = object[key]; !ok {
			return nil, false
		}
		if list {
			value = value.([]any)[0]
		}
	}
	return value, true
}

// TestCSVSaysWhatTheJSONSays compares every plain figure of every run, by the name flattened with dots.
func TestCSVSaysWhatTheJSONSays(t *testing.T) {
	t.Parallel()
	for _, args := range jsonRuns {
		t.Run(args, func(t *testing.T) {
			rows, err := csv.NewReader(strings.NewReader(succeeded(t, "-format=csv -plots= "+args).stdout)).ReadAll()
			require.NoError(t, err)
			reader := json.NewDecoder(strings.NewReader(succeeded(t, "-format=json -plots= "+args).stdout))
			reader.UseNumber() // the digits, not what they mean
			var document struct {
				Seed json.Number
				Runs []map[string]any
			}
			require.NoError(t, reader.Decode(&document))
			require.Len(t, rows, 1+len(document.Runs), "a header and one row per run")
			for i, run := range document.Runs {
				cells := map[string]string{}
				for column, name := range rows[0] {
					cells[name] = rows[i+1][column]
				}
				require.Len(t, cells, len(rows[0]), "no name stands twice")
				figures := map[string]string{"seed": document.Seed.String()}
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
		"dispatch_seconds", "service_start_seconds", "finish_seconds", "verdict",
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

// TestTheSameFlagsGiveTheSameBytes on any number of cores: stdout, the requests log and the plots.
func TestTheSameFlagsGiveTheSameBytes(t *testing.T) {
	t.Parallel()
	strategies := "all"
	if testing.Short() {
		strategies = "least-loaded,pull,prequal"
	}
	args := "-strategy=" + strategies + " -requests=1500 -load=0.95 -timeout=60ms -retries=2 -jitter=0.3 " +
		"-fault=slow:factor=3,worker=30%,mtbf=500ms,mttr=200ms -format=json -requests-log=log.csv"
	everything := func(cores string) string {
		cmd := prepare(t, strings.Fields(args)...)
		cmd.Env = append(os.Environ(), "GOMAXPROCS="+cores) // empty is as good as unset
		e := finish(t, cmd)
		require.Zero(t, e.status, e.stderr)
		all := bytes.NewBufferString(e.stdout)
		for _, name := range e.files(t) {
			if strings.Contains(name, ".") {
				all.WriteString(e.file(t, name))
			}
		}
		return all.String()
	}
	want := everything("")
	for _, cores := range []string{"1", "2", ""} {
		// True, not Equal: a difference of a megabyte of bytes is nothing to print.
		assert.True(t, want == everything(cores), "GOMAXPROCS=%s: to see the difference run twice: waza %s", cores, args)
	}
}
