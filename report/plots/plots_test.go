package plots

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"image/png"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gonum.org/v1/plot/plotter"

	"waza/internal/golden"
	"waza/report"
	"waza/report/document"
)

// plotted invents a document: exponential latencies, and workers whose shares spread the more, the later the strategy.
func plotted(strategies, workers, requests int) document.Document {
	d := document.Document{Command: "waza --strategy=all", Seed: 7}
	for i := range strategies {
		random := rand.New(rand.NewPCG(7, uint64(i)))
		r := report.Result{Strategy: fmt.Sprintf("strategy-%d", i), Latency: report.NewDistribution(1e9)}
		for range requests {
			r.Latency.Add(int64(random.ExpFloat64() * 1e7 * float64(i+1)))
		}
		for id := range workers {
			share := (1 + random.Float64()*float64(i)) / float64(workers)
			pending := 3 * share * float64(workers)
			busy := 1 - 1/(1+pending)
			r.Workers = append(r.Workers, report.WorkerRow{ID: id, Speed: float64(1 + id%2), Share: &share, MeanPending: &pending, Utilization: &busy})
		}
		all := 1.0
		r.MeasuredRequests, r.SuccessShare = report.Count(requests), &all
		d.Runs = append(d.Runs, r)
	}
	return d
}

func TestPlotData(t *testing.T) {
	var b bytes.Buffer
	table := func(title string, cs []curve) {
		for _, c := range cs {
			fmt.Fprintf(&b, "%s: %s\n", title, c.name)
			for _, p := range c.points {
				fmt.Fprintf(&b, "%12.6g %12.6g\n", p.x, p.y)
			}
		}
	}
	rs := runs(plotted(2, 5, 20_000).Runs)
	table("latency by percentile, x = 1/(1-p), y in seconds", rs.curves(latencyCurve))
	table("distribution of latency, x in seconds, y in percent", rs.curves(latencyCDF))
	table("deviation from the fair share, x = worker, y in percent of it", rs.curves(deviations))
	table("utilisation, x = worker, y in percent", rs.curves(utilisations))
	table("mean pending, x = worker", rs.curves(workerPending))
	table("side by side", sideBySide(rs.curves(deviations)))
	table("ranked", ranked(rs.curves(deviations)))
	table("fair share in steps", steps(fairLine(rs.curves(deviations)[0].points)))
	constant := runs{latencies("constant", 1000, repeated(10e6, 1000)...)}
	table("constant latency by percentile", constant.curves(latencyCurve))
	table("distribution of a constant latency", constant.curves(latencyCDF))
	bimodal := runs{latencies("bimodal", 2000, append(repeated(9e6, 1960), repeated(110e6, 40)...)...)}
	table("bimodal latency by percentile", bimodal.curves(latencyCurve))
	table("distribution of a bimodal latency", bimodal.curves(latencyCDF))
	golden.Check(t, "plot_data.txt", b.String())
}

func TestLatencyCurveEndsWhereTenSamplesLieBeyond(t *testing.T) {
	tests := []struct {
		why      string
		requests int
		last     float64 // k = 1/(1−p); 0: no curve
	}{
		{"19 requests have 9.5 beyond the median", 19, 0},
		{"20 requests have 10 beyond the median", 20, 2},
		{"999 requests do not reach p99", 999, 80},
		{"1000 requests reach p99 exactly", 1000, 100},
		{"100000 requests reach p99.99, the last one", 100_000, 10_000},
		{"more requests do not make the axis longer", 1_000_000, 10_000},
	}
	for _, tt := range tests {
		ps := latencyCurve(plotted(1, 1, tt.requests).Runs[0])
		if tt.last == 0 {
			assert.Empty(t, ps, tt.why)
			continue
		}
		assert.Equal(t, tt.last, ps[len(ps)-1].x, tt.why)
	}
}

func TestRankedKeepsBothEnds(t *testing.T) {
	for _, c := range ranked(runs(plotted(2, 10_000, 1).Runs).curves(deviations)) {
		require.Len(t, c.points, rankedPoints)
		assert.Equal(t, 1.0, c.points[0].x)
		assert.Equal(t, 10_000.0, c.points[rankedPoints-1].x)
	}
}

// The middle of four maxima is the second smallest.
func TestCeiling(t *testing.T) {
	tests := []struct {
		why  string
		tops []float64
		top  float64
	}{
		{"nothing pending anywhere still needs an axis", []float64{0, 0}, 1},
		{"up to twenty times the middle is drawn whole", []float64{1, 20}, 21},
		{"more is cut, down to the next highest", []float64{1, 2, 3, 41}, 3.15},
		{"one strategy alone is never cut", []float64{5000}, 5250},
	}
	for _, tt := range tests {
		var cs []curve
		for _, y := range tt.tops {
			cs = append(cs, curve{points: []point{{0, y}}})
		}
		_, top := fromZero(20, cs)
		assert.InDelta(t, tt.top, top, 1e-9, tt.why)
	}
}

// A deviation of a thousandth is no mountain, and what no axis magnifies is no outlier.
func TestDeviationsAreNotMagnified(t *testing.T) {
	of := func(ys ...float64) curve {
		c := curve{}
		for i, y := range ys {
			c.points = append(c.points, point{float64(i), y})
		}
		return c
	}
	tests := []struct {
		why         string
		curves      []curve
		bottom, top float64
	}{
		{"small ones", []curve{of(-0.1, 0.1), of(0, 3)}, -5.25, 5.25},
		{"larger ones", []curve{of(-0.1, 0.1), of(-10, 40)}, -10.5, 42},
		{"an outlier", []curve{of(-0.1, 0.1), of(-100, 800)}, -5.25, 5.25},
	}
	for _, tt := range tests {
		bottom, top := aroundZero(20, tt.curves)
		assert.InDeltaSlice(t, []float64{tt.bottom, tt.top}, []float64{bottom, top}, 1e-9, tt.why)
	}
}

func TestWriteDrawsThreePictures(t *testing.T) {
	if testing.Short() {
		t.Skip("draws large pictures")
	}
	documents := map[string]document.Document{
		"by id":       plotted(6, 10, 1000),
		"sorted":      plotted(12, 31, 1000),
		"parted":      grouped(29, 7, 31),
		"too few":     plotted(2, 2, 5),
		"no workers":  plotted(2, 0, 100),
		"no requests": plotted(2, 2, 0),
		"no data":     {Runs: []report.Result{{Strategy: "random"}}},
	}
	for name, d := range documents {
		t.Run(name, func(t *testing.T) {
			for _, format := range []string{"png", "svg"} {
				dir := t.TempDir()
				paths, err := Write(d, dir, format, strings.Repeat("a long title, ", 40), Beside{})
				require.NoError(t, err)
				var want []string
				for _, base := range []string{"latency_by_percentile.", "latency_cdf.", "workers."} {
					want = append(want, filepath.Join(dir, base+format))
				}
				assert.Equal(t, want, paths)
				files, err := os.ReadDir(dir)
				require.NoError(t, err)
				assert.Len(t, files, 3)
				for _, path := range paths {
					decodes(t, path)
				}
			}
		})
	}
}

// decodes fails the test if the file is no picture of at least 1200 × 800 pixels, or not XML.
func decodes(t *testing.T, path string) {
	t.Helper()
	b, err := os.ReadFile(path)
	require.NoError(t, err)
	if filepath.Ext(path) == ".png" {
		picture, err := png.Decode(bytes.NewReader(b))
		require.NoError(t, err, path)
		assert.GreaterOrEqual(t, picture.Bounds().Dx(), 1200)
		assert.GreaterOrEqual(t, picture.Bounds().Dy(), 800)
		return
	}
	for d := xml.NewDecoder(bytes.NewReader(b)); ; {
		if _, err := d.Token(); err == io.EOF {
			return
		} else {
			require.NoError(t, err, path)
		}
	}
}

func TestPlotsAreTheSameBytes(t *testing.T) {
	if testing.Short() {
		t.Skip("draws large pictures")
	}
	for _, format := range []string{"png", "svg"} {
		first, second := t.TempDir(), t.TempDir()
		paths, err := Write(plotted(6, 10, 1000), first, format, "title", Beside{})
		require.NoError(t, err)
		_, err = Write(plotted(6, 10, 1000), second, format, "title", Beside{})
		require.NoError(t, err)
		for _, path := range paths {
			a, err := os.ReadFile(path)
			require.NoError(t, err)
			b, err := os.ReadFile(filepath.Join(second, filepath.Base(path)))
			require.NoError(t, err)
			assert.True(t, bytes.Equal(a, b), path)
		}
	}
}

func TestWriteNamesThePathThatCannotBeWritten(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "absent")
	paths, err := Write(plotted(1, 1, 100), dir, "png", "title", Beside{})
	assert.Empty(t, paths)
	assert.ErrorContains(t, err, filepath.Join(dir, "latency_by_percentile.png"))
	assert.ErrorIs(t, err, os.ErrNotExist)

	_, err = Write(plotted(1, 1, 100), t.TempDir(), "gif", "title", Beside{})
	assert.ErrorContains(t, err, `format "gif": want png or svg`)
}

// A line that came back from beyond the axis would look like data: it is broken there, and the curve keeps its place beside
// the others, which do not change.
func TestLinesAreBrokenBeyondTheAxis(t *testing.T) {
	low, mixed, high := []point{{0, 1}, {1, 2}}, []point{{0, -2}, {1, 0}, {2, 2000}, {3, 1}, {4, 1}}, []point{{0, 2000}, {1, 2000}}
	cut := inside(-1, 2, []curve{{points: low}, {points: mixed}, {points: high}})
	require.Len(t, cut, 3)
	assert.Equal(t, low, cut[0].points)
	assert.Equal(t, []plotter.XYs{{{X: 1, Y: 0}}, {{X: 3, Y: 1}, {X: 4, Y: 1}}}, unbroken(cut[1].points))
	assert.Empty(t, unbroken(cut[2].points))
	assert.Len(t, xys(cut[1].points, always), 3, "a gap has no mark")
	assert.Equal(t, []point{{0, -1}, {2, 2}}, edges(-1, 2, []curve{{points: mixed}})[0].points)
	assert.Equal(t, 2000.0, mixed[2].y, "what was measured stays")
}
