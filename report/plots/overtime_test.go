package plots

import (
	"bytes"
	"fmt"
	"math"
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

// eventful invents runs of two minutes: a part of the series is a second, and from 40 s to 60 s a worker is dead, so that half of the
// requests fail. The later the strategy, the longer it takes.
func eventful(strategies int) runs {
	var rs runs
	for i := range strategies {
		r := report.Result{Strategy: fmt.Sprintf("strategy-%d", i), SimulatedSeconds: 119.5}
		r.Requests.Issued = 12_000
		all := 1.0
		r.FaultTotals, r.SuccessShare = []report.FaultTotal{{Kind: "crash", Episodes: 1, Workers: []int{3}}}, &all
		r.Spells = []report.Spell{{Kind: "crash", FromSeconds: 40, ToSeconds: 60, Share: 1}}
		curve := report.LatencyCurve{Share: 0.99}
		for second := range 120 {
			row := report.SeriesRow{AtSeconds: float64(second), RatePerSecond: 100, InSystem: 10, Workers: 10}
			row.Verdicts.Succeeded = 100
			latency := 0.01 * float64(i+1)
			if second >= 40 && second < 60 {
				row.Verdicts.Succeeded, row.Verdicts.Failed, row.Workers, latency = 50, 50, 9, 10*latency
			}
			r.Series = append(r.Series, row)
			if second < 45 || second >= 50 {
				curve.Stretches = append(curve.Stretches, report.Stretch{FromSeconds: float64(second), ToSeconds: float64(second + 1), Seconds: latency})
			}
		}
		median := report.LatencyCurve{Share: 0.5}
		for _, s := range curve.Stretches {
			s.Seconds /= 4
			median.Stretches = append(median.Stretches, s)
		}
		r.Curves = []report.LatencyCurve{median, curve}
		rs = append(rs, r)
	}
	return rs
}

// The data of the figures are what stands here: of one strategy, and of seven that are overlaid. A picture is not compared.
func TestOverTimeData(t *testing.T) {
	var b bytes.Buffer
	for _, strategies := range []int{1, 7} {
		f := overTime(eventful(strategies))
		fmt.Fprintf(&b, "%d strategies: %s\n%s\n", strategies, f.headline, f.guide)
		for _, part := range f.facets {
			fmt.Fprintf(&b, "facet %q\n", part.title)
			for _, p := range part.panels {
				fmt.Fprintf(&b, " panel %s, x %g to %g, y %.4g to %.4g\n", p.yLabel, p.X.Min, p.X.Max, p.Y.Min, p.Y.Max)
				for _, c := range p.curves {
					if strategies == 7 && c.look.line.Width == paleLook().line.Width {
						continue // it stands elsewhere in colour
					}
					fmt.Fprintf(&b, "  %s, width %.4g: %s\n", c.name, float64(c.look.line.Width), turns(c.points))
				}
			}
			for _, e := range part.legend.entries {
				fmt.Fprintf(&b, " legend %s %v\n", e.name, e.cells)
			}
		}
		for _, line := range f.caption {
			fmt.Fprintln(&b, line)
		}
	}
	golden.Check(t, "over_time_data.txt", b.String())
}

// turns are the points of a curve at which it changes.
func turns(ps []point) string {
	text := ""
	for i, p := range ps {
		if i == 0 || i == len(ps)-1 || p.y != ps[i-1].y && !(math.IsNaN(p.y) && math.IsNaN(ps[i-1].y)) {
			text += fmt.Sprintf("(%g %.4g) ", p.x, p.y)
		}
	}
	return text
}

func TestWhichFacetsThereAreOverTime(t *testing.T) {
	tests := []struct{ strategies, facets int }{{0, 0}, {1, 1}, {5, 5}, {6, 2}, {10, 2}}
	for _, tt := range tests {
		assert.Len(t, overTime(eventful(tt.strategies)).facets, tt.facets, "%d strategies", tt.strategies)
	}
	for _, g := range eventful(6).handfuls() {
		assert.Len(t, g.runs, 3)
	}
}

func TestScales(t *testing.T) {
	tests := []struct {
		why  string
		ys   []float64
		want scale
	}{
		{"nothing", nil, scale{0, 1, false}},
		{"zero all the time", []float64{0, 0}, scale{0, 1, false}},
		{"twenty times the lower quartile", []float64{1, 1, 1, 20}, scale{0, 21, false}},
		{"more than twenty times", []float64{1, 1, 1, 21}, scale{1 / 1.03, 21 * 1.03, true}},
		{"a zero has no place on a logarithmic axis", []float64{0, 1, 1, 1, 50}, scale{1 / 1.03, 50 * 1.03, true}},
		{"what grows evenly", []float64{1, 100, 200, 300, 400, 500, 600}, scale{0, 630, false}},
	}
	for _, tt := range tests {
		c := curve{}
		for i, y := range tt.ys {
			c.points = append(c.points, point{float64(i), y}, point{float64(i), gap})
		}
		got := scaleOf([]curve{c})
		assert.Equal(t, tt.want.log, got.log, tt.why)
		assert.InDeltaSlice(t, []float64{tt.want.bottom, tt.want.top}, []float64{got.bottom, got.top}, 1e-9, tt.why)
		for _, p := range got.within([]curve{c})[0].points {
			assert.False(t, p.y < got.bottom, tt.why)
		}
	}
}

func TestTimeIsToldInItsUnit(t *testing.T) {
	tests := []struct {
		end         float64
		first, last string
	}{
		{143, "0 s", "140 s"},
		{200, "0 min", "3 min"},
		{3600, "0 min", "60 min"},
		{30 * 86400, "0 d", "30 d"},
		{0.02, "0 ms", "20 ms"},
		{3e-8, "0 ns", "25 ns"},
	}
	for _, tt := range tests {
		ticks := timeTicks(3).Ticks(0, tt.end)
		assert.Equal(t, tt.first, ticks[0].Label)
		assert.Equal(t, tt.last, ticks[len(ticks)-1].Label, "%v", tt.end)
		assert.LessOrEqual(t, len(ticks), 9)
	}
}

// Of twenty requests in 120 parts the rate of four parts together is drawn; of many, that of each.
func TestRatesOfFewRequestsAreTakenTogether(t *testing.T) {
	r := eventful(1)[0]
	assert.Equal(t, 1, atATime(r))
	r.Requests.Issued = 20
	assert.Equal(t, 4, atATime(r))
}

// Requests that are lost pile up in the system: the picture says so, and of which runs.
func TestWhatIsLostIsSaidToStayInTheSystem(t *testing.T) {
	rs := eventful(3)
	for i, lost := range []report.Count{77, 0, 1200} {
		rs[i].Requests.Lost = lost
	}
	want := "Requests that are lost stay in the system until the run is cut, for nothing tells their requesters: " +
		rs[0].Strategy + " 77, " + rs[2].Strategy + " 1200."
	assert.Contains(t, overTime(rs).caption, want)
	for i := range rs {
		rs[i].Requests.Lost = 0
	}
	assert.NotContains(t, strings.Join(overTime(rs).caption, " "), "lost")
}

func TestARunOfFewRequestsShowsTheSlowest(t *testing.T) {
	r := eventful(1)[0]
	r.Curves = []report.LatencyCurve{{Share: 0.5}, {Share: 1, Stretches: []report.Stretch{{FromSeconds: 2, ToSeconds: 3, Seconds: 0.1}}}}
	f := overTime(runs{r})
	assert.Empty(t, f.headline)
	assert.Equal(t, "slowest", f.facets[0].panels[0].curves[0].name)
	assert.Equal(t, point{2.5, 0.1}, f.facets[0].panels[0].curves[0].points[0])
}

// A picture over time is drawn of an eventful document alone, is whole, and has the same bytes every time.
func TestThePlotOverTimeIsWritten(t *testing.T) {
	if testing.Short() {
		t.Skip("draws large pictures")
	}
	for _, strategies := range []int{0, 1, 12} {
		d := document.Document{Runs: eventful(strategies), Eventful: true}
		for _, format := range []string{"png", "svg"} {
			var files [2][]byte
			for i := range files {
				dir := t.TempDir()
				paths, err := Write(d, dir, format, "title", Beside{})
				require.NoError(t, err)
				assert.Equal(t, Files(dir, format, Of{Eventful: true}), paths)
				last := paths[len(paths)-1]
				assert.Equal(t, "over_time."+format, filepath.Base(last))
				decodes(t, last)
				files[i], err = os.ReadFile(last)
				require.NoError(t, err)
			}
			assert.True(t, bytes.Equal(files[0], files[1]))
		}
	}
	assert.Len(t, Files("", "png", Of{}), 3)
}

// Zero has no place on a logarithmic axis, and the caption says where it is.
func TestZerosOnALogarithmicAxisAreSaid(t *testing.T) {
	const said = "Zero, which has no place on a logarithmic axis, is drawn at its bottom."
	rs := eventful(1)
	assert.NotContains(t, overTime(rs).caption, said)
	rs[0].Series[3].InSystem, rs[0].Series[50].InSystem = 0, 1000
	assert.Contains(t, overTime(rs).caption, said)
}

// The end of a run that goes on much longer than the others is left out, and said.
func TestMuchLongerRunsAreCut(t *testing.T) {
	rs := eventful(3)
	for i := range rs[2].Series {
		rs[2].Series[i].AtSeconds *= 10
	}
	rs[2].SimulatedSeconds *= 10
	f := overTime(rs)
	assert.Equal(t, 119.5, f.facets[0].panels[0].X.Max)
	assert.Contains(t, f.caption, "Beyond the right end of the axis: strategy-2 until 1200 s.")
}
