package plots

import (
	"fmt"
	"slices"
	"strings"

	"waza/report/document"
)

// Workers are drawn by id as long as the eye can follow a line from one to the next; beyond, each curve is sorted.
const mostWorkersByID = 30

// A measure is one figure of all workers, drawn from 0.
type measure struct {
	x, y        axis
	first, last float64  // worker
	top         float64  // end of the vertical axis
	fair, runs  []curve  // as they lie in the plot
	above       []string // for the caption: the curves above the axis
}

// measure lays the curves out by id or sorted, and suits the axes to the size of the panels: in those of many groups there
// is room for fewer ticks, and what is flat is flatter still.
func (rs runs) measure(what, unit string, fair, cs []curve) measure {
	n, outlier := float64(rs.workers()), 20.0
	byID := rs.workers() <= mostWorkersByID && len(rs) <= mostRunsTogether
	m := measure{y: axis{what, evenTicks(unit)}, first: 1, last: n}
	switch {
	case byID:
		m.x, m.first, m.last = axis{"worker id", wholeTicks()}, 0, n-1
	case len(rs.groups()) > 1:
		m.x, outlier = axis{"workers, highest first", rankTicks(2.2)}, 6
	default:
		m.x = axis{fmt.Sprintf("workers sorted by %s, highest first, for each strategy on its own", what), rankTicks(6)}
	}
	m.top = ceiling(outlier, cs)
	for _, c := range fair {
		m.top = max(m.top, headroom*peak(c.points))
	}
	if m.above = above(m.top, what, unit, cs); len(m.above) > 0 {
		m.y.label += " (cut)"
	}
	if byID {
		m.fair, m.runs = steps(fair), sideBySide(below(m.top, cs))
	} else {
		m.fair, m.runs = ranked(fair), ranked(cs)
	}
	return m
}

// panel shows a group. The fair curve lies below all others.
func (m measure) panel(group string) panel {
	p := newPanel(m.x, m.y, slices.Concat(m.fair, inFront(group, m.runs)), always)
	p.X.Min, p.X.Max = m.first-0.5, m.last+0.5 // the same in all panels
	p.Y.Min, p.Y.Max = 0, m.top
	return p
}

// above names, for the caption, the strategies that reach above the end of an axis, and says how high they reach.
func above(top float64, what, unit string, cs []curve) []string {
	var names []string
	for _, c := range ordered(cs, highestFirst, highest) {
		if y := highest(c); y > top {
			names = append(names, fmt.Sprintf("%s up to %s%s", c.name, document.Decimal(y, 3), unit))
		}
	}
	if len(names) == 0 {
		return nil
	}
	return []string{fmt.Sprintf("Above the axis of %s: %s.", what, strings.Join(names, ", "))}
}

// below leaves out the points above the axis: a line that comes down from them looks like data. A curve that keeps its
// place beside the others may be left with none.
func below(top float64, cs []curve) []curve {
	return replaced(cs, func(_ int, ps []point) []point {
		return slices.DeleteFunc(slices.Clone(ps), func(p point) bool { return p.y > top })
	})
}

// headroom is left above the highest curve.
const headroom = 1.05

// ceiling returns the upper end of an axis from 0. One strategy in overload would press all the others flat: while the
// highest curve is an outlier, so many times as high as that in the middle, the axis does without it.
func ceiling(outlier float64, cs []curve) float64 {
	var tops []float64
	for _, c := range cs {
		tops = append(tops, highest(c))
	}
	slices.Sort(tops)
	if len(tops) == 0 || tops[len(tops)-1] <= 0 {
		return 1
	}
	middle := tops[(len(tops)-1)/2]
	for middle > 0 && tops[len(tops)-1] > outlier*middle {
		tops = tops[:len(tops)-1]
	}
	return tops[len(tops)-1] * headroom
}

// rankedPoints is how many points of a sorted curve are drawn: no more could be told apart.
const rankedPoints = 500

// ranked sorts the values of each curve, highest first, over their rank from 1: of a thousand workers the ids say nothing,
// and it is in the shape of the sorted curve that strategies differ.
func ranked(cs []curve) []curve {
	return replaced(cs, func(_ int, ps []point) []point {
		sorted := slices.SortedFunc(slices.Values(ps), func(a, b point) int { return highestFirst(a.y, b.y) })
		for i := range sorted {
			sorted[i].x = float64(i + 1)
		}
		return thinned(sorted, rankedPoints)
	})
}

// thinned keeps at most so many points, evenly spaced and with both ends.
func thinned(ps []point, limit int) []point {
	if len(ps) <= limit {
		return ps
	}
	kept := make([]point, limit)
	for i := range kept {
		kept[i] = ps[i*(len(ps)-1)/(limit-1)]
	}
	return kept
}

// sideBySide moves each curve a little to the side of the worker's id, so that equal values do not hide each other.
func sideBySide(cs []curve) []curve {
	const spread = 0.5 // of the way from one id to the next
	return replaced(cs, func(i int, ps []point) []point {
		moved := slices.Clone(ps)
		for j := range moved {
			moved[j].x += spread * (float64(i) + 0.5 - float64(len(cs))/2) / float64(len(cs))
		}
		return moved
	})
}

// steps makes each value as wide as its worker's part of the axis.
func steps(cs []curve) []curve {
	return replaced(cs, func(_ int, ps []point) []point {
		var wide []point
		for _, p := range ps {
			wide = append(wide, point{p.x - 0.5, p.y}, point{p.x + 0.5, p.y})
		}
		return wide
	})
}
