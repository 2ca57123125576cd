package plots

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

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
	rows := []row{{"p99 latency", tails, p99, p99CI, func(t Theory) []Place { return t.P99 }}, {"p50 latency", medians, p50, p50CI, func(t Theory) []Place { return t.P50 }}}
	if len(tails) == 0 { // too few requests
		rows = rows[1:]
	}
	for _, group := range groupsOf(rows[0].curves) {
		part := facet{title: group, legend: s.valueLegend(of(group, rows[0].curves), rows[0])}
		for i, r := range rows {
			p := s.valuePanel(a, r, group)
			if i < len(rows)-1 {
				p.xLabel = ""
			}
			part.panels = append(part.panels, p)
		}
		f.facets = append(f.facets, part)
	}
	f.caption = append(f.caption, s.kneeCaption()...)
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
	var below []plot.Plotter
	for _, c := range of(group, r.curves) {
		below = append(below, s.spreadOf(a, c, r.ci))
	}
	p := newPanel(a.axis, axis{r.what + " (log scale)", latencyTicks()}, inFront(group, r.curves), always, below...)
	lo, hi := math.Inf(1), 0.0
	for _, c := range r.curves {
		for _, at := range xys(c.points, always) {
			lo, hi = min(lo, at.Y), max(hi, at.Y)
		}
	}
	if knee := s.beside.Slo; r.what == "p99 latency" && knee > 0 {
		lo, hi = min(lo, knee), max(hi, knee)
	}
	p.Y.Min, p.Y.Max = widened(lo, hi)
	p.Y.Scale = plot.LogScale{}
	a.suit(p)
	for _, c := range of(group, r.curves) {
		p.Add(s.hollow(a, c, r.figure))
	}
	s.addTheory(p, a, r, group)
	if r.what == "p99 latency" {
		s.addKnees(p, a, of(group, r.curves))
	}
	return p
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

// addTheory draws thin lines over the curves, dashed where they are a limit.
func (s sweep) addTheory(p panel, a valueAxis, r row, group string) {
	for _, t := range s.beside.Theory {
		c, found := named(t.Strategy, of(group, r.curves))
		if !found || a.words {
			continue
		}
		var line plotter.XYs
		for _, at := range r.theory(t) {
			if at.Seconds <= p.Y.Max && at.Seconds >= p.Y.Min {
				line = append(line, plotter.XY{X: at.Value, Y: at.Seconds})
			}
		}
		p.Add(&plotter.Line{XYs: line, LineStyle: theoryLook(t, c).line})
	}
}

func named(strategy string, cs []curve) (curve, bool) {
	i := slices.IndexFunc(cs, func(c curve) bool { return c.run.Strategy == strategy })
	if i < 0 {
		return curve{}, false
	}
	return cs[i], true
}

func theoryLook(t Theory, c curve) look {
	l := look{line: draw.LineStyle{Color: dark(c.look.line.Color), Width: vg.Points(0.9)}}
	if t.Limit {
		l.line.Dashes = []vg.Length{4, 3}
	}
	return l
}

// valueLegend orders the entries as the curves lie in the upper panel, at the last value at which all are there and none is in overload.
func (s sweep) valueLegend(cs []curve, r row) legend {
	at := s.calm(r.figure)
	l := legendOf(cs, "highest first", highestFirst, column{
		fmt.Sprintf("%s at %s", r.what[:len("p99")], textOf(at)),
		func(c curve) float64 { return s.figureAt(at, c.run.Strategy, r.figure) }, inTime,
	}, s.leastSuccess())
	for _, t := range s.beside.Theory {
		if c, found := named(t.Strategy, cs); found {
			what := "theory "
			if t.Limit {
				what = "limit "
			}
			l.entries = append(l.entries, entry{look: theoryLook(t, c), name: what + t.Name + ": " + drawable(t.Strategy)})
		}
	}
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

func (s sweep) theoryCaption() (lines []string) {
	for _, t := range s.beside.Theory {
		how := "Thin line, theory of %s: %s."
		if t.Limit {
			how = "Thin dashed line, a limit for %s: %s."
		}
		lines = append(lines, fmt.Sprintf(how, t.Strategy, t.Says))
	}
	if len(lines) > 0 {
		return []string{strings.Join(lines, " ")}
	}
	return nil
}
