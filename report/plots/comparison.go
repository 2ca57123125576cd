package plots

import (
	"cmp"
	"fmt"
	"image/color"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"waza/report"
	"waza/report/document"
)

// comparison shows how much longer the latencies of each strategy are than the baseline's, seed by seed: the mean of the differences and
// its interval, one row for each strategy, of mean and p99. An interval that does not reach the line at zero tells the two apart.
func comparison(rs runs) figure {
	f := figure{
		subject: "Difference of latency to the baseline, mean over the seeds",
		guide:   "Bars are 95 % intervals of the differences, seed by seed; one that reaches the line at zero cannot be told from the baseline.",
		empty:   "No strategy has several seeds that the baseline has, too.",
	}
	compared := slices.DeleteFunc(slices.Clone(rs), func(r report.Result) bool { return r.Difference == nil })
	if len(compared) == 0 {
		return f
	}
	baseline := compared[0].Difference.Baseline
	f.subject = fmt.Sprintf("Difference of latency to %s, %s", baseline, rs.seeds())
	const rowHeight = 22
	f.layout = layout{columns: 2, least: max(320, vg.Length(len(compared)+2)*rowHeight), width: 340}
	for _, of := range []struct {
		name string
		span func(report.Result) report.DifferenceSpan
	}{
		{"mean", func(r report.Result) report.DifferenceSpan { return r.Difference.Mean }},
		{"p99", func(r report.Result) report.DifferenceSpan { return r.Difference.P99 }},
	} {
		if !slices.ContainsFunc(compared, func(r report.Result) bool { return of.span(r).Seconds != nil }) {
			f.caption = append(f.caption, fmt.Sprintf("Too few requests succeeded for any difference of %s.", of.name))
			continue // an axis of nothing would be invented
		}
		p, outside := compared.differences(of.span)
		f.facets = append(f.facets, facet{of.name, []panel{p}, verdictLegend(compared, of.span)})
		if outside != "" {
			f.caption = append(f.caption, fmt.Sprintf("Beyond the axis of %s: %s.", of.name, outside))
		}
	}
	if len(f.facets) == 0 {
		f.empty, f.caption = "Too few requests succeeded for any difference of latency to "+baseline+".", nil
		return f
	}
	f.headline = compared.better(rs, baseline)
	f.caption = append(f.caption, rs.warnings()...)
	return f
}

// differences is the panel of one figure, and what lies beyond its axis.
func (rs runs) differences(of func(report.Result) report.DifferenceSpan) (p panel, outside string) {
	var bars []whisker
	names := make([]plot.Tick, len(rs))
	for i, r := range rs {
		row, s := float64(len(rs)-i), of(r)
		names[i] = plot.Tick{Value: row, Label: drawable(r.Strategy)}
		switch {
		case s.CI95 != nil:
			bars = append(bars, whisker{at: row, low: s.CI95[0], high: s.CI95[1], ink: verdictInk(s.Verdict), mark: s.Seconds})
		case s.Seconds != nil: // the same in all seeds
			bars = append(bars, whisker{at: row, low: *s.Seconds, high: *s.Seconds, ink: verdictInk(s.Verdict), mark: s.Seconds})
		}
	}
	lo, hi := differenceRange(bars)
	var beyond []string
	for _, b := range bars {
		if *b.mark < lo || *b.mark > hi {
			beyond = append(beyond, names[len(rs)-int(b.at)].Label+" "+more(*b.mark))
		}
	}
	label := "latency less that of the baseline"
	if len(beyond) > 0 {
		label += " (cut)"
	}
	bottom, top := 0.5, float64(len(rs))+0.5
	zero := curve{look: look{line: draw.LineStyle{Color: color.Gray{Y: 90}, Width: vg.Points(1)}}, points: []point{{0, bottom}, {0, top}}}
	marks := ticks(evenly(3), more)
	p = newPanel(axis{label, marks}, axis{"", plot.ConstantTicks(names)}, []curve{zero}, never)
	p.X.Min, p.X.Max, p.Y.Min, p.Y.Max = lo, hi, bottom, top
	p.Add(whiskers{all: bars, across: true})
	return p, strings.Join(beyond, ", ")
}

// differenceRange returns the ends of the axis, with zero on it: it does without intervals that are outliers.
func differenceRange(bars []whisker) (lo, hi float64) {
	outlier := 40.0
	if len(bars) > mostRunsTogether {
		outlier = 12 // among so many rows none is to press the others together
	}
	var tops []float64
	for _, b := range bars {
		tops = append(tops, max(math.Abs(b.low), math.Abs(b.high)))
	}
	limit := withoutOutliers(outlier, tops)
	for i, b := range bars {
		if tops[i] <= limit {
			lo, hi = min(lo, b.low), max(hi, b.high)
		}
	}
	if lo == hi {
		return -1e-3, 1e-3
	}
	room := (hi - lo) * 0.06
	return lo - room, hi + room
}

// more writes a difference of times with its sign.
func more(seconds float64) string {
	switch text := document.Seconds(math.Abs(seconds), 3); {
	case seconds > 0:
		return "+" + text
	case seconds < 0:
		return "−" + text
	}
	return "0"
}

// verdictInk is green for better, vermillion for worse, and grey where nobody can tell.
func verdictInk(verdict string) color.Color {
	colors := palette()
	switch verdict {
	case "better":
		return colors[2]
	case "worse":
		return colors[1]
	}
	return color.Gray{Y: 120}
}

// verdictLegend says what the colours are, with how many strategies have each.
func verdictLegend(rs runs, of func(report.Result) report.DifferenceSpan) legend {
	l := legend{heading: "than the baseline, at 95 %", columns: []string{"strategies"}}
	for _, verdict := range []string{"better", "not distinguishable", "worse"} {
		n := 0
		for _, r := range rs {
			if of(r).Verdict == verdict {
				n++
			}
		}
		ink := verdictInk(verdict)
		line := draw.LineStyle{Color: ink, Width: whiskerWidth}
		l.entries = append(l.entries, entry{look{line, dot(ink, 0, 0, 0)}, verdict, []string{fmt.Sprint(n)}})
	}
	return l
}

// better says which of the strategies are better than the baseline on p99, or else on the mean. Who fails more than it is not named.
func (rs runs) better(all runs, baseline string) string {
	base := 0.0
	for _, r := range all {
		if r.Strategy == baseline {
			base = orZero(succeeded(r))
		}
	}
	figure, of := "p99", func(r report.Result) report.DifferenceSpan { return r.Difference.P99 }
	if !slices.ContainsFunc(rs, func(r report.Result) bool { return r.Difference.P99.Verdict != "" }) {
		figure, of = "mean", func(r report.Result) report.DifferenceSpan { return r.Difference.Mean }
	}
	var best runs
	for _, r := range rs {
		if of(r).Verdict == "better" && orZero(succeeded(r)) >= base-report.EquallyOften {
			best = append(best, r)
		}
	}
	slices.SortStableFunc(best, func(a, b report.Result) int { return cmp.Compare(*of(a).Seconds, *of(b).Seconds) })
	switch len(best) {
	case 0:
		return fmt.Sprintf("No strategy is better than %s on %s at 95 %%", baseline, figure)
	case 1:
		return fmt.Sprintf("%s is better than %s on %s at 95 %%%s", best.names(), baseline, figure, best.successful())
	}
	return fmt.Sprintf("%s are better than %s on %s at 95 %%%s", best.names(), baseline, figure, best.successful())
}
