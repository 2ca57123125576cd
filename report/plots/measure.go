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
)

// Workers are drawn by id as long as the eye can follow a line from one to the next; beyond, each curve is sorted.
const mostWorkersByID = 30

// A measure is one figure of all workers, as it is drawn.
type measure struct {
	what        string
	format      func(float64) string
	x, y        axis
	first, last float64 // worker
	bottom, top float64 // ends of the vertical axis
	fair, runs  []curve // as they lie in the plot
	edges       []curve // where they are beyond the axis
	outside     string  // for the caption: the curves that reach beyond the axis
}

// A bound returns the ends of a vertical axis; an outlier is so many times the middle.
type bound func(outlier float64, cs []curve) (bottom, top float64)

// measure lays the curves out by id or sorted, and suits the axes to the size of the panels: in those of many groups there
// is room for fewer ticks, and what is flat is flatter still.
func (rs runs) measure(what string, format func(float64) string, ends bound, fair, cs []curve) measure {
	n, outlier := float64(rs.workers()), 20.0
	byID := rs.workers() <= mostWorkersByID && len(rs) <= mostRunsTogether
	m := measure{what: what, format: format, first: 1, last: n}
	switch {
	case byID:
		m.x, m.first, m.last = axis{"worker id", wholeTicks()}, 0, n-1
	case len(rs.groups()) > 1:
		m.x, outlier = axis{"workers, highest first", rankTicks(2.2)}, 6
	default:
		m.x = axis{fmt.Sprintf("workers sorted by %s, highest first, for each strategy on its own", what), rankTicks(6)}
	}
	m.bottom, m.top = ends(outlier, cs)
	if byID {
		beside := sideBySide(cs)
		m.fair, m.runs, m.edges = steps(fair), inside(m.bottom, m.top, beside), edges(m.bottom, m.top, beside)
	} else {
		m.fair, m.runs = ranked(fair), ranked(cs)
	}
	m.y = axis{what, m.ticks()}
	if m.outside = m.beyond(cs); m.outside != "" {
		m.y.label += " (cut)"
	}
	return m
}

func (m measure) ticks() plot.Ticker {
	return ticks(evenly(3), m.format)
}

// panel shows a group. The fair curve lies below all others.
func (m measure) panel(group string) panel {
	p := newPanel(m.x, m.y, slices.Concat(m.fair, inFront(group, m.runs)), always)
	p.X.Min, p.X.Max = m.first-0.5, m.last+0.5 // the same in all panels
	for _, c := range m.edges {
		ring := draw.GlyphStyle{Color: c.look.line.Color, Radius: vg.Points(4), Shape: draw.RingGlyph{}}
		p.Add(&plotter.Scatter{XYs: xys(c.points, always), GlyphStyle: ring})
	}
	p.Y.Min, p.Y.Max = m.bottom, m.top
	return p
}

// beyond names, for the caption, the strategies that reach beyond an end of the axis, and says how far and at which worker.
func (m measure) beyond(cs []curve) string {
	var names []string
	for _, c := range ordered(cs, highestFirst, func(c curve) float64 { return math.Abs(farthest(c).y) }) {
		var ends []string
		if p := lowestPoint(c); p.y < m.bottom {
			ends = append(ends, fmt.Sprintf("down to %s (worker %.0f)", m.format(p.y), p.x))
		}
		if p := highestPoint(c); p.y > m.top {
			ends = append(ends, fmt.Sprintf("up to %s (worker %.0f)", m.format(p.y), p.x))
		}
		if len(ends) > 0 {
			names = append(names, c.name+" "+strings.Join(ends, " and "))
		}
	}
	if len(names) == 0 {
		return ""
	}
	where := ""
	if m.edges != nil {
		where = " (open circles)"
	}
	return fmt.Sprintf("Beyond the axis of %s%s: %s.", m.what, where, strings.Join(names, ", "))
}

func highestPoint(c curve) point {
	return slices.MaxFunc(c.points, func(a, b point) int { return lowestFirst(a.y, b.y) })
}

func lowestPoint(c curve) point {
	return slices.MinFunc(c.points, func(a, b point) int { return lowestFirst(a.y, b.y) })
}

// farthest is the point that is farthest from 0.
func farthest(c curve) point {
	return slices.MaxFunc(c.points, func(a, b point) int { return lowestFirst(math.Abs(a.y), math.Abs(b.y)) })
}

// gap is the y of a point at which a line is broken.
var gap = math.NaN()

// inside breaks the curves where they are beyond an end of the axis: a line that comes back from there looks like data. A
// curve that keeps its place beside the others may be left with nothing but gaps.
func inside(bottom, top float64, cs []curve) []curve {
	return replaced(cs, func(_ int, ps []point) []point {
		kept := slices.Clone(ps)
		for i, p := range kept {
			if p.y < bottom || p.y > top {
				kept[i].y = gap
			}
		}
		return kept
	})
}

// edges returns the end of the axis in the place of each point beyond it: an open mark there says that the curve goes on.
func edges(bottom, top float64, cs []curve) []curve {
	return replaced(cs, func(_ int, ps []point) []point {
		var out []point
		for _, p := range ps {
			if edge := min(max(p.y, bottom), top); edge != p.y {
				out = append(out, point{p.x, edge})
			}
		}
		return out
	})
}

// headroom is left above the highest curve.
const headroom = 1.05

// fromZero is the axis of what cannot be negative.
func fromZero(outlier float64, cs []curve) (bottom, top float64) {
	var tops []float64
	for _, c := range cs {
		tops = append(tops, highest(c))
	}
	if top = withoutOutliers(outlier, tops); top <= 0 {
		return 0, 1
	}
	return 0, top * headroom
}

// aroundZero is the axis of deviations in percent. Less than five are not magnified.
func aroundZero(outlier float64, cs []curve) (bottom, top float64) {
	const least, most = 5.0, 10
	var tops []float64
	for _, c := range cs {
		tops = append(tops, max(least, math.Abs(farthest(c).y)))
	}
	limit := withoutOutliers(min(outlier, most), tops)
	bottom, top = -least, least
	for _, c := range cs {
		if math.Abs(farthest(c).y) <= limit {
			bottom, top = min(bottom, lowestPoint(c).y), max(top, highestPoint(c).y)
		}
	}
	return bottom * headroom, top * headroom
}

// whole is the axis of percentages of a whole.
func whole(float64, []curve) (bottom, top float64) { return 0, 100 * headroom }

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
