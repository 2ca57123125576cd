package report

import (
	"cmp"
	"slices"
)

// mostRunsTogether is how many curves one pair of axes holds before nobody can tell them apart. More are parted into
// groups, each with axes of its own.
const mostRunsTogether = 10

// groupGuide says how to read a figure of several groups.
const groupGuide = "In each part one group of strategies is in colour, in front of all the others in grey. All parts have the same axes."

// A group is the runs that stand in colour in one facet of a figure.
type group struct {
	name string // empty: there is one group only, or the strategies belong to none
	runs []Result
}

// groups parts the runs by what their strategies go by, in the order of the table of strategies. Few runs stay together.
func (d Document) groups() []group {
	if len(d.Runs) <= mostRunsTogether {
		return []group{{runs: d.Runs}}
	}
	byPlace := func(a, b Result) int { return cmp.Compare(a.Place, b.Place) }
	var gs []group
	for _, r := range slices.SortedStableFunc(slices.Values(d.Runs), byPlace) {
		i := slices.IndexFunc(gs, func(g group) bool { return g.name == r.Group })
		if i < 0 {
			i, gs = len(gs), append(gs, group{name: r.Group})
		}
		gs[i].runs = append(gs[i].runs, r)
	}
	return gs
}

// curves takes one curve from each run that has the data, group by group.
func (d Document) curves(data func(Result) []point) []curve {
	var cs []curve
	for _, g := range d.groups() {
		for i, r := range g.runs {
			if ps := data(r); len(ps) > 0 {
				cs = append(cs, curve{name: r.Strategy, group: g.name, look: lookOf(i, len(g.runs)), points: ps})
			}
		}
	}
	return cs
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
