package plots

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/plot"

	"waza/report"
	"waza/report/document"
)

// distribution compares all of the latencies. Their axis is logarithmic, because one overloaded strategy would otherwise
// press all the others against the left edge.
func distribution(rs runs) figure {
	cs := unmarked(rs.curves(latencyCDF))
	f := figure{
		headline: "Cumulative distribution of latency",
		layout:   flat,
		empty:    "No strategy has a measured request that succeeded.",
		caption:  rs.leftOut(latencyCDF, "no measured request succeeded"),
	}
	groups := groupsOf(cs)
	lo, hi := cdfRange(cs)
	xLabel, yLabel := "latency (log scale)", "share of requests that took at most this long"
	if name, took := slowest(cs); took > hi {
		xLabel = "latency (log scale; cut below the lowest 1st and above the highest 99.9th percentile)"
		f.caption = append(f.caption, fmt.Sprintf("The slowest measured request that succeeded took %s, under %s.",
			document.Seconds(took, 3), name))
	}
	if len(groups) > 1 {
		yLabel = "share of requests" // there is no room for more beside a flat facet
	}
	for _, group := range groups {
		p := newPanel(axis{xLabel, latencyTicks()}, axis{yLabel, evenTicks(" %")}, inFront(group, cs), never)
		p.X.Min, p.X.Max = widened(lo, hi)
		p.Y.Min, p.Y.Max = 0, 100
		p.X.Scale = plot.LogScale{}
		f.facets = append(f.facets, facet{group, []panel{p}, medianLegend(of(group, cs))})
	}
	return f
}

// latencyCDF is the cumulative distribution: x is a latency in seconds, y the percentage of requests that were as fast.
func latencyCDF(r report.Result) []point {
	if r.Latency == nil || r.Latency.Count() == 0 {
		return nil
	}
	var ps []point
	for tenths := 1; tenths <= 1000; tenths++ {
		// Half a percent is a step too small to be seen, except at the ends, where a logarithmic axis spreads them out.
		if tenths <= 20 || tenths >= 980 || tenths%5 == 0 {
			ps = append(ps, point{positive(*r.Latency.Percentile(float64(tenths) / 1000)), float64(tenths) / 10})
		}
	}
	return slices.Insert(ps, 0, point{ps[0].x, 0}) // the curve rises from the axis
}

// cdfRange cuts the axis of latency: a hundredth of the requests at the lower end and a thousandth at the upper can take
// most of its length.
func cdfRange(cs []curve) (lo, hi float64) {
	lo = math.Inf(1)
	for _, c := range cs {
		for _, p := range c.points {
			if p.y >= 1 {
				lo = min(lo, p.x)
			}
			if p.y <= 99.9 {
				hi = max(hi, p.x)
			}
		}
	}
	return lo, hi
}

// slowest returns the strategy with the slowest request, and how long that took.
func slowest(cs []curve) (name string, took float64) {
	for _, c := range cs {
		if last := c.points[len(c.points)-1].x; last > took {
			name, took = c.name, last
		}
	}
	return name, took
}

// medianLegend orders the entries as the curves lie in the plot, from left to right.
func medianLegend(cs []curve) legend {
	return legendOf(cs, "median, lowest first", lowestFirst, inTime, func(c curve) float64 {
		return c.points[slices.IndexFunc(c.points, func(p point) bool { return p.y == 50 })].x
	})
}
