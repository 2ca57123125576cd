package plots

import (
	"bytes"
	"math"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/recorder"

	"waza/report"
	"waza/report/document"
)

// seeded makes the runs of a document means of so many seeds, with intervals that reach so far around p50 and p99, and differences to the
// first: that many seconds, and half of it to each side.
func seeded(d document.Document, seeds int, around float64, differences ...float64) document.Document {
	for i := range d.Runs {
		r := &d.Runs[i]
		r.Replications = seeds
		p50, p99 := *r.Latency.Percentile(0.5), *r.Latency.Percentile(0.99)
		r.LatencySeconds.P50, r.LatencySeconds.P99 = &p50, &p99
		r.LatencyCI95 = &report.SpreadCI{P50: &report.Interval{p50 - around, p50 + around}, P99: &report.Interval{p99 - around, p99 + around}}
		if i > 0 {
			v := differences[i-1]
			half := math.Abs(v) / 2
			verdict := "worse"
			if v < 0 {
				verdict = "better"
			}
			span := report.DifferenceSpan{Seconds: &v, CI95: &report.Interval{v - half, v + half}, Verdict: verdict}
			r.Difference = &report.Difference{Baseline: d.Runs[0].Strategy, Mean: span, P99: span}
		}
	}
	d.Compared = true
	return d
}

// The latencies are of all seeds together, and so are the requests that were measured: what did not succeed in any is missing.
func TestTheCDFOfSeveralSeedsLevelsOffAtTheSuccessShare(t *testing.T) {
	r := latencies("random", 250, repeated(10e6, 800)...) // of four seeds with 250 requests each, 200 of which succeeded
	r.Replications = 4
	ps := latencyCDF(r)
	assert.InDelta(t, 80, ps[len(ps)-1].y, 1e-9)
	assert.InDelta(t, 0.01, halfWithin(r), 1e-4)
	r.Replications = 1
	assert.Equal(t, int64(800), measured(r), "never fewer than there are latencies")
	third := latencies("random", 0, repeated(1, 10)...)
	third.Replications, third.MeasuredRequests = 3, report.Count(100.0/3)
	assert.Equal(t, int64(100), measured(third), "the mean of whole numbers need not be whole")
}

func TestPercentilesOfSeveralSeedsHaveWhiskers(t *testing.T) {
	d := seeded(plotted(2, 5, 20_000), 10, 0.002, 0.01)
	f := percentiles(d.Runs)
	assert.Equal(t, "Latency by percentile, all requests of 10 seeds (bars: 95 % intervals of the means over the seeds)", f.subject)
	assert.Equal(t, []string{"p99", "± 95 %", "success"}, f.facets[0].legend.columns)
	assert.Equal(t, "2 ms", f.facets[0].legend.entries[0].cells[1])
	w := tailWhiskers(f.facets[0].panels[0].curves).all
	require.Len(t, w, 4, "p50 and p99 of two strategies")
	assert.InEpsilon(t, 2*0.002, w[1].high-w[1].low, 1e-9)
	assert.InEpsilon(t, 100, w[1].at*w[3].at/100, 1e-9, "they stand at both sides of p99")
	assert.Less(t, w[1].at, w[3].at)
	one := percentiles(plotted(2, 5, 20_000).Runs)
	assert.Equal(t, "Latency by percentile", one.subject)
	assert.Equal(t, []string{"p99", "success"}, one.facets[0].legend.columns)
	assert.Empty(t, tailWhiskers(one.facets[0].panels[0].curves).all)
}

// An axis reaches as far as the intervals of what lies on it, but not more than doubled by them.
func TestTheAxisHasRoomForWhiskers(t *testing.T) {
	r := report.Result{LatencySeconds: report.Spread{P50: new(float64)}, LatencyCI95: &report.SpreadCI{P50: &report.Interval{0.5, 3}, P99: &report.Interval{-1, 90}}}
	lo, hi := withWhiskers(1, 10, []curve{{run: r}})
	assert.Equal(t, []float64{0.5, 20}, []float64{lo, hi})
}

// What the verdict says of several seeds is the headline.
func TestTheHeadlineOfSeveralSeeds(t *testing.T) {
	d := seeded(plotted(3, 5, 2000), 10, 0.001, 0.01, 0.02)
	best := func(names ...string) document.Document {
		d.Conclusions = []report.Conclusion{{Best: []report.Best{{Figure: "p99", Best: names[0], Strategies: names}}}}
		return d
	}
	assert.Equal(t, "strategy-0 is best on p99 latency at 95 % over 10 seeds", judged(best("strategy-0"), "else"))
	assert.Equal(t, "strategy-0 and strategy-1 cannot be told from the best on p99 latency at 95 % over 10 seeds", judged(best("strategy-0", "strategy-1"), "else"))
	assert.Equal(t, "No strategy can be told from the best on p99 latency at 95 % over 10 seeds", judged(best("strategy-0", "strategy-1", "strategy-2"), "else"))
	half := 0.5
	d.Runs[1].SuccessShare, d.Runs[2].SuccessShare = &half, &half
	assert.Equal(t, "else", judged(best("strategy-0"), "else"), "one fails least")
	assert.Equal(t, "else", judged(plotted(2, 5, 2000), "else"), "one seed")
}

func TestTheComparisonHasARowForEachStrategy(t *testing.T) {
	d := seeded(plotted(4, 5, 2000), 10, 0.001, -0.002, 0.004, 9)
	f := comparison(d.Runs)
	assert.Equal(t, "strategy-1 is better than strategy-0 on p99 at 95 %", f.headline)
	assert.Equal(t, "Difference of latency to strategy-0, 10 seeds", f.subject)
	assert.Equal(t, []string{"mean", "p99"}, titles(f))
	p := f.facets[1].panels[0]
	assert.InDelta(t, -0.003-0.06*0.009, p.X.Min, 1e-9)
	assert.InDelta(t, 0.006+0.06*0.009, p.X.Max, 1e-9)
	assert.Equal(t, "latency less that of the baseline (cut)", p.xLabel)
	assert.Contains(t, f.caption, "Beyond the axis of p99: strategy-3 +9 s.")
	var rows []string
	for _, tick := range p.Y.Tick.Marker.Ticks(0, 4) {
		rows = append(rows, tick.Label)
	}
	assert.Len(t, rows, 3)
	assert.Equal(t, []string{"1"}, f.facets[1].legend.entries[0].cells, "better")
	assert.Equal(t, []string{"2"}, f.facets[1].legend.entries[2].cells, "worse")

	few := 0.5
	d.Runs[1].SuccessShare = &few
	assert.Equal(t, "No strategy is better than strategy-0 on p99 at 95 %", comparison(d.Runs).headline, "it lets requests fail")
	assert.Empty(t, comparison(plotted(2, 5, 100).Runs).facets, "one seed")
}

// Of a figure that nobody has there is no picture, and no axis is invented.
func TestThereIsNoComparisonOfNothing(t *testing.T) {
	d := seeded(plotted(3, 5, 2000), 10, 0.001, 0.001, 0.002)
	for i := range d.Runs[1:] {
		d.Runs[i+1].Difference.P99 = report.DifferenceSpan{}
	}
	f := comparison(d.Runs)
	assert.Equal(t, []string{"mean"}, titles(f))
	assert.Contains(t, f.caption, "Too few requests succeeded for any difference of p99.")
	for i := range d.Runs[1:] {
		d.Runs[i+1].Difference.Mean = report.DifferenceSpan{}
	}
	f = comparison(d.Runs)
	assert.Empty(t, f.facets)
	assert.Empty(t, f.headline)
	assert.Equal(t, "Too few requests succeeded for any difference of latency to strategy-0.", f.empty)
}

// A whisker is drawn as far as its axis goes, and has a bar only at an end that lies on it.
func TestWhiskersAreCutAtTheAxis(t *testing.T) {
	bars := func(low, high float64) (lines int) {
		mark := (low + high) / 2
		p := plot.New()
		p.X.Min, p.X.Max, p.Y.Min, p.Y.Max = 0, 10, 0, 2
		var r recorder.Canvas
		all := []whisker{{at: 1, low: low, high: high, ink: verdictInk("worse"), mark: &mark}}
		whiskers{all: all, across: true}.Plot(draw.NewCanvas(&r, 300, 300), p)
		for _, a := range r.Actions {
			if _, is := a.(*recorder.Stroke); is {
				lines++
			}
		}
		return lines
	}
	assert.Equal(t, 3, bars(2, 4), "a line and two bars")
	assert.Equal(t, 2+1, bars(5, 20), "a line, one bar, and an open dot at the end of the axis")
	assert.Equal(t, 1, bars(20, 30), "the open dot alone")
}

func TestTheComparisonIsWritten(t *testing.T) {
	if testing.Short() {
		t.Skip("draws large pictures")
	}
	d := seeded(plotted(12, 5, 1000), 10, 0.001, make([]float64, 11)...)
	for _, format := range []string{"png", "svg"} {
		var files [2][]byte
		for i := range files {
			dir := t.TempDir()
			paths, err := Write(d, dir, format, "title", Beside{})
			require.NoError(t, err)
			assert.Equal(t, Files(dir, format, Of{Compared: true}), paths)
			decodes(t, paths[3])
			files[i], err = os.ReadFile(paths[3])
			require.NoError(t, err)
		}
		assert.True(t, bytes.Equal(files[0], files[1]))
	}
	assert.Contains(t, Others("", "png", Of{}), "comparison.png")
}
