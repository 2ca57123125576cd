package plots

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"waza/report"
)

// A point is one place on a curve, in the units of its axes.
type point struct{ x, y float64 }

// A curve is what one run says in one plot.
type curve struct {
	name   string // of the strategy
	group  string
	look   look
	points []point
	run    report.Result
}

// runs are all that a picture is drawn of.
type runs []report.Result

// mostRunsTogether is how many curves one pair of axes holds before they can no longer be told apart. More are parted into
// groups, each with axes of its own.
const mostRunsTogether = 10

// A group is the runs that stand in colour in one facet of a figure.
type group struct {
	name string // empty: there is one group only, or the strategies belong to none
	runs runs
}

// groups parts the runs by what their strategies go by, in the order of the table of strategies. Few runs stay together.
func (rs runs) groups() []group {
	if len(rs) <= mostRunsTogether {
		return []group{{runs: rs}}
	}
	byPlace := func(a, b report.Result) int { return cmp.Compare(a.Place, b.Place) }
	var gs []group
	for _, r := range slices.SortedStableFunc(slices.Values(rs), byPlace) {
		i := slices.IndexFunc(gs, func(g group) bool { return g.name == r.Group })
		if i < 0 {
			i, gs = len(gs), append(gs, group{name: r.Group})
		}
		gs[i].runs = append(gs[i].runs, r)
	}
	return gs
}

// curves takes one curve from each run that has the data, group by group.
func (rs runs) curves(data func(report.Result) []point) []curve {
	var cs []curve
	for _, g := range rs.groups() {
		for i, r := range g.runs {
			if ps := data(r); len(ps) > 0 {
				cs = append(cs, curve{name: drawable(r.Strategy), group: g.name, look: lookOf(i, len(g.runs)), points: ps, run: r})
			}
		}
	}
	return cs
}

// leftOut names, for the caption, the runs that have no curve, so that they are not searched for.
func (rs runs) leftOut(data func(report.Result) []point, why string) []string {
	var names []string
	for _, r := range rs {
		if len(data(r)) == 0 {
			names = append(names, r.Strategy)
		}
	}
	if len(names) == 0 {
		return nil
	}
	return []string{fmt.Sprintf("Left out, %s: %s.", why, strings.Join(names, ", "))}
}

// groupsOf names the groups of the curves, in their order.
func groupsOf(cs []curve) []string {
	var names []string
	for _, c := range cs {
		if !slices.Contains(names, c.group) {
			names = append(names, c.group)
		}
	}
	return names
}

// of returns the curves of a group.
func of(group string, cs []curve) []curve {
	return slices.DeleteFunc(slices.Clone(cs), func(c curve) bool { return c.group != group })
}

// inFront returns all curves in the order in which to draw them where a group is shown: the others first, pale, so that
// it is seen where the group lies among all.
func inFront(group string, cs []curve) []curve {
	others := slices.DeleteFunc(slices.Clone(cs), func(c curve) bool { return c.group == group })
	for i := range others {
		others[i].look = paleLook()
	}
	return append(others, of(group, cs)...)
}

// unmarked is for curves without marks: the legend shows them without, too.
func unmarked(cs []curve) []curve {
	for i := range cs {
		cs[i].look = cs[i].look.unmarked()
	}
	return cs
}

// replaced returns the curves with other points in the place of theirs.
func replaced(cs []curve, by func(i int, ps []point) []point) []curve {
	placed := slices.Clone(cs)
	for i := range placed {
		placed[i].points = by(i, cs[i].points)
	}
	return placed
}

// peak returns the largest y, which no gap is.
func peak(ps []point) float64 {
	top := math.Inf(-1)
	for _, p := range ps {
		if p.y > top {
			top = p.y
		}
	}
	return top
}

// sorted returns the values in ascending order.
func sorted(values []float64) []float64 { return slices.Sorted(slices.Values(values)) }
