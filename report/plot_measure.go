package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"gonum.org/v1/plot"
)

// Workers are drawn by id as long as the eye can follow a line from one to the next; beyond, each curve is sorted.
const mostWorkersByID = 30

// A measure is one figure of all workers, drawn from 0.
type measure struct {
	frame
	label      string
	unit       string
	fair, runs []curve // as they lie in the plot
	top        float64
	above      []string // for the caption: who lies above the axis
}

// measure lays the curves out by id or sorted.
func (d Document) measure(what, unit string, fair, runs []curve) measure {
	m := measure{frame: d.frame(what), label: what, unit: unit}
	m.top = ceiling(m.outlier, runs)
	for _, c := range fair {
		m.top = max(m.top, headroom*peak(c.points))
	}
	if m.above = above(m.top, what, unit, runs); len(m.above) > 0 {
		m.label += " (cut)"
	}
	if d.byID() {
		m.fair, m.runs = steps(fair), sideBySide(below(m.top, runs))
	} else {
		m.fair, m.runs = ranked(fair), ranked(runs)
	}
	return m
}

// panel shows a group. The fair curve lies below all others.
func (m measure) panel(group string) (panel, error) {
	p := newPanel(m.xLabel, m.label, m.ticks, evenTicks{m.unit})
	if err := p.addCurves(slices.Concat(m.fair, inFront(group, m.runs)), always); err != nil {
		return p, err
	}
	p.X.Min, p.X.Max = m.first-0.5, m.last+0.5 // the same in all panels
	p.Y.Min, p.Y.Max = 0, m.top
	return p, nil
}

// A frame is the axes of a measure without their curves.
type frame struct {
	xLabel      string
	ticks       plot.Ticker
	first, last float64 // worker
	outlier     float64 // a curve so many times as high as that in the middle is cut off
}

// frame suits the axes to the size of the panels: in those of many groups there is room for fewer ticks, and what is flat
// is flatter still.
func (d Document) frame(what string) frame {
	n := float64(d.workers())
	switch {
	case d.byID():
		return frame{"worker id", wholeTicks{}, 0, n - 1, 20}
	case len(d.groups()) > 1:
		return frame{"workers, highest first", rankTicks{2.2}, 1, n, 6}
	}
	return frame{fmt.Sprintf("workers sorted by %s, highest first, for each strategy on its own", what), rankTicks{6}, 1, n, 20}
}

// byID tells whether workers are drawn by id.
func (d Document) byID() bool {
	return d.workers() <= mostWorkersByID && len(d.Runs) <= mostRunsTogether
}

// workers returns one more than the largest id of a worker.
func (d Document) workers() int {
	var n int
	for _, r := range d.Runs {
		for _, w := range r.Workers {
			n = max(n, w.ID+1)
		}
	}
	return n
}

// above names, for the caption, who lies above the end of an axis, and how high.
func above(top float64, what, unit string, cs []curve) []string {
	var names []string
	for _, c := range slices.SortedStableFunc(slices.Values(cs), byPeak) {
		if highest := peak(c.points); highest > top {
			names = append(names, fmt.Sprintf("%s up to %s%s", c.name, decimal(highest, 3), unit))
		}
	}
	if len(names) == 0 {
		return nil
	}
	return []string{fmt.Sprintf("Above the axis of %s: %s.", what, strings.Join(names, ", "))}
}

// byPeak orders curves by their highest value, highest first.
func byPeak(a, b curve) int { return cmp.Compare(peak(b.points), peak(a.points)) }

// below leaves out the points above the axis: a line that comes down from them looks like data. A curve that keeps its
// place beside the others may be left with none.
func below(top float64, cs []curve) []curve {
	cut := slices.Clone(cs)
	for i := range cut {
		cut[i].points = slices.DeleteFunc(slices.Clone(cut[i].points), func(p point) bool { return p.y > top })
	}
	return cut
}

// headroom is left above the highest curve.
const headroom = 1.05

// ceiling returns the upper end of an axis from 0. One strategy in overload would press all the others flat: while the
// highest curve is an outlier, so many times as high as that in the middle, the axis does without it.
func ceiling(outlier float64, cs []curve) float64 {
	var tops []float64
	for _, c := range cs {
		tops = append(tops, peak(c.points))
	}
	slices.Sort(tops)
	if len(tops) == 0 || tops[len(tops)-1] <= 0 {
		return 1
	}
	middle := tops[(len(tops)-1)/2]
	for last := tops[len(tops)-1]; middle > 0 && last > outlier*middle; last = tops[len(tops)-1] {
		tops = tops[:len(tops)-1]
	}
	return tops[len(tops)-1] * headroom
}
