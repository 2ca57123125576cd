package plots

import (
	"math"
	"slices"

	"gonum.org/v1/plot"

	"waza/report"
)

// distribution compares all of the latencies. Their axis is logarithmic, because one overloaded strategy would otherwise
// press all the others against the left edge.
func distribution(rs runs) figure {
	cs := unmarked(rs.curves(latencyCDF))
	f := figure{
		subject: "Cumulative distribution of latency" + rs.pooled(),
		layout:  flat,
		empty:   "No strategy has a measured request that succeeded.",
		caption: rs.leftOut(latencyCDF, "no measured request succeeded"),
	}
	median := "median"
	if rs.failed() {
		median = "median of all requests"
	}
	if rs.failed() && len(cs) > 0 {
		f.caption = append(f.caption, "Requests that did not succeed have no latency: a curve levels off at the share of those that did.")
	}
	f.headline = rs.lowest(median, inTime, halfWithin)
	lo, hi := cdfRange(cs)
	xLabel, yLabel := "latency (log scale)", "share of all measured requests that succeeded within this time"
	if names := beyond(hi, cs, func(p point) float64 { return p.x }, inTime); names != "" {
		xLabel = "latency (log scale, cut)"
		f.caption = append(f.caption, "Beyond the right end of the axis: "+names+".")
	}
	f.caption = append(f.caption, rs.warnings()...)
	groups := groupsOf(cs)
	if len(groups) > 1 {
		yLabel = "share of requests" // there is no room for more beside a flat facet
	}
	_, end := widened(lo, hi)
	cs = levelled(end, cs)
	for _, group := range groups {
		p := newPanel(axis{xLabel, latencyTicks()}, axis{yLabel, evenTicks(" %")}, inFront(group, cs), never)
		p.X.Min, p.X.Max = widened(lo, hi)
		p.Y.Min, p.Y.Max = 0, 100
		p.X.Scale = plot.LogScale{}
		f.facets = append(f.facets, facet{group, []panel{p}, medianLegend(of(group, cs), median)})
	}
	return f
}

// What is closer than this to the point before it is not drawn: it could not be told apart from it.
const (
	leastRise  = 0.25 // in percent of the requests
	leastGrow  = 1.01 // times its latency
	fewSamples = 200  // of so many each is a step
)

// latencyCDF is the cumulative distribution: x is a latency in seconds, y the percentage of all measured requests that
// succeeded within it. A value that many have in common is a step, and so is each of a few; between values that lie close
// together the curve is a slope.
func latencyCDF(r report.Result) []point {
	if r.Latency == nil || r.Latency.Count() == 0 {
		return nil
	}
	measured := measured(r)
	stepped := r.Latency.Count() <= fewSamples
	var ps []point
	before := point{} // the value before, whether it is drawn or not
	for seconds, upTo := range r.Latency.Steps() {
		p := point{positive(seconds), 100 * float64(upTo) / float64(measured)}
		foot := point{p.x, before.y}
		switch {
		case len(ps) == 0:
			ps = append(ps, foot, p) // the curve rises from the axis
		case stepped || p.y-before.y >= 2*leastRise || p.x > jump*before.x:
			ps = append(ps, before, foot, p)
		case p.y-ps[len(ps)-1].y >= leastRise || p.x > leastGrow*ps[len(ps)-1].x:
			ps = append(ps, p)
		}
		before = p
	}
	return slices.Compact(append(ps, before))
}

// measured is of how many requests the latencies of a run are, those that did not succeed among them: of all seeds together.
func measured(r report.Result) int64 {
	all := math.Round(float64(r.MeasuredRequests) * float64(max(1, r.Replications)))
	return max(int64(all), r.Latency.Count())
}

// levelled draws the curves of runs in which some requests did not succeed on to the end of the axis: that many never come.
func levelled(end float64, cs []curve) []curve {
	return replaced(cs, func(_ int, ps []point) []point {
		if last := ps[len(ps)-1]; last.y < 100 && last.x < end {
			return append(slices.Clone(ps), point{end, last.y})
		}
		return ps
	})
}

// cdfRange cuts the axis of latency: a hundredth of the requests at the lower end and a thousandth at the upper can take
// most of its length, and so can a strategy that is an outlier.
func cdfRange(cs []curve) (lo, hi float64) {
	var tops []float64
	lo = math.Inf(1)
	for _, c := range cs {
		all, top := c.points[len(c.points)-1].y, 0.0
		for _, p := range c.points {
			if p.y >= 0.01*all {
				lo = min(lo, p.x)
			}
			if p.y <= 0.999*all {
				top = max(top, p.x)
			}
		}
		tops = append(tops, top)
	}
	if hi = withoutOutliers(latencyOutlier, tops); slices.ContainsFunc(cs, func(c curve) bool { return c.points[len(c.points)-1].y < 100 }) {
		hi *= plateau
	}
	return lo, hi
}

// plateau is how much longer the axis is where a curve levels off below the whole, so that this is seen.
const plateau = 1.5

// halfWithin returns the time within which half of all measured requests succeeded: the median, where all did. NaN: so many
// did not, or fewer than ten lie beyond it.
func halfWithin(r report.Result) float64 {
	if r.Latency == nil || r.Latency.Count() < 2*report.SamplesBeyond {
		return math.NaN()
	}
	measured := measured(r)
	for seconds, upTo := range r.Latency.Steps() {
		if 2*upTo >= measured {
			return positive(seconds)
		}
	}
	return math.NaN()
}

// medianLegend orders the entries as the curves lie in the plot, from left to right; those that do not reach the half, from
// the top downwards.
func medianLegend(cs []curve, median string) legend {
	cs = ordered(cs, highestFirst, success().figure)
	return legendOf(cs, "lowest "+median+" first", lowestFirst,
		column{"median", func(c curve) float64 { return halfWithin(c.run) }, inTime}, success())
}
