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
			r.Workers = append(r.Workers, report.WorkerRow{ID: id, Speed: float64(1 + id%2), Share: &share, MeanPending: &pending})
		}
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
	table("share, x = worker, y in percent", rs.curves(workerShares))
	table("mean pending, x = worker", rs.curves(workerPending))
	table("side by side", sideBySide(rs.curves(workerShares)))
	table("ranked", ranked(rs.curves(workerShares)))
	table("fair share in steps", steps(rs.fair()))
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
	for _, c := range ranked(runs(plotted(2, 10_000, 1).Runs).curves(workerShares)) {
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
		assert.InDelta(t, tt.top, ceiling(20, cs), 1e-9, tt.why)
	}
}

func TestWriteDrawsThreePictures(t *testing.T) {
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
				paths, err := Write(d, dir, format, strings.Repeat("a long title, ", 40))
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
	for _, format := range []string{"png", "svg"} {
		first, second := t.TempDir(), t.TempDir()
		paths, err := Write(plotted(6, 10, 1000), first, format, "title")
		require.NoError(t, err)
		_, err = Write(plotted(6, 10, 1000), second, format, "title")
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
	paths, err := Write(plotted(1, 1, 100), dir, "png", "title")
	assert.Empty(t, paths)
	assert.ErrorContains(t, err, filepath.Join(dir, "latency_by_percentile.png"))
	assert.ErrorIs(t, err, os.ErrNotExist)

	_, err = Write(plotted(1, 1, 100), t.TempDir(), "gif", "title")
	assert.ErrorContains(t, err, `format "gif": want png or svg`)
}

// A line that came down from above the axis would look like data: such points are left out, and the curve they are of
// keeps its place beside the others, which do not change.
func TestPointsAboveTheAxisAreLeftOut(t *testing.T) {
	low, mixed, high := []point{{0, 1}, {1, 2}}, []point{{0, 2000}, {1, 0}}, []point{{0, 2000}, {1, 2000}}
	cut := below(2, []curve{{points: low}, {points: mixed}, {points: high}})
	require.Len(t, cut, 3)
	assert.Equal(t, low, cut[0].points)
	assert.Equal(t, []point{{1, 0}}, cut[1].points)
	assert.Empty(t, cut[2].points)
	assert.Len(t, mixed, 2, "what was measured stays")
}
