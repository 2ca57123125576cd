package plots

import (
	"math"

	"waza/report"
)

// A percentile is one of latency over time; of share 1 it is the maximum.
type percentile struct {
	name  string
	share float64
}

// leastStretches is how many make a curve.
const leastStretches = 8

// percentiles are those that are drawn, the highest last: the median and p99, or p90 where the runs are too short for curves of p99. Where
// they are too short for a median, the slowest request of each part says more.
func (rs runs) percentiles() []percentile {
	long := func(p percentile) bool {
		for _, r := range rs {
			if len(p.stretches(r)) >= leastStretches {
				return true
			}
		}
		return false
	}
	median := percentile{"p50", 0.5}
	if !long(median) {
		return []percentile{{"slowest", 1}}
	}
	for _, tail := range []percentile{{"p99", 0.99}, {"p90", 0.9}} {
		if long(tail) {
			return []percentile{median, tail}
		}
	}
	return []percentile{median}
}

func (p percentile) stretches(r report.Result) []report.Stretch {
	for _, c := range r.Curves {
		if c.Share == p.share {
			return c.Stretches
		}
	}
	return nil
}

// peak is the highest value over time. NaN: there is none.
func (p percentile) peak(r report.Result) float64 {
	highest := math.NaN()
	for _, s := range p.stretches(r) {
		if !(s.Seconds <= highest) {
			highest = s.Seconds
		}
	}
	return highest
}

// points draws each value as wide as the time that it is of, and the slowest requests in the middle of it.
func (p percentile) points(r report.Result) []point {
	var ps []point
	for _, s := range p.stretches(r) {
		v := positive(s.Seconds)
		if p.share == 1 {
			ps = append(ps, point{(s.FromSeconds + s.ToSeconds) / 2, v}, point{(s.FromSeconds + s.ToSeconds) / 2, gap})
			continue
		}
		if n := len(ps); n > 0 && ps[n-1].x < s.FromSeconds {
			ps = append(ps, point{s.FromSeconds, gap})
		}
		ps = append(ps, point{s.FromSeconds, v}, point{min(s.ToSeconds, decided(r)), v})
	}
	return ps
}
