package plots

import (
	"fmt"
	"image/color"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"waza/report"
	"waza/report/document"
)

// A whisker is an interval in the picture: a line from low to high with a bar at each end.
type whisker struct {
	at, low, high float64 // at: its place on the other axis
	ink           color.Color
	mark          *float64 // where a dot lies on it; nil: there is none
}

// whiskers are drawn along one axis. What lies beyond an end of it is cut there, without a bar.
type whiskers struct {
	all    []whisker
	across bool // along the horizontal axis
}

const (
	whiskerWidth vg.Length = 1.2
	whiskerBar   vg.Length = 3 // half of a bar
)

// Plot draws them.
func (w whiskers) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	along, other, axis := y, x, p.Y
	if w.across {
		along, other, axis = x, y, p.X
	}
	place := func(on, at vg.Length) vg.Point {
		if w.across {
			return vg.Point{X: on, Y: at}
		}
		return vg.Point{X: at, Y: on}
	}
	for _, each := range w.all {
		low, high := max(each.low, axis.Min), min(each.high, axis.Max)
		style := draw.LineStyle{Color: each.ink, Width: whiskerWidth}
		at := other(each.at)
		if low <= high {
			c.StrokeLines(style, []vg.Point{place(along(low), at), place(along(high), at)})
		}
		for _, end := range []float64{each.low, each.high} {
			if end >= axis.Min && end <= axis.Max {
				c.StrokeLines(style, []vg.Point{place(along(end), at-whiskerBar), place(along(end), at+whiskerBar)})
			}
		}
		if each.mark != nil {
			c.DrawGlyph(dot(each.ink, *each.mark, axis.Min, axis.Max), place(along(min(max(*each.mark, axis.Min), axis.Max)), at))
		}
	}
}

// dot is full on the axis, and open at its end for what lies beyond.
func dot(ink color.Color, v, lo, hi float64) draw.GlyphStyle {
	if v < lo || v > hi {
		return draw.GlyphStyle{Color: ink, Radius: vg.Points(4), Shape: draw.RingGlyph{}}
	}
	return draw.GlyphStyle{Color: ink, Radius: vg.Points(3.2), Shape: draw.CircleGlyph{}}
}

// seeds says how many seeds the runs have: 10 seeds, or 10 to 20 seeds. Empty: each has one.
func (rs runs) seeds() string {
	least, most := math.MaxInt, 0
	for _, r := range rs {
		least, most = min(least, r.Replications), max(most, r.Replications)
	}
	switch {
	case most < 2:
		return ""
	case least == most:
		return fmt.Sprintf("%d seeds", most)
	}
	return fmt.Sprintf("%d to %d seeds", least, most)
}

// pooled says of a picture of requests whose they are. Empty: of one seed.
func (rs runs) pooled() string {
	if n := rs.seeds(); n != "" {
		return ", all requests of " + n
	}
	return ""
}

// seedFigure is the mean over the seeds of the percentile at k of a latency curve, with its interval; nil: of one seed, or there is none.
func seedFigure(k float64, r report.Result) (mean *float64, ci *report.Interval) {
	if r.LatencyCI95 == nil {
		return nil, nil
	}
	switch k {
	case 2:
		return r.LatencySeconds.P50, r.LatencyCI95.P50
	case 10:
		return r.LatencySeconds.P90, r.LatencyCI95.P90
	case 100:
		return r.LatencySeconds.P99, r.LatencyCI95.P99
	case 1000:
		return r.LatencySeconds.P999, r.LatencyCI95.P999
	}
	return nil, nil
}

// tailOf is the latency at k, of several seeds the mean over them. NaN: there is none.
func tailOf(k float64, r report.Result) float64 {
	if mean, _ := seedFigure(k, r); mean != nil {
		return *mean
	}
	return at(k, latencyCurve(r))
}

// halfWidth is half of the width of the interval at k. NaN: there is none.
func halfWidth(k float64, r report.Result) float64 {
	if _, ci := seedFigure(k, r); ci != nil {
		return (ci[1] - ci[0]) / 2
	}
	return math.NaN()
}

// tailWhiskers are the intervals at the percentiles that the axis labels. Those of several curves stand a little beside each other.
func tailWhiskers(cs []curve) whiskers {
	const decades = 0.025 // from one to the next on the logarithmic axis
	var all []whisker
	for i, c := range cs {
		aside := math.Pow(10, decades*(float64(i)-float64(len(cs)-1)/2))
		for _, k := range labelledOneIn {
			if _, ci := seedFigure(k, c.run); ci != nil {
				all = append(all, whisker{at: max(k*aside, 2), low: positive(ci[0]), high: positive(ci[1]), ink: c.look.line.Color})
			}
		}
	}
	return whiskers{all: all}
}

// withWhiskers widens an axis of latency to the intervals of the curves that lie on it, as far as they are of their size.
func withWhiskers(lo, hi float64, cs []curve) (float64, float64) {
	const most = 2
	from, to := lo, hi
	for _, w := range tailWhiskers(cs).all {
		if w.low <= hi {
			from, to = min(from, max(w.low, lo/most)), max(to, min(w.high, hi*most))
		}
	}
	return from, to
}

// judged is the headline that says what the verdict of several seeds says; of one seed, or where it is of who fails least, the other stays.
func judged(d document.Document, headline string) string {
	figure, best := d.Best()
	rs := runs(d.Runs)
	if len(best) == 0 || headline == "" {
		return headline
	}
	least, _ := rs.failingLeast()
	names := runs(best).names()
	switch {
	case len(least) == 1:
		return headline
	case len(best) == len(rs):
		return fmt.Sprintf("No strategy can be told from the best on %s at 95 %% over %s", figure, rs.seeds())
	case len(best) == 1:
		return fmt.Sprintf("%s is best on %s at 95 %% over %s%s", names, figure, rs.seeds(), runs(best).successful())
	}
	return fmt.Sprintf("%s cannot be told from the best on %s at 95 %% over %s%s", names, figure, rs.seeds(), runs(best).successful())
}
