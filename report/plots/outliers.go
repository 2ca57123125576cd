package plots

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// One strategy in overload would press all the others together. So an axis does without curves that are outliers: what of
// them lies on it is drawn, and the caption names them and says how far they reach.

// withoutOutliers returns the highest of the ends of curves that is no outlier: at most so many times that in the middle.
func withoutOutliers(outlier float64, tops []float64) float64 {
	tops = slices.Sorted(slices.Values(tops))
	if len(tops) == 0 {
		return 0
	}
	middle := tops[(len(tops)-1)/2]
	for middle > 0 && tops[len(tops)-1] > outlier*middle {
		tops = tops[:len(tops)-1]
	}
	return tops[len(tops)-1]
}

// beyond names the curves that reach beyond the end of an axis, the farthest first. Empty: there are none.
func beyond(end float64, cs []curve, value func(point) float64, format func(float64) string) string {
	var names []string
	for _, c := range ordered(cs, highestFirst, func(c curve) float64 { _, hi := extent(c, value); return hi }) {
		switch lo, hi := extent(c, value); {
		case lo > end && format(lo) != format(hi):
			names = append(names, fmt.Sprintf("%s from %s to %s", c.name, format(lo), format(hi)))
		case lo > end:
			names = append(names, fmt.Sprintf("%s at %s", c.name, format(hi)))
		case hi > end && format(hi) != format(end):
			names = append(names, fmt.Sprintf("%s up to %s", c.name, format(hi)))
		}
	}
	return strings.Join(names, ", ")
}

// extent returns the least and the largest value of a curve.
func extent(c curve, value func(point) float64) (lo, hi float64) {
	lo, hi = math.Inf(1), math.Inf(-1)
	for _, p := range c.points {
		lo, hi = min(lo, value(p)), max(hi, value(p))
	}
	return lo, hi
}
