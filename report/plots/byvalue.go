package plots

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"

	"waza/report"
)

// byValue shows the median and the tail of latency against the value of what is swept, with the 95 % intervals where there are several
// seeds, and what theory says of them.
func byValue(s sweep) figure {
	f := figure{
		subject: "Latency against " + sweptName(s),
		layout:  layout{columns: 4, least: 440}, // two panels
		empty:   "No strategy has the 20 measured, succeeded requests that a median needs.",
	}
	if len(s.runs) == 0 {
		return f
	}
	a := s.axis()
	tails, medians := s.latencies(a, p99), s.latencies(a, p50)
	if len(medians) == 0 {
		return f
	}
	f.headline = s.headline("values of "+sweptName(s), s.winners())
	rows := []row{{"p99", tails, p99, p99CI, func(t Theory) []Place { return t.P99 }}, {"p50", medians, p50, p50CI, func(t Theory) []Place { return t.P50 }}}
	if len(tails) == 0 { // too few requests
		rows = rows[1:]
	}
	for _, group := range groupsOf(medians) {
		part := facet{title: group, legend: s.valueLegend(of(group, medians), rows[0])}
		for i, r := range rows {
			p := s.valuePanel(a, r, group)
			if i < len(rows)-1 {
				p.xLabel = ""
			}
			part.panels = append(part.panels, p)
		}
		f.facets = append(f.facets, part)
	}
	f.caption = append(s.gaps(medians), s.kneeCaption()...)
	f.caption = append(f.caption, s.theoryCaption()...)
	if slices.ContainsFunc(s.runs, func(r report.Result) bool { return r.LatencyCI95 != nil }) {
		f.caption = append(f.caption, "Pale bands or bars are 95 % intervals of the mean over the seeds.")
	}
	f.caption = append(append(f.caption, s.levels()), s.warnings()...)
	return f
}

func sweptName(s sweep) string {
	if len(s.runs) == 0 {
		return "what is swept"
	}
	return drawable(s.runs[0].Swept.Flag)
}

// A row is one figure of all strategies along the sweep.
type row struct {
	what   string
	curves []curve
	figure func(report.Result) *float64
	ci     func(*report.SpreadCI) *report.Interval
	theory func(Theory) []Place
}

func p50CI(c *report.SpreadCI) *report.Interval { return c.P50 }
func p99CI(c *report.SpreadCI) *report.Interval { return c.P99 }

// latencies are a curve of each strategy that has the figure anywhere. It is broken at a value at which it has not, and between words.
func (s sweep) latencies(a valueAxis, figure func(report.Result) *float64) []curve {
	some := s.strategies()
	place := func(name string) int {
		return slices.IndexFunc(some, func(r report.Result) bool { return r.Strategy == name })
	}
	cs := some.curves(func(r report.Result) (ps []point) {
		for _, at := range s.of(r.Strategy) {
			x, y := a.x(*at.Swept, place(r.Strategy), len(some)), math.NaN()
			if v := figure(at); v != nil {
				y = positive(*v)
			}
			ps = append(ps, point{x, y})
			if a.words {
				ps = append(ps, point{x, math.NaN()})
			}
		}
		if len(xys(ps, always)) == 0 {
			return nil
		}
		return ps
	})
	for i := range cs {
		if a.words {
			cs[i].look.line.Width = 0
			cs[i].look.mark.Radius = vg.Points(4)
		}
	}
	return cs
}

// valuePanel is a figure of all strategies, one group in colour.
func (s sweep) valuePanel(a valueAxis, r row, group string) panel {
	var spreads []plot.Plotter
	for _, c := range of(group, r.curves) {
		spreads = append(spreads, s.spreadOf(a, c, r.ci))
	}
	below, above := spreads, []plot.Plotter(nil)
	if a.words {
		below, above = nil, spreads // a line of the grid would cut a bar
	}
	if r.what == "p99" {
		below = append(below, s.knees(a, of(group, r.curves))...)
	}
	p := newPanel(a.axis, axis{r.what + " latency (log scale)", latencyTicks()}, inFront(group, r.curves), always, below...)
	p.Add(above...)
	p.Y.Min, p.Y.Max = widened(s.latencyRange(a, r))
	p.Y.Scale = plot.LogScale{}
	a.suit(p)
	for _, c := range of(group, r.curves) {
		p.Add(s.hollow(a, c, r.figure))
	}
	s.addTheory(p, a, r, group)
	return p
}

// latencyRange returns the ends of the axis: it has all measured values, and of their intervals, which few seeds make very wide, what lies
// near. What theory says begins on it, and may leave it upwards.
func (s sweep) latencyRange(a valueAxis, r row) (lo, hi float64) {
	lo, hi = math.Inf(1), 0.0
	for _, c := range r.curves {
		for _, at := range xys(c.points, always) {
			lo, hi = min(lo, at.Y), max(hi, at.Y)
		}
	}
	const near = 2
	least, most := lo/near, hi*near
	for _, c := range r.curves {
		for _, at := range s.spreadOf(a, c, r.ci).reaches {
			lo, hi = min(lo, max(least, at.lo)), max(hi, min(most, at.hi))
		}
	}
	for _, t := range s.beside.Theory {
		for _, at := range r.theory(t) {
			lo = min(lo, max(least, at.Seconds))
		}
	}
	if slo := s.beside.Slo; r.what == "p99" && slo > 0 {
		lo, hi = min(lo, slo), max(hi, slo)
	}
	return lo, hi
}

// spreadOf are the intervals of a curve.
func (s sweep) spreadOf(a valueAxis, c curve, ci func(*report.SpreadCI) *report.Interval) spread {
	band := spread{color: c.look.line.Color, apart: a.words}
	for _, r := range s.of(c.run.Strategy) {
		if r.LatencyCI95 == nil || ci(r.LatencyCI95) == nil {
			continue
		}
		i := slices.Index(a.values, *r.Swept)
		x := a.x(*r.Swept, 0, 1)
		if a.words {
			x = c.points[2*min(i, len(c.points)/2-1)].x
		}
		band.reaches = append(band.reaches, reach{x, positive(ci(r.LatencyCI95)[0]), positive(ci(r.LatencyCI95)[1])})
	}
	return band
}

// hollow are the marks of a curve where there was overload.
func (s sweep) hollow(a valueAxis, c curve, figure func(report.Result) *float64) hollows {
	h := hollows{glyph: c.look.mark}
	step := len(c.points) / max(1, len(s.of(c.run.Strategy)))
	for i, r := range s.of(c.run.Strategy) {
		if r.Saturated && figure(r) != nil {
			h.at = append(h.at, c.points[i*step])
		}
	}
	return h
}

// valueLegend orders the entries as the curves lie in the upper panel, at the last value at which all are there and none is in overload.
func (s sweep) valueLegend(cs []curve, r row) legend {
	at := s.calm(r.figure)
	l := legendOf(cs, "highest first", highestFirst, column{
		fmt.Sprintf("%s at %s", r.what, textOf(at)),
		func(c curve) float64 { return s.figureAt(at, c.run.Strategy, r.figure) }, inTime,
	}, s.leastSuccess())
	l.entries = append(l.entries, s.theoryEntries(cs)...)
	return l
}

// calm is the last value at which all strategies have the figure and none is in overload; if there is none, the last at which any has it.
func (s sweep) calm(figure func(report.Result) *float64) report.Swept {
	values := s.values(first)
	for _, calm := range []bool{true, false} {
		for _, v := range slices.Backward(values) {
			there := s.at(v, nil)
			has := func(r report.Result) bool { return figure(r) != nil && !(calm && r.Saturated) }
			lacks := slices.ContainsFunc(there, func(r report.Result) bool { return !has(r) })
			if calm && !lacks && len(there) == len(s.strategies()) || !calm && slices.ContainsFunc(there, has) {
				return v
			}
		}
	}
	return values[len(values)-1]
}

// gaps says why what is not there is not there.
func (s sweep) gaps(cs []curve) (lines []string) {
	var names []string
	for _, r := range s.strategies() {
		if _, found := named(r.Strategy, cs); !found {
			names = append(names, r.Strategy)
		}
	}
	if len(names) > 0 {
		lines = append(lines, "Left out, fewer than 20 measured requests succeeded: "+strings.Join(names, ", ")+".")
	}
	if slices.ContainsFunc(s.runs, func(r report.Result) bool { return p99(r) == nil }) {
		lines = append(lines, "There is no p99 where fewer than 1,000 measured requests succeeded, and no p50 where fewer than 20 did.")
	}
	return lines
}
