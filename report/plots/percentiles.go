package plots

import (
	"fmt"
	"slices"

	"gonum.org/v1/plot"

	"waza/report"
)

// percentiles compares the tails: latency by percentile, both axes logarithmic.
func percentiles(rs runs) figure {
	cs := rs.curves(latencyCurve)
	f := figure{
		headline: "Latency by percentile",
		layout:   tall,
		empty:    "No strategy has the 20 measured, succeeded requests that a median needs.",
		caption:  rs.leftOut(latencyCurve, "fewer than 20 measured requests succeeded"),
	}
	for _, group := range groupsOf(cs) {
		p := newPanel(axis{"percentile of requests", percentileTicks()}, axis{"latency (log scale)", latencyTicks()},
			inFront(group, cs), labelledPercentile)
		const leastEnd = 100 // the axis reaches the 99th percentile even where no curve does
		p.X.Min, p.X.Max = 2, max(p.X.Max, leastEnd)
		p.Y.Min, p.Y.Max = widened(p.Y.Min, p.Y.Max)
		p.X.Scale, p.Y.Scale = plot.LogScale{}, plot.LogScale{}
		f.facets = append(f.facets, facet{group, []panel{p}, tailLegend(of(group, cs), tail(cs))})
	}
	return f
}

// lastOneIn is the last percentile drawn, 99.99 %, as "one request in so many is slower".
const lastOneIn = 10_000

// latencyCurve is latency by percentile. x is k = 1/(1−p), "one request in k is slower", from 2 (the median) upwards;
// y is the latency in seconds. Like the table's percentiles, it ends where fewer than ten samples lie beyond; so fewer than
// 20 requests make no curve.
func latencyCurve(r report.Result) []point {
	if r.Latency == nil {
		return nil
	}
	var ps []point
	for _, k := range oneIn() {
		if latency := r.Latency.Figure(1 - 1/k); latency != nil {
			ps = append(ps, point{k, positive(*latency)})
		}
	}
	return ps
}

// oneIn returns the k at which a latency curve is sampled: Renard's R10 series, ten to a decade and nearly evenly spaced
// on a logarithmic axis, which hits 2, 10, 100, 1000 and 10000 exactly.
func oneIn() []float64 {
	var ks []float64
	for decade := 1.0; decade <= lastOneIn; decade *= 10 {
		for _, m := range [...]float64{1, 1.25, 1.6, 2, 2.5, 3.15, 4, 5, 6.3, 8} {
			if k := m * decade; k >= 2 && k <= lastOneIn {
				ks = append(ks, k)
			}
		}
	}
	return ks
}

// positive is a latency in seconds for a logarithmic axis, which has no place for 0: that is drawn as one nanosecond.
func positive(seconds float64) float64 { return max(seconds, 1e-9) }

// labelledOneIn are the k that the axis labels and that curves are marked at.
var labelledOneIn = [...]float64{2, 10, 100, 1000, lastOneIn}

func labelledPercentile(p point) bool { return slices.Contains(labelledOneIn[:], p.x) }

// percentileTicks marks an axis of k = 1/(1−p) with p.
func percentileTicks() plot.Ticker {
	return ticks(func(lo, hi float64) []float64 {
		return slices.DeleteFunc(slices.Clone(labelledOneIn[:]), func(k float64) bool { return k < lo || k > hi })
	}, func(k float64) string { return number(100-100/k) + " %" })
}

// tail returns where the tails are compared, as k of a latency curve: at p99, or at the highest percentile that all reach.
func tail(cs []curve) float64 {
	k := 100.0
	for _, c := range cs {
		for k > 2 && c.points[len(c.points)-1].x < k {
			k = max(k/10, 2)
		}
	}
	return k
}

// tailLegend orders the entries as the curves lie in the plot, at k.
func tailLegend(cs []curve, k float64) legend {
	return legendOf(cs, fmt.Sprintf("p%.0f, highest first", 100-100/k), highestFirst, inTime, func(c curve) float64 {
		return c.points[slices.IndexFunc(c.points, func(p point) bool { return p.x == k })].y
	})
}
