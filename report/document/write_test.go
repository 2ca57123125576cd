package document

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/internal/golden"
	"waza/internal/invented"
	"waza/report"
)

func document(t *testing.T, inventions map[string]invented.Run, order ...string) Document {
	d := Document{
		Version: "1.0", Command: "waza --strategy=" + strings.Join(order, ",") + " --workers=10", Seed: 1, Clock: "simulated",
	}
	d.Words = strings.Fields(d.Command)
	for _, s := range []struct {
		name  string
		value any
	}{
		{"strategy", strings.Join(order, ",")}, {"workers", 10}, {"requesters", 100}, {"requests", 20000}, {"load", 0.8},
		{"arrivals", "poisson"}, {"work", "exponential:10ms"}, {"jitter", 0}, {"queue", 1024}, {"backlog", "none"},
		{"timeout", "none"}, {"deadline", nil}, {"retries", 0},
	} {
		d.Config = append(d.Config, Setting{Name: s.name, Value: s.value})
	}
	for _, name := range order {
		r, err := inventions[name].Result(name)
		require.NoError(t, err)
		d.Runs = append(d.Runs, r)
	}
	return d
}

// six are runs that differ as six strategies would.
var six = map[string]invented.Run{
	"pull":                 {Workers: 10, Requests: 20_000, Load: 0.8, Seed: 1},
	"least-loaded":         {Workers: 9, Requests: 20_000, Load: 0.85, Seed: 1},
	"power-of-two":         {Workers: 5, Requests: 20_000, Load: 0.85, Seed: 1},
	"weighted-round-robin": {Workers: 2, Requests: 20_000, Load: 0.85, Seed: 1},
	"random":               {Workers: 1, Requests: 20_000, Load: 0.8, Seed: 1, Timeout: 200 * time.Millisecond},
	"most-loaded":          {Workers: 1, Requests: 20_000, Load: 1.6, Seed: 1},
}

var names = []string{"pull", "least-loaded", "power-of-two", "weighted-round-robin", "random", "most-loaded"}

func TestText(t *testing.T) {
	interrupted := document(t, six, "random")
	interrupted.Interrupted = true
	took := 0.01008
	interrupted.Runs[0].Wall, interrupted.Runs[0].ServiceSeconds.Mean, interrupted.Runs[0].WorkSeconds = true, &took, 0.01
	for _, c := range []struct {
		says, file string
		d          Document
	}{
		{"one strategy", "one.txt", document(t, six, "least-loaded")},
		{"six strategies, one of them overloaded", "six.txt", document(t, six, names...)},
		{"an interrupted run with a note", "interrupted.txt", interrupted},
		{"two strategies with classes, one without, and one class that nobody belongs to", "classes.txt", withClasses(t)},
		{"two faults, of which one run met one only", "faults.txt", withFaults(t)},
		{"too few requests for a p99", "few.txt", document(t, map[string]invented.Run{
			"pull": {Workers: 2, Requests: 300, Load: 0.5, Seed: 1}, "random": {Workers: 1, Requests: 300, Load: 0.5, Seed: 1}}, "random", "pull")},
	} {
		var b bytes.Buffer
		require.NoError(t, c.d.WriteText(&b), c.says)
		golden.Check(t, c.file, b.String())
	}
}

// At no width does a line wrap, and no heading or figure is left out; where the terminal is wide, each run has one line.
func TestTheTextFitsItsWidth(t *testing.T) {
	wide, class, faults, long := document(t, six, names...), withClasses(t), withFaults(t), document(t, six, names...)
	outlier := "failures=5,deviation=1.9,interval=10s,requests=100,workers=5,base=30s,longest=5m,share=10%"
	long.Words = append(long.Words, "--outlier="+outlier)
	long.Config = append(long.Config, Setting{Name: "outlier", Value: outlier}, Setting{Name: "trace", Value: strings.Repeat("directory/", 50)})
	for _, width := range []int{60, 80, 100, 120, 140, 200} {
		for _, d := range []Document{wide, class, faults, long} {
			d.Width = width
			var b bytes.Buffer
			require.NoError(t, d.WriteText(&b))
			lines := strings.Split(b.String(), "\n")
			for _, line := range lines {
				assert.LessOrEqual(t, utf8.RuneCountInString(line), width, line)
			}
			words := strings.Fields(b.String())
			for _, name := range []string{"mean", "p50", "p90", "p99", "p99.9", "max", "success", "throughput", "attempts", "utilisation", "imbalance", "max/mean"} {
				assert.Contains(t, words, name, "at %d", width)
			}
			if width == 200 {
				assert.Equal(t, 1, strings.Count(b.String(), "  strategy "), "one table of runs")
			}
		}
	}
	for width, file := range map[int]string{80: "six_80.txt", 200: "six_200.txt"} {
		wide.Width = width
		var b bytes.Buffer
		require.NoError(t, wide.WriteText(&b))
		golden.Check(t, file, b.String())
	}
	narrow := wide
	narrow.Width = 10
	assert.NoError(t, narrow.WriteText(new(bytes.Buffer)), "too narrow for anything")
}

// A flag that is given several times stands in the head as often.
func TestTheHeadTellsSeveralApart(t *testing.T) {
	d := Document{Clock: "simulated", Config: Settings{{Name: "fault", Value: "crash slow:worker=1", Several: []string{"crash", "slow:worker=1"}}}}
	var p page
	p.width = usualWidth
	d.writeHead(&p)
	assert.Contains(t, p.String(), "seed 0 · simulated clock · fault crash · fault slow:worker=1\n")
}

// A latency of months has no digits behind the point: the histogram has three in all.
func TestLongTimesAreShort(t *testing.T) {
	for seconds, want := range map[float64]string{647_955_396.39: "647955396", 1166.432: "1166.4", 12.345: "12.35", 0.012345: "12.35"} {
		r := report.Result{LatencySeconds: report.Spread{P50: &seconds}}
		assert.Equal(t, want, Document{Runs: []report.Result{r}}.unit().cell(&seconds))
	}
}

// withClasses has runs by priority and zone, by neither, and by zone alone.
func withClasses(t *testing.T) Document {
	d := document(t, six, "pull", "least-loaded", "random")
	for i, options := range []report.Options{{Priorities: 4, Zones: 2}, {}, {Zones: 2}} {
		name := d.Runs[i].Strategy
		options.Window = six[name].Window()
		outcomes, facts := six[name].Outcomes(options.Window)
		facts.Strategy = name
		var err error
		d.Runs[i], err = invented.Fold(options, outcomes, 100).Result(facts)
		require.NoError(t, err)
	}
	return d
}

// What an interruption left no time to begin is named, and takes no lines of figures, which would all be empty.
func TestWhatDidNotBeginIsNamedOnly(t *testing.T) {
	d := document(t, map[string]invented.Run{"pull": {Workers: 2, Requests: 300, Load: 0.5, Seed: 1}}, "pull")
	d.Interrupted = true
	d.Runs = append(d.Runs, report.Result{Strategy: "random"}, report.Result{Strategy: "first"})
	var b bytes.Buffer
	require.NoError(t, d.WriteText(&b))
	assert.Contains(t, b.String(), "Not begun: random, first.\n")
	assert.Equal(t, 1, strings.Count(b.String(), "random"))
	assert.Len(t, d.Runs, 3, "JSON has them all")
}

// Ten runs each have a sentence about their requests; eleven have one together, and so have those of which all succeeded.
func TestManyRunsShareASentence(t *testing.T) {
	var d Document
	for i := range 11 {
		r := report.Result{Strategy: fmt.Sprint("s", i)}
		r.Requests = report.RequestCounts{Issued: 100, Counts: report.Counts{Succeeded: report.Count(100 - i), TimedOut: report.Count(i)}}
		d.Runs = append(d.Runs, r)
	}
	text := func(d Document) string {
		var b bytes.Buffer
		require.NoError(t, d.WriteText(&b))
		return b.String()
	}
	assert.Contains(t, text(d), "s0: 100 requests issued, all succeeded\nall but s0: 100 requests issued, 90 to 99 succeeded, 1 to 10 timed out\n")
	d.Runs = d.Runs[1:]
	assert.Contains(t, text(d), "s1: 100 requests issued, 99 succeeded, 1 timed out\n")
}

// The unit is that of the smallest median: the mean of a skewed distribution can be a thousand times as long.
func TestTheUnitShowsTheMedian(t *testing.T) {
	skewed := func(p50, mean float64) report.Result {
		return report.Result{LatencySeconds: report.Spread{P50: &p50, Mean: &mean}}
	}
	assert.Equal(t, "ms", Document{Runs: []report.Result{skewed(0.012, 4), skewed(3, 5)}}.unit().name)
	assert.Equal(t, "s", Document{Runs: []report.Result{skewed(1.2, 4), skewed(3, 5)}}.unit().name)
	few := 0.5
	assert.Equal(t, "ms", Document{Runs: []report.Result{{LatencySeconds: report.Spread{Mean: &few}}}}.unit().name, "no median: the mean")
}

func TestJSON(t *testing.T) {
	d := document(t, map[string]invented.Run{"pull": {Workers: 2, Requests: 300, Load: 0.5, Seed: 1}}, "pull")
	d.Runs[0].Series = d.Runs[0].Series[:2]
	var b bytes.Buffer
	require.NoError(t, d.WriteJSON(&b))
	golden.Check(t, "document.json", b.String())
	var back map[string]any
	require.NoError(t, json.Unmarshal(b.Bytes(), &back))
	assert.Equal(t, 0.8, back["config"].(map[string]any)["load"])

	nan := math.NaN()
	d.Runs[0].Jain = &nan
	assert.Error(t, d.WriteJSON(new(bytes.Buffer)), "JSON has no NaN")
}

func TestCSV(t *testing.T) {
	d := document(t, six, "pull", "random")
	d.Scenario = new(string)
	*d.Scenario = "baseline"
	d.Runs[1].Swept = &report.Swept{Flag: "load", Value: 0.5}
	d.Runs[1].LatencyCI95 = &report.SpreadCI{Mean: &report.Interval{0.1, 0.2}}
	d.Runs[1].Difference = &report.Difference{Baseline: "pull", Mean: report.DifferenceSpan{Seconds: new(float64), CI95: &report.Interval{0, 0.02}}}
	var b bytes.Buffer
	require.NoError(t, d.WriteCSV(&b))
	golden.Check(t, "runs.csv", b.String())
	rows, err := csv.NewReader(&b).ReadAll()
	require.NoError(t, err, "all rows have as many cells as the header")
	require.Len(t, rows, 3)
	for i, name := range rows[0] {
		if name == "difference.mean.ci95.low" {
			assert.Equal(t, "", rows[1][i], "absent is empty")
			assert.Equal(t, "0", rows[2][i])
		}
	}
}

func TestAnIntervalIsAPairOrNull(t *testing.T) {
	b, err := json.Marshal(report.SpreadCI{Mean: &report.Interval{0.1, 0.2}})
	require.NoError(t, err)
	assert.Equal(t, `{"mean":[0.1,0.2],"p50":null,"p90":null,"p99":null,"p999":null}`, string(b))
}

func TestLog(t *testing.T) {
	var runs []report.Result
	for _, strategy := range []string{"pull", "random"} {
		v := invented.Run{Workers: 1, Requests: 8, Load: 0.9, Seed: 1, Timeout: 5 * time.Millisecond}
		outcomes, facts := v.Outcomes(v.Window())
		facts.Strategy = strategy
		outcomes[0], outcomes[5] = outcomes[5], outcomes[0]
		r, err := invented.Fold(report.Options{Window: v.Window(), KeepLog: true}, outcomes, 3).Result(facts)
		require.NoError(t, err)
		runs = append(runs, r)
	}
	var b bytes.Buffer
	require.NoError(t, Document{Runs: runs}.WriteLog(&b))
	golden.Check(t, "requests.csv", b.String())
}

// fullDisk has no room for anything.
type fullDisk struct{}

var errFull = errors.New("no space left on device")

func (fullDisk) Write([]byte) (int, error) { return 0, errFull }

func TestAFullDiskIsNoticed(t *testing.T) {
	d := document(t, six, "pull")
	assert.ErrorIs(t, d.WriteText(fullDisk{}), errFull)
	assert.ErrorIs(t, d.WriteJSON(fullDisk{}), errFull)
	assert.ErrorIs(t, d.WriteCSV(fullDisk{}), errFull)
	assert.ErrorIs(t, d.WriteLog(fullDisk{}), errFull)
}
