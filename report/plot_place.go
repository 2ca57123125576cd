package report

import (
	"cmp"
	"slices"
)

// rankedPoints is how many points of a sorted curve are drawn: no more could be told apart.
const rankedPoints = 500

// ranked sorts the values of each curve, highest first, over their rank from 1: of a thousand workers the ids say nothing,
// and it is in the shape of the sorted curve that strategies differ.
func ranked(cs []curve) []curve {
	return place(cs, func(_ int, ps []point) []point {
		sorted := slices.SortedFunc(slices.Values(ps), func(a, b point) int { return cmp.Compare(b.y, a.y) })
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
	return place(cs, func(i int, ps []point) []point {
		moved := slices.Clone(ps)
		for j := range moved {
			moved[j].x += spread * (float64(i) + 0.5 - float64(len(cs))/2) / float64(len(cs))
		}
		return moved
	})
}

// steps makes each value as wide as its worker's part of the axis.
func steps(cs []curve) []curve {
	return place(cs, func(_ int, ps []point) []point {
		var wide []point
		for _, p := range ps {
			wide = append(wide, point{p.x - 0.5, p.y}, point{p.x + 0.5, p.y})
		}
		return wide
	})
}

// place returns the curves with their points replaced.
func place(cs []curve, by func(i int, ps []point) []point) []curve {
	placed := slices.Clone(cs)
	for i := range placed {
		placed[i].points = by(i, cs[i].points)
	}
	return placed
}
