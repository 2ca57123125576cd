package plots

import (
	"math"
	"slices"

	"gonum.org/v1/plot"

	"waza/internal/option"
	"waza/report/document"
)

// A span is a unit of time, in which people tell how far into a run something happens, or how often.
type span struct {
	name    string
	seconds float64
}

// spanOf returns the largest unit of which there are at least three in a time: ticks at round numbers of it lie well.
func spanOf(seconds float64) span {
	const least = 3
	for _, s := range []span{{"d", 86400}, {"h", 3600}, {"min", 60}, {"s", 1}, {"ms", 1e-3}, {"µs", 1e-6}} {
		if seconds >= least*s.seconds {
			return s
		}
	}
	return span{"ns", 1e-9}
}

// tell writes a time.
func (s span) tell(seconds float64) string {
	return document.Decimal(seconds/s.seconds, labelDigits) + " " + s.name
}

// timeTicks marks a linear axis of time at round numbers of its unit, at least at so many places.
func timeTicks(least int) plot.Ticker {
	return plot.TickerFunc(func(lo, hi float64) []plot.Tick {
		s := spanOf(hi)
		marks := func(lo, hi float64) []float64 {
			scaled := linearMarks(lo/s.seconds, hi/s.seconds, least)
			for i := range scaled {
				scaled[i] *= s.seconds
			}
			return scaled
		}
		return ticks(marks, s.tell).Ticks(lo, hi)
	})
}

// rateUnit is the unit in which rates read well, the highest of which is so many per second.
func rateUnit(highest float64) span {
	const legible = 0.5
	for _, s := range []span{{"s", 1}, {"min", 60}, {"h", 3600}} {
		if highest*s.seconds >= legible || highest == 0 {
			return s
		}
	}
	return span{"d", 86400}
}

// often writes a rate, given in that unit.
func (s span) often(v float64) string { return inCount(v) + "/" + s.name }

// A scale is the vertical axis of a measure over time.
type scale struct {
	bottom, top float64
	log         bool
}

// farApart is how many times the lower quartile the highest value is where a linear axis would not do: what is usual would lie within a
// twentieth of its height, where nobody sees whether it doubles. A value that grows evenly all through a run does not come near.
const farApart = 20

// scaleOf suits an axis to values, none of which is negative: a linear one from zero, or a logarithmic one if they are far apart.
// On that a zero has no place; it is drawn at the bottom, and so is the hundredth that is lowest, which could take most of the axis.
func scaleOf(cs []curve) scale {
	var positive []float64
	highest := 0.0
	for _, c := range cs {
		for _, p := range c.points {
			if p.y > 0 {
				positive = append(positive, p.y)
			}
			highest = max(highest, orZero(p.y))
		}
	}
	if len(positive) == 0 {
		return scale{0, 1, false}
	}
	quantile := func(q float64) float64 { return sorted(positive)[int(q*float64(len(positive)-1))] }
	if highest <= farApart*quantile(0.25) {
		return scale{0, highest * headroom, false}
	}
	lo, hi := widened(quantile(0.01), highest)
	return scale{lo, hi, true}
}

func (p point) zero() bool { return p.y == 0 }

// linearFromZero is the axis of rates: that nothing at all is answered is the first thing to see, so zero must have its place.
func linearFromZero(cs []curve) scale {
	_, top := fromZero(math.Inf(1), cs)
	return scale{0, top, false}
}

// label adds to what an axis shows whether it is logarithmic.
func (s scale) label(what string) string {
	if s.log {
		return what + " (log scale)"
	}
	return what
}

// ticks marks the axis. Zero needs no unit.
func (s scale) ticks(format func(float64) string) plot.Ticker {
	if s.log {
		return ticks(latencyMarks, format)
	}
	return ticks(evenly(3), func(v float64) string {
		if v == 0 {
			return "0"
		}
		return format(v)
	})
}

// within moves what lies below a logarithmic axis to its bottom.
func (s scale) within(cs []curve) []curve {
	if !s.log {
		return cs
	}
	return replaced(cs, func(_ int, ps []point) []point {
		kept := slices.Clone(ps)
		for i := range kept {
			if kept[i].y < s.bottom { // not a gap
				kept[i].y = s.bottom
			}
		}
		return kept
	})
}

// inCount writes a number of which nobody needs more than three digits.
func inCount(v float64) string {
	v = document.Significant(v, 3)
	if v >= 1000 && v < math.MaxInt32 {
		return option.Grouped(int(v))
	}
	return document.Decimal(v, 3)
}
