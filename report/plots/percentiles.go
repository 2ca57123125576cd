package plots

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/plot"

	"waza/report"
)

// percentiles compares the tails: latency by percentile, both axes logarithmic.
func percentiles(rs runs) figure {
	cs := rs.curves(latencyCurve)
	k := tail(cs)
	f := figure{
		subject: "Latency by percentile" + rs.pooled(),
		layout:  tall,
		empty:   "No strategy has the 20 measured, succeeded requests that a median needs.",
		caption: rs.leftOut(latencyCurve, "fewer than 20 measured requests succeeded"),
	}
	f.headline = rs.lowest(percentileName(k), inTime, func(r report.Result) float64 { return tailOf(k, r) })
	if rs.seeds() != "" {
		f.subject += " (bars: 95 % intervals of the means over the seeds)"
	}
	lo, hi := latencyRange(cs)
	lo, hi = withWhiskers(lo, hi, cs)
	xLabel, yLabel := "percentile of requests", "latency (log scale)"
	if rs.failed() {
		xLabel = "percentile of requests that succeeded"
	}
	if names := beyond(hi, cs, func(p point) float64 { return p.y }, inTime); names != "" {
		yLabel = "latency (log scale, cut)"
		f.caption = append(f.caption, "Above the axis of latency: "+names+".")
	}
	f.caption = append(f.caption, rs.warnings()...)
	for _, group := range groupsOf(cs) {
		p := newPanel(axis{xLabel, percentileTicks()}, axis{yLabel, latencyTicks()}, inFront(group, cs), labelledPercentile)
		const leastEnd = 100 // the axis reaches the 99th percentile even where no curve does
		p.X.Min, p.X.Max = 2, max(p.X.Max, leastEnd)
		p.Y.Min, p.Y.Max = widened(lo, hi)
		p.X.Scale, p.Y.Scale = plot.LogScale{}, plot.LogScale{}
		p.Add(tailWhiskers(of(group, cs)))
		f.facets = append(f.facets, facet{group, []panel{p}, tailLegend(of(group, cs), k)})
	}
	return f
}

// latencyRange returns the ends of the axis: it does without curves that are outliers.
func latencyRange(cs []curve) (lo, hi float64) {
	var tops []float64
	lo = math.Inf(1)
	for _, c := range cs {
		tops = append(tops, highest(c))
		for _, p := range c.points {
			lo = min(lo, p.y)
		}
	}
	return lo, withoutOutliers(latencyOutlier, tops)
}

// latencyOutlier is how many times the middle a latency must be for its curve to be cut. On a logarithmic axis that is far.
const latencyOutlier = 20

// lastOneIn is the last percentile drawn, 99.99 %, as "one request in so many is slower".
const lastOneIn = 10_000

// jump is how many times the one before a latency must be for the curve to show a step between them.
const jump = 1.05

// latencyCurve is latency by percentile. x is k = 1/(1−p), "one request in k is slower", from 2 (the median) upwards;
// y is the latency in seconds. Like the table's percentiles, it ends where fewer than ten samples lie beyond; so fewer than
// 20 requests make no curve. Where it rises steeply there are more points than at the k that are sampled, and each jump is where it is.
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
	if len(ps) == 0 {
		return nil
	}
	ps = append(ps, rises(r.Latency, ps[len(ps)-1].x)...)
	slices.SortFunc(ps, func(a, b point) int { return cmp.Or(cmp.Compare(a.x, b.x), cmp.Compare(a.y, b.y)) })
	return slices.Compact(ps)
}

// rises returns the points of a latency curve up to the last k at which it has risen by a jump since the one before: two of them, one
// above the other, where it does so at once.
func rises(d *report.Distribution, last float64) []point {
	var ps []point
	n := float64(d.Count())
	before, drawn, k := math.Inf(1), math.Inf(1), 0.0 // k: where the latency before ends
	for latency, upTo := range d.Steps() {
		end := n / (n - float64(upTo))
		switch {
		case k < 2 || k > last:
			drawn = latency
		case latency > jump*before || d.Count() <= fewSamples:
			ps = append(ps, point{k, positive(before)}, point{k, positive(latency)})
			drawn = latency
		case latency > jump*drawn && end <= last:
			ps = append(ps, point{end, positive(latency)})
			drawn = latency
		}
		before, k = latency, end
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

func percentileName(k float64) string { return fmt.Sprintf("p%.0f", 100-100/k) }

// tail returns where the tails are compared, as k of a latency curve: at p99, or at the highest percentile that any reaches.
func tail(cs []curve) float64 {
	for _, k := range []float64{100, 10} {
		if slices.ContainsFunc(cs, func(c curve) bool { return !math.IsNaN(at(k, c.points)) }) {
			return k
		}
	}
	return 2
}

// at returns the latency at k, the lower one where it jumps there: that is the percentile. NaN: the curve does not reach it.
func at(k float64, ps []point) float64 {
	if i := slices.IndexFunc(ps, func(p point) bool { return p.x == k }); i >= 0 {
		return ps[i].y
	}
	return math.NaN()
}

// tailLegend orders the entries as the curves lie in the plot, at k.
func tailLegend(cs []curve, k float64) legend {
	name := percentileName(k)
	columns := []column{{name, func(c curve) float64 { return tailOf(k, c.run) }, inTime}}
	if slices.ContainsFunc(cs, func(c curve) bool { return !math.IsNaN(halfWidth(k, c.run)) }) {
		columns = append(columns, column{"± 95 %", func(c curve) float64 { return halfWidth(k, c.run) }, inTime})
	}
	return legendOf(cs, "highest "+name+" first", highestFirst, append(columns, success())...)
}
