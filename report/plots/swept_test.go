package plots

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/internal/golden"
	"waza/report"
	"waza/report/document"
)

// value is one of a flag; a number has no text of its own.
func value(flag string, v any) *report.Swept { return &report.Swept{Flag: flag, Value: v} }

// sweptRun is a run at a value with this p99 in milliseconds, and half of it as p50. Its goodput is per second.
func sweptRun(name string, at *report.Swept, ms, success, goodput float64) report.Result {
	tail, median := ms/1e3, ms/2e3
	r := report.Result{Strategy: name, Swept: at, SuccessShare: &success, Goodput: &goodput, Replications: 1}
	r.LatencySeconds.P50, r.LatencySeconds.P99 = &median, &tail
	return r
}

// sure gives a run intervals of a tenth to both sides.
func sure(r report.Result) report.Result {
	around := func(v *float64) *report.Interval { return &report.Interval{*v * 0.9, *v * 1.1} }
	r.Replications = 5
	r.LatencyCI95 = &report.SpreadCI{P50: around(r.LatencySeconds.P50), P99: around(r.LatencySeconds.P99)}
	r.CI95 = &report.SharesCI{Goodput: around(r.Goodput)}
	return r
}

// loads is a sweep of load from a half to 1.5 of 100 per second: pull keeps up, random collapses.
func loads() document.Document {
	d := document.Document{Command: "waza -sweep=load=0.5:1.75:0.25", Seed: 7, Swept: true}
	for i, load := range []float64{0.5, 0.75, 1, 1.25, 1.5, 1.75} {
		at := value("load", load)
		pull, random := sweptRun("pull", at, 10*float64(i+1), 1, 100*min(load, 1)), sweptRun("random", at, 30*float64(i+1), 0.9, 100*min(load, 1.5-load))
		pull.Saturated = load > 1
		d.Runs = append(d.Runs, sure(pull), sure(random))
	}
	return d
}

func besideLoads() Beside {
	return Beside{
		Capacity: 100, Slo: 0.025, Knees: []Knee{{"pull", 0.75, false}},
		Theory: []Theory{
			{"pull", "M/M/10", "all workers together are M/M/10", false, false, []Place{{0.5, 0.005}, {0.9, 0.05}}, []Place{{0.5, 0.01}, {0.9, 0.1}}},
			{"random", "n → ∞", "infinitely many workers", true, true, []Place{{0.5, 0.01}, {0.9, 0.05}}, []Place{{0.5, 0.02}, {0.9, 0.1}}},
		},
	}
}

// words is a sweep of a word.
func words() document.Document {
	d := document.Document{Command: "waza -sweep=when-full=block,reject", Seed: 7, Swept: true}
	for i, word := range []string{"block", "reject"} {
		at := value("when-full", word)
		d.Runs = append(d.Runs, sure(sweptRun("pull", at, 20-float64(i), 1, 10)), sure(sweptRun("random", at, 50+float64(i), 1, 10)))
	}
	return d
}

// pairs is a grid of three loads and two timeouts: pull wins, but at the highest load, where random fails least, and at the
// first pair, where nobody has a p99.
func pairs() document.Document {
	d := document.Document{Command: "waza -sweep=load=0.5:0.9:0.2 -sweep=timeout=10ms,none", Seed: 7, Swept: true}
	for _, load := range []float64{0.5, 0.7, 0.9} {
		for k, timeout := range []*report.Swept{{Flag: "timeout", Value: 0.01, Text: "10ms"}, {Flag: "timeout", Value: "none", Text: "none"}} {
			at, success := value("load", load), 1.0
			if load == 0.9 {
				success = 0.8
			}
			for _, r := range []report.Result{sweptRun("pull", at, 10*load, success, 10), sweptRun("random", at, 12*load+float64(k), 1, 10)} {
				r.SweptAlso = timeout
				d.Runs = append(d.Runs, r)
			}
		}
	}
	d.Runs[0].LatencySeconds.P99, d.Runs[1].LatencySeconds.P99 = nil, nil // at the first pair
	return d
}

func TestSweepData(t *testing.T) {
	var b strings.Builder
	table := func(title string, f figure) {
		fmt.Fprintf(&b, "%s\n  headline: %s\n", title, f.headline)
		for _, line := range f.caption {
			fmt.Fprintf(&b, "  caption: %s\n", line)
		}
		for _, part := range f.facets {
			fmt.Fprintf(&b, "  legend: %s %v\n", part.legend.heading, part.legend.columns)
			for _, e := range part.legend.entries {
				fmt.Fprintf(&b, "    %s %v\n", e.name, e.cells)
			}
			for _, p := range part.panels {
				fmt.Fprintf(&b, "  panel: %s by %s, %.4g to %.4g by %.4g to %.4g\n", p.yLabel, p.xLabel, p.Y.Min, p.Y.Max, p.X.Min, p.X.Max)
				for _, tick := range p.X.Tick.Marker.Ticks(p.X.Min, p.X.Max) {
					fmt.Fprintf(&b, "    tick %.4g %s\n", tick.Value, tick.Label)
				}
				for _, c := range p.curves {
					fmt.Fprintf(&b, "    %s", c.name)
					for _, at := range c.points {
						fmt.Fprintf(&b, " (%.4g, %.4g)", at.x, at.y)
					}
					fmt.Fprintln(&b)
				}
			}
		}
	}
	table("latency by load", byValue(sweepOf(loads(), besideLoads())))
	table("goodput by load", response(sweepOf(loads(), besideLoads())))
	table("latency by words", byValue(sweepOf(words(), Beside{})))
	table("winners of pairs", heat(sweepOf(pairs(), Beside{})))
	golden.Check(t, "sweep_data.txt", b.String())
}

func TestPicturesOfASweep(t *testing.T) {
	many := document.Document{Swept: true}
	for i := range 29 {
		for _, load := range []float64{0.5, 0.7} {
			r := sweptRun(fmt.Sprintf("strategy-%d", i), value("load", load), 10+float64(i), 1, 50)
			r.Place, r.Group = i, fmt.Sprintf("group %d", i/6)
			many.Runs = append(many.Runs, r)
		}
	}
	unfinished := document.Document{Swept: true, Interrupted: true, Missing: []document.Missing{{Strategy: "pull", Swept: value("load", 0.5), Wanted: 1}}}
	alone := document.Document{Swept: true, Runs: []report.Result{sweptRun("pull", value("load", 0.5), 10, 1, 50)}}
	empty := document.Document{Swept: true, Runs: []report.Result{{Strategy: "pull", Swept: value("load", 0.5)}}}
	for name, row := range map[string]struct {
		d      document.Document
		beside Beside
		want   []string
	}{
		"loads":      {loads(), besideLoads(), []string{"sweep", "response"}},
		"words":      {words(), Beside{}, []string{"sweep"}},
		"pairs":      {pairs(), Beside{}, []string{"heat"}},
		"many":       {many, Beside{Capacity: 100}, []string{"sweep", "response"}},
		"one value":  {alone, Beside{Capacity: 100}, []string{"sweep", "response"}},
		"nothing":    {empty, Beside{}, []string{"sweep", "response"}},
		"unfinished": {unfinished, Beside{}, []string{"sweep", "response"}},
	} {
		t.Run(name, func(t *testing.T) {
			for _, format := range []string{"png", "svg"} {
				dir := t.TempDir()
				if keep := os.Getenv("KEEP"); keep != "" {
					dir = filepath.Join(keep, strings.ReplaceAll(name, " ", "_"))
					require.NoError(t, os.MkdirAll(dir, 0o777))
				}
				paths, err := Write(row.d, dir, format, "title", row.beside)
				require.NoError(t, err)
				var want []string
				for _, base := range row.want {
					want = append(want, filepath.Join(dir, base+"."+format))
				}
				assert.Equal(t, want, paths)
				assert.Equal(t, want, Files(dir, format, Of{Swept: sweptFlags(row.d)}))
				for _, path := range paths {
					decodes(t, path)
				}
			}
		})
	}
}

func TestTheAxisSuitsTheValues(t *testing.T) {
	for _, row := range []struct {
		says   string
		values []report.Swept
		log    bool
		words  bool
		ticks  string
	}{
		{"evenly spaced", []report.Swept{{Value: 0.1}, {Value: 0.2}, {Value: 0.3}}, false, false, "0.1 0.2 0.3"},
		{"a progression", []report.Swept{{Value: 1.0}, {Value: 10.0}, {Value: 100.0}}, true, false, "1 10 100"},
		{"lengths", []report.Swept{{Value: 0.0, Text: "0s"}, {Value: 0.05, Text: "50ms"}, {Value: 0.1, Text: "100ms"}}, false, false, "0 50 ms 100 ms"},
		{"percentages", []report.Swept{{Value: 0.1, Text: "10%"}, {Value: 0.5, Text: "50%"}}, false, false, "10 % 50 %"},
		{"a word among numbers", []report.Swept{{Value: 0.05, Text: "50ms"}, {Value: "none", Text: "none"}}, false, true, "50ms none"},
		{"one", []report.Swept{{Value: 3.0}}, false, false, "3"},
	} {
		var s sweep
		for i := range row.values {
			s.runs = append(s.runs, report.Result{Strategy: "pull", Swept: &row.values[i]})
		}
		a := s.axis()
		var labels []string
		for _, tick := range a.ticks.Ticks(a.lo, a.hi) {
			labels = append(labels, tick.Label)
		}
		assert.Equal(t, []any{row.log, row.words, row.ticks}, []any{a.log, a.words, strings.Join(labels, " ")}, row.says)
	}
}

// Behind a link .. is not where it stands: the plots go into the directory that was found to be there.
func TestThePathOfAPlotIsNotShortened(t *testing.T) {
	assert.Contains(t, Files("link/../d", "png", Of{}), "link/../d/workers.png")
	assert.Contains(t, Files("d/", "png", Of{}), "d/workers.png")
}

func TestOthersOfASweep(t *testing.T) {
	assert.Contains(t, Others("d", "png", Of{Swept: []string{"load"}}), "d/heat.png")
	assert.NotContains(t, Others("d", "png", Of{Swept: []string{"load"}}), "d/response.png")
	assert.Contains(t, Others("d", "png", Of{Swept: []string{"timeout"}}), "d/response.png")
	assert.Contains(t, Others("d", "png", Of{}), "d/sweep.png")
}
