package plots

import (
	"image/color"
	"math"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"waza/report/document"
)

// A panel is a pair of axes with curves. The labels are not given to the plot, which would reserve room for them as if the
// middle of a logarithmic axis were that of a linear one.
type panel struct {
	*plot.Plot
	xLabel, yLabel string
	curves         []curve // in the order in which they are drawn
}

// An axis is what it says and how it is marked.
type axis struct {
	label string
	ticks plot.Ticker
}

// newPanel returns axes with a pale grid and the curves in order, with marks at the points for which marked says so. What is below
// is drawn before all of them.
func newPanel(x, y axis, cs []curve, marked func(point) bool, below ...plot.Plotter) panel {
	p := panel{plot.New(), x.label, y.label, cs}
	p.Add(below...)
	p.X.Tick.Marker, p.Y.Tick.Marker = x.ticks, y.ticks
	for _, a := range []*plot.Axis{&p.X, &p.Y} {
		a.Tick.Label.Font = textStyle(smallSize, nil).Font
		a.Tick.Length = vg.Points(5)
	}
	pale := draw.LineStyle{Color: color.Gray{Y: 225}, Width: vg.Points(0.75)}
	p.Add(&plotter.Grid{Vertical: pale, Horizontal: pale})
	for _, c := range cs {
		for _, part := range unbroken(c.points) {
			p.Add(&plotter.Line{XYs: part, LineStyle: c.look.line})
		}
		once := func(a, b plotter.XY) bool { return a.X == b.X } // where the curve jumps, its lower end is marked
		if at := slices.CompactFunc(xys(c.points, marked), once); c.look.mark.Shape != nil && len(at) > 0 {
			p.Add(&plotter.Scatter{XYs: at, GlyphStyle: c.look.mark})
		}
	}
	return p
}

// unbroken returns the parts of a line between its gaps.
func unbroken(ps []point) []plotter.XYs {
	var parts []plotter.XYs
	for len(ps) > 0 {
		n := slices.IndexFunc(ps, func(p point) bool { return math.IsNaN(p.y) })
		if n < 0 {
			return append(parts, xys(ps, always))
		}
		if n > 0 {
			parts = append(parts, xys(ps[:n], always))
		}
		ps = ps[n+1:]
	}
	return parts
}

// xys converts the points that are kept, without the gaps.
func xys(ps []point, keep func(point) bool) plotter.XYs {
	var out plotter.XYs
	for _, p := range ps {
		if !math.IsNaN(p.y) && keep(p) {
			out = append(out, plotter.XY{X: p.x, Y: p.y})
		}
	}
	return out
}

func never(point) bool { return false }

func always(point) bool { return true }

// A room is free space around points of a panel, at which nothing is drawn.
type room []plot.GlyphBox

// Plot draws nothing.
func (room) Plot(draw.Canvas, *plot.Plot) {}

// GlyphBoxes returns the space.
func (r room) GlyphBoxes(*plot.Plot) []plot.GlyphBox { return r }

// room returns what the marks of a panel need beyond its edges, once its axes have their ends.
func (p panel) room() room {
	inside := func(v float64) bool { return v > 0.1 && v < 0.9 } // of the axis: no mark reaches from there to an edge
	return slices.DeleteFunc(p.GlyphBoxes(p.Plot), func(b plot.GlyphBox) bool { return inside(b.X) && inside(b.Y) })
}

// widened leaves room around a logarithmic range, and makes one that is too narrow to be worth magnifying a tenth wide.
func widened(lo, hi float64) (float64, float64) {
	const room, least = 1.03, 1.1
	if grow := math.Sqrt(least / (hi / lo)); grow > room {
		return lo / grow, hi * grow
	}
	return lo / room, hi * room
}

// labelDigits is enough for neighbouring ticks of a narrow axis to differ.
const labelDigits = 6

// ticks marks an axis at the places that marks returns.
func ticks(marks func(lo, hi float64) []float64, label func(float64) string) plot.Ticker {
	return plot.TickerFunc(func(lo, hi float64) []plot.Tick {
		var all []plot.Tick
		for _, v := range marks(lo, hi) {
			all = append(all, plot.Tick{Value: v, Label: label(v)})
		}
		return all
	})
}

func number(v float64) string { return document.Decimal(v, labelDigits) }

// latencyTicks marks a logarithmic axis in seconds.
func latencyTicks() plot.Ticker {
	return ticks(latencyMarks, func(v float64) string { return document.Seconds(v, labelDigits) })
}

// latencyMarks returns round values, as densely as leaves labels like "200 ms" legible side by side. An axis too short for
// three of them gets evenly spaced values instead.
func latencyMarks(lo, hi float64) []float64 {
	marks := logMarks(lo, hi, 1, 1, 2, 3, 5, 7)
	if len(marks) < 3 {
		return linearMarks(lo, hi, 3)
	}
	if len(marks) <= 6 {
		return marks
	}
	for _, mantissas := range [][]float64{{1, 2, 5}, {1, 3}, {1}} {
		if marks = logMarks(lo, hi, 1, mantissas...); len(marks) <= 8 {
			return marks
		}
	}
	return logMarks(lo, hi, 3, 1)
}

// logMarks returns the mantissas times every so many powers of ten, between lo and hi.
func logMarks(lo, hi float64, decades int, mantissas ...float64) []float64 {
	var marks []float64
	first := int(math.Floor(math.Log10(lo)/float64(decades))) * decades
	for exp := first; math.Pow10(exp) <= hi; exp += decades {
		for _, m := range mantissas {
			if v := document.Significant(m*math.Pow10(exp), labelDigits); v >= lo && v <= hi {
				marks = append(marks, v)
			}
		}
	}
	return marks
}

// evenly marks an axis at the multiples of a round step, at least so many.
func evenly(least int) func(lo, hi float64) []float64 {
	return func(lo, hi float64) []float64 { return linearMarks(lo, hi, least) }
}

// linearMarks returns the multiples of a round step between lo and hi: at least so many, and not three times as many.
func linearMarks(lo, hi float64, least int) []float64 {
	var marks []float64
	step := roundStep((hi - lo) / float64(least))
	for i := math.Ceil(lo / step); i*step <= hi; i++ {
		marks = append(marks, i*step)
	}
	return marks
}

// roundStep returns the largest of 1, 2 and 5 times a power of ten that is at most limit.
func roundStep(limit float64) float64 {
	decade := math.Pow(10, math.Floor(math.Log10(limit)))
	for _, m := range [...]float64{5, 2} {
		if m*decade <= limit {
			return m * decade
		}
	}
	return decade
}

// evenTicks marks a linear axis; each label ends with the unit.
func evenTicks(unit string) plot.Ticker {
	marks := evenly(4)
	return ticks(marks, func(v float64) string { return number(v) + unit })
}

// bareTicks marks an axis at the places of another, which has the labels.
type bareTicks struct{ plot.Ticker }

func (t bareTicks) Ticks(lo, hi float64) []plot.Tick {
	ticks := t.Ticker.Ticks(lo, hi)
	for i := range ticks {
		ticks[i].Label = " " // one without a label would be a minor tick, which has no line in the grid
	}
	return ticks
}

// rankTicks marks an axis of whole numbers that begins at the first worker, at least at so many places and not at three
// times as many.
func rankTicks(least float64) plot.Ticker {
	return ticks(func(_, hi float64) []float64 {
		step := max(1, roundStep(hi/least))
		marks := []float64{1}
		for v := step; v <= hi; v += step {
			if v > 1 {
				marks = append(marks, v)
			}
		}
		return marks
	}, number)
}

// wholeTicks marks every whole number.
func wholeTicks() plot.Ticker {
	return ticks(func(lo, hi float64) (marks []float64) {
		for v := math.Ceil(lo); v <= hi; v++ {
			marks = append(marks, v)
		}
		return marks
	}, number)
}
