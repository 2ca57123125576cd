package plots

import (
	"cmp"
	"fmt"
	"image/color"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"waza/report"
)

// The limits of the response curve, as shares.
const (
	farthestLoad = 1.5  // of capacity: beyond it nothing new is seen
	keepsUp      = 0.95 // of what is offered: chance moves what a run is offered by more than a hundredth
	collapsed    = 0.9  // of its own peak: less is a collapse
)

// response shows goodput against what is offered: who keeps up longest, and who collapses under overload.
func response(s sweep) figure {
	f := figure{
		subject: "Goodput against offered load",
		layout:  tall,
		empty:   "No strategy has a goodput, or the capacity of the workers is not known.",
	}
	o := s.offered()
	cs := s.strategies().curves(o.goodput)
	if len(cs) == 0 {
		return f
	}
	f.headline = o.headline()
	f.caption = []string{"Goodput is the answers in time with which requests succeed. A strategy keeps up as long as it gives 95 % of what is offered."}
	if o.cut > 0 {
		f.caption = append(f.caption, "Left out: what is beyond 1.5 times the capacity of the workers.")
	}
	last := o.last()
	for _, group := range groupsOf(cs) {
		p := o.panel(group, cs)
		l := legendOf(of(group, cs), "highest goodput first", highestFirst,
			column{"at " + o.format(last), func(c curve) float64 { return at(last, c.points) }, o.format},
			column{"keeps up to", func(c curve) float64 { return o.keeps(c.run) }, o.format})
		l.entries = append(l.entries, entry{look: diagonal(), name: "all that is offered"})
		if p.X.Max > o.capacity && o.capacity > 0 {
			l.entries = append(l.entries, entry{look: ceiling(), name: "capacity of the workers"})
		}
		f.facets = append(f.facets, facet{group, []panel{p}, l})
	}
	return f
}

// offered is a sweep of load or rate, both axes in the same unit.
type offered struct {
	sweep
	capacity float64 // of the workers in the unit of the axes; 0: it is not known
	unit     float64 // requests per second
	x, y     string
	behind   string // behind a value in a sentence
	format   func(float64) string
	cut      int // values that are left out
}

func (s sweep) offered() offered {
	o := offered{sweep: s, capacity: s.beside.Capacity, unit: 1, x: "offered (requests per second)", y: "goodput (requests per second)", behind: " per second"}
	o.format = func(v float64) string { return inCount(v) }
	if sweptName(s) == "load" {
		o.capacity, o.unit, o.format = 1, s.beside.Capacity, inShare
		o.behind = " of capacity"
		o.x, o.y = "offered load (share of capacity)", "goodput (share of capacity)"
	}
	for _, v := range s.values(first) {
		if x, is := v.Value.(float64); is && o.beyond(x) {
			o.cut++
		}
	}
	return o
}

func (o offered) beyond(x float64) bool {
	return o.capacity > 0 && x > farthestLoad*o.capacity*(1+1e-9)
}

// goodput is that of a strategy at each value.
func (o offered) goodput(r report.Result) (ps []point) {
	for _, r := range o.of(r.Strategy) {
		if x, is := r.Swept.Value.(float64); is && r.Goodput != nil && o.unit > 0 && !o.beyond(x) {
			ps = append(ps, point{x, *r.Goodput / o.unit})
		}
	}
	return ps
}

// last is the highest value that is drawn.
func (o offered) last() float64 {
	last := 0.0
	for _, r := range o.strategies() {
		for _, p := range o.goodput(r) {
			last = max(last, p.x)
		}
	}
	return last
}

// keeps is up to where a strategy keeps up; NaN: nowhere.
func (o offered) keeps(r report.Result) float64 {
	up := math.NaN()
	for _, p := range ascending(o.goodput(r)) {
		if p.y < keepsUp*p.x {
			break
		}
		up = p.x
	}
	return up
}

func (o offered) headline() string {
	var best runs
	var falls []string
	most, last := math.Inf(-1), o.last()
	for _, r := range o.strategies() {
		ps := ascending(o.goodput(r))
		switch up := o.keeps(r); {
		case up > most:
			most, best = up, runs{r}
		case up == most:
			best = append(best, r)
		}
		if end := at(last, ps); end < collapsed*peak(ps) {
			falls = append(falls, fmt.Sprintf("%s falls to %s", r.Strategy, o.format(end)+o.behind))
		}
	}
	if len(best) == 0 {
		return "Nobody keeps up with what is offered"
	}
	line := best.names() + " keeps up longest with what is offered, up to "
	switch {
	case len(o.strategies()) == 1:
		line = best.names() + " keeps up with what is offered up to "
	case len(best) == len(o.strategies()):
		line = "All keep up with what is offered up to "
	case len(best) > 1:
		line = best.names() + " keep up longest with what is offered, up to "
	}
	line += o.format(most) + o.behind
	if few := 3; len(falls) > few {
		return fmt.Sprintf("%s; %d strategies collapse", line, len(falls))
	}
	return strings.Join(append([]string{line}, falls...), "; ")
}

// panel has one group in colour, in front of the diagonal.
func (o offered) panel(group string, cs []curve) panel {
	lo, hi, top := math.Inf(1), 0.0, 0.0
	for _, c := range cs {
		for _, p := range c.points {
			lo, hi, top = min(lo, p.x), max(hi, p.x), max(top, p.y)
		}
	}
	if lo >= hi {
		lo = 0
	}
	end := hi
	if o.capacity > 0 {
		end = min(hi, 1.1*o.capacity)
	}
	var below []plot.Plotter
	for _, c := range of(group, cs) {
		below = append(below, o.spread(c))
	}
	below = append(below, &plotter.Line{XYs: plotter.XYs{{X: lo, Y: lo}, {X: end, Y: end}}, LineStyle: diagonal().line})
	if o.capacity > 0 && hi > o.capacity {
		below = append(below, &plotter.Line{XYs: plotter.XYs{{X: lo, Y: o.capacity}, {X: hi, Y: o.capacity}}, LineStyle: ceiling().line})
	}
	marks := ticks(evenly(5), o.format)
	p := newPanel(axis{o.x, marks}, axis{o.y, marks}, inFront(group, cs), always, below...)
	room := 0.02 * (hi - lo)
	p.X.Min, p.X.Max = max(0, lo-room), hi+room
	p.Y.Min, p.Y.Max = 0, max(top, end)*headroom
	return p
}

// spread are the intervals of a curve.
func (o offered) spread(c curve) spread {
	band := spread{color: c.look.line.Color}
	goodput, _ := report.FigureNamed("goodput")
	for _, r := range o.of(c.run.Strategy) {
		x, is := r.Swept.Value.(float64)
		if is && r.CI95 != nil && r.CI95.Goodput != nil && !o.beyond(x) {
			ci := goodput.Possible(*r.CI95.Goodput)
			band.reaches = append(band.reaches, reach{x, ci[0] / o.unit, ci[1] / o.unit})
		}
	}
	return band
}

// ascending are points in the order of what is offered.
func ascending(ps []point) []point {
	return slices.SortedStableFunc(slices.Values(ps), func(a, b point) int { return cmp.Compare(a.x, b.x) })
}

func diagonal() look {
	return look{line: draw.LineStyle{Color: color.Gray{Y: 120}, Width: vg.Points(1), Dashes: []vg.Length{4, 3}}}
}

func ceiling() look {
	return look{line: draw.LineStyle{Color: color.Gray{Y: 120}, Width: vg.Points(1), Dashes: []vg.Length{1.5, 2.5}}}
}
