package report

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/plot"
)

// percentileFigure compares the tails: latency by percentile, both axes logarithmic.
func (d Document) percentileFigure() (figure, error) {
	cs := d.curves(latencyCurve)
	f := figure{
		headline: "Latency by percentile",
		guide:    groupGuide,
		layout:   tall,
		empty:    "No strategy has the 20 measured, succeeded requests that a median needs.",
		caption:  d.leftOut(latencyCurve, "fewer than 20 measured requests succeeded"),
	}
	for _, group := range groupsOf(cs) {
		p := newPanel("percentile of requests", "latency (log scale)", percentileTicks{}, latencyTicks{})
		if err := p.addCurves(inFront(group, cs), labelledPercentile); err != nil {
			return f, err
		}
		const leastEnd = 100 // the axis reaches the 99th percentile even where no curve does
		p.X.Min, p.X.Max = 2, max(p.X.Max, leastEnd)
		p.Y.Min, p.Y.Max = widened(p.Y.Min, p.Y.Max)
		p.X.Scale, p.Y.Scale = plot.LogScale{}, plot.LogScale{}
		f.facets = append(f.facets, facet{group, []panel{p}, tailLegend(of(group, cs), tail(cs))})
	}
	return f, nil
}

func labelledPercentile(p point) bool {
	return slices.Contains([]float64{2, 10, 100, 1000, lastOneIn}, p.x)
}

// cdfFigure compares whole distributions. The axis of latency is logarithmic, because one overloaded strategy would
// otherwise press all the others against the left edge.
func (d Document) cdfFigure() (figure, error) {
	cs := unmarked(d.curves(latencyCDF))
	f := figure{
		headline: "Cumulative distribution of latency",
		guide:    groupGuide,
		layout:   flat,
		empty:    "No strategy has a measured request that succeeded.",
		caption:  d.leftOut(latencyCDF, "no measured request succeeded"),
	}
	groups := groupsOf(cs)
	lo, hi := cdfRange(cs)
	xLabel, yLabel := "latency (log scale)", "share of requests that took at most this long"
	if name, took := slowest(cs); took > hi {
		xLabel = "latency (log scale; cut below the lowest 1st and above the highest 99.9th percentile)"
		f.caption = append(f.caption, fmt.Sprintf("The slowest measured request that succeeded took %s, under %s.", seconds(took, 3), name))
	}
	if len(groups) > 1 {
		yLabel = "share of requests" // there is no room for more beside a flat facet
	}
	for _, group := range groups {
		p := newPanel(xLabel, yLabel, latencyTicks{}, evenTicks{" %"})
		if err := p.addCurves(inFront(group, cs), never); err != nil {
			return f, err
		}
		p.X.Min, p.X.Max = widened(lo, hi)
		p.Y.Min, p.Y.Max = 0, 100
		p.X.Scale = plot.LogScale{}
		f.facets = append(f.facets, facet{group, []panel{p}, medianLegend(of(group, cs))})
	}
	return f, nil
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

// widened leaves room around a logarithmic range, and makes one that is too narrow to be worth magnifying a tenth wide.
func widened(lo, hi float64) (float64, float64) {
	const room, least = 1.03, 1.1
	if grow := math.Sqrt(least / (hi / lo)); grow > room {
		return lo / grow, hi * grow
	}
	return lo / room, hi * room
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
	latency := func(c curve) float64 {
		return c.points[slices.IndexFunc(c.points, func(p point) bool { return p.x == k })].y
	}
	ordered := slices.SortedStableFunc(slices.Values(cs), func(a, b curve) int { return cmp.Compare(latency(b), latency(a)) })
	return latencyLegend(ordered, fmt.Sprintf("p%.0f, highest first", 100-100/k), latency)
}

// medianLegend orders the entries as the curves lie in the plot, from left to right.
func medianLegend(cs []curve) legend {
	latency := func(c curve) float64 {
		return c.points[slices.IndexFunc(c.points, func(p point) bool { return p.y == 50 })].x
	}
	ordered := slices.SortedStableFunc(slices.Values(cs), func(a, b curve) int { return cmp.Compare(latency(a), latency(b)) })
	return latencyLegend(ordered, "median, lowest first", latency)
}

func latencyLegend(ordered []curve, heading string, latency func(curve) float64) legend {
	l := legend{heading: heading}
	for _, c := range ordered {
		l.entries = append(l.entries, entry{c.look, c.name, seconds(latency(c), 3)})
	}
	return l
}
