package plots

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"

	"waza/report"
	"waza/report/document"
)

// mostColumns is how many strategies have a column each, and how many of more are overlaid on a pair of axes.
const mostColumns = 5

// The sizes of the panels, which stand one above the other.
const (
	stripHeight vg.Length = 122 // with what is around it
	columnWidth vg.Length = 225
)

// overTime shows what happens in the course of the runs: latency, answers by verdict, how many requests are in the system and, where it
// changes, how many workers there are. Faults are shaded. Few strategies have a column each. More are overlaid, with success and the rest
// of the verdicts.
func overTime(rs runs) figure {
	f := figure{
		subject: "Latency, answers and requests in the system over time",
		empty:   "No request was decided.",
		caption: rs.leftOut(inSystem, "no request was decided"),
		guide:   "Each strategy has a column. All columns have the same axes.",
	}
	rs = slices.DeleteFunc(slices.Clone(rs), func(r report.Result) bool { return len(inSystem(r)) == 0 })
	if len(rs) == 0 {
		return f
	}
	v := rs.view()
	strips, parts := v.stripsApart(), rs.apart
	if len(rs) > mostColumns {
		strips, parts = v.stripsTogether(), rs.together
		f.guide = "Each part has some strategies in colour, in front of all the others in grey. All parts have the same axes."
	}
	if tail := v.percentiles[len(v.percentiles)-1]; tail.share < 1 {
		f.headline = rs.lowest("peak "+tail.name+" over time", inTime, tail.peak)
	}
	var zeros bool
	f.facets, zeros = v.facets(strips, parts(v, strips))
	f.layout = layout{columns: mostColumns, least: vg.Length(len(f.facets[0].panels)) * stripHeight, width: columnWidth}
	if zeros {
		f.caption = append(f.caption, "Zero, which has no place on a logarithmic axis, is drawn at its bottom.")
	}
	f.caption = append(f.caption, v.captions(rs)...)
	return f
}

// A view is what all facets of a figure over time have in common.
type view struct {
	end         float64      // of the axis of time, in seconds
	percentiles []percentile // of latency that are drawn, the highest last
	per         span         // unit of rates
	pooled      bool         // the number of workers changes
}

// muchLonger is how many times the middle one a run must be for its end to be left out: a strategy that is still emptying its queues would
// press all the others together.
const muchLonger = 3

// view finds out what suits the runs.
func (rs runs) view() view {
	v := view{percentiles: rs.percentiles()}
	var ends []float64
	highest := 0.0
	for _, r := range rs {
		ends = append(ends, decided(r))
		rows, _ := complete(r)
		for _, row := range rows {
			highest = max(highest, row.RatePerSecond, row.Verdicts.Succeeded, unsuccessful(row))
			v.pooled = v.pooled || row.Workers != r.Series[0].Workers
		}
	}
	v.per = rateUnit(highest)
	v.end = withoutOutliers(muchLonger, ends)
	return v
}

// captions are what is to be known beside the picture.
func (v view) captions(rs runs) []string {
	lines := []string{"Latencies are of the requests that began at that time and succeeded; a curve is broken where they were too few. Answers count when they come."}
	if v.percentiles[0].share == 1 {
		lines[0] = "There are too few requests for percentiles over time: each mark is the slowest of the requests that began about then and succeeded."
	}
	var beyond []string
	for _, r := range rs {
		if last := decided(r); last > v.end {
			end := spanOf(v.end)
			beyond = append(beyond, fmt.Sprintf("%s until %s", r.Strategy, end.tell(document.Significant(last, 3))))
		}
	}
	if len(beyond) > 0 {
		lines = append(lines, "Beyond the right end of the axis: "+strings.Join(beyond, ", ")+".")
	}
	lines = append(lines, rs.lost()...)
	lines = append(lines, unclear(shadesOf(rs.longest(), v.end))...)
	lines = append(lines, unseen(rs.longest())...)
	lines = append(lines, rs.proxies()...)
	return append(lines, rs.warnings()...)
}

// lost says why a run that loses requests has ever more in the system: their requesters wait until the run is cut, and that is their verdict.
func (rs runs) lost() []string {
	var of []string
	for _, r := range rs {
		if n := r.Requests.Lost; n > 0 {
			of = append(of, fmt.Sprintf("%s %s", r.Strategy, document.Number(n)))
		}
	}
	if len(of) == 0 {
		return nil
	}
	return []string{"Requests that are lost stay in the system until the run is cut, for nothing tells their requesters: " + strings.Join(of, ", ") + "."}
}

// A part becomes a facet: the curves of each strip, and the faults that are shaded behind them.
type part struct {
	title  string
	curves [][]curve // by strip
	legend legend
	faults shading
}

// apart makes a part of each run.
func (rs runs) apart(v view, strips []strip) []part {
	var parts []part
	for _, r := range rs {
		p := part{faults: shadesOf(r, v.end), legend: legend{columns: []string{"highest"}}}
		if len(rs) > 1 {
			p.title = drawable(r.Strategy)
		}
		for _, s := range strips {
			var cs []curve
			for _, of := range s.sources {
				if ps := of.points(r); len(ps) > 0 {
					c := curve{name: of.name, look: of.look, points: ps, run: r}
					cs = append(cs, c)
					p.legend.entries = append(p.legend.entries, entry{c.look, c.name, []string{s.format(highest(c))}})
				}
			}
			p.curves = append(p.curves, cs)
		}
		p.legend.entries = append(p.legend.entries, faultEntries(r)...)
		parts = append(parts, p)
	}
	return parts
}

// together makes parts of few runs each. In each of them those stand in front of all the others.
func (rs runs) together(v view, strips []strip) []part {
	tail := v.percentiles[len(v.percentiles)-1]
	order := column{"highest " + tail.name, func(c curve) float64 { return tail.peak(c.run) }, inTime}
	handfuls := rs.handfuls()
	var named []curve
	for number, g := range handfuls {
		for i, r := range g.runs {
			look := lookOf(i, len(g.runs)).unmarked()
			named = append(named, curve{name: drawable(r.Strategy), group: strconv.Itoa(number), look: look, run: r})
		}
	}
	last := rs.longest()
	var parts []part
	for number, g := range handfuls {
		key := strconv.Itoa(number)
		p := part{title: g.name, faults: shadesOf(last, v.end)}
		for _, s := range strips {
			cs := replaced(named, func(i int, _ []point) []point { return s.sources[0].points(named[i].run) })
			cs = slices.DeleteFunc(cs, func(c curve) bool { return len(c.points) == 0 })
			p.curves = append(p.curves, inFront(key, cs))
		}
		p.legend = legendOf(of(key, named), "highest "+tail.name+" first", highestFirst, order, success())
		p.legend.entries = append(p.legend.entries, faultEntries(last)...)
		parts = append(parts, p)
	}
	return parts
}

// handfuls parts the groups of runs until none has more than can be told apart here.
func (rs runs) handfuls() []group {
	var gs []group
	for _, g := range rs.groups() {
		n := (len(g.runs) + mostColumns - 1) / mostColumns
		each := (len(g.runs) + n - 1) / n
		for rest := range slices.Chunk(g.runs, each) {
			gs = append(gs, group{g.name, rest})
		}
	}
	return gs
}

// facets draws the parts, with the same axes. A strip for which no run has anything is left out. zeros tells whether there are some on a
// logarithmic axis.
func (v view) facets(strips []strip, parts []part) (fs []facet, zeros bool) {
	fs = make([]facet, len(parts))
	for j, p := range parts {
		fs[j] = facet{title: p.title, legend: p.legend}
	}
	for i, s := range strips {
		var all []curve
		for _, p := range parts {
			all = append(all, p.curves[i]...)
		}
		if len(all) == 0 {
			continue
		}
		scale := s.suit(all)
		zeros = zeros || scale.log && slices.ContainsFunc(all, func(c curve) bool { return slices.ContainsFunc(c.points, point.zero) })
		for j, p := range parts {
			fs[j].panels = append(fs[j].panels, v.panel(s, scale, p.curves[i], p.faults))
		}
	}
	for j := range fs { // only the lowest panel says what the axis of all is
		for i := range fs[j].panels[:len(fs[j].panels)-1] {
			p := &fs[j].panels[i]
			p.X.Tick.Marker, p.xLabel = bareTicks{p.X.Tick.Marker}, ""
		}
	}
	return fs, zeros
}

func (v view) panel(s strip, scale scale, cs []curve, faults shading) panel {
	p := newPanel(axis{"time since the start", timeTicks(3)}, axis{scale.label(s.what), scale.ticks(s.format)},
		scale.within(cs), always, faults)
	p.X.Min, p.X.Max = 0, v.end
	p.Y.Min, p.Y.Max = scale.bottom, scale.top
	if scale.log {
		p.Y.Scale = plot.LogScale{}
	}
	return p
}
