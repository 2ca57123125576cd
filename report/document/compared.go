package document

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"waza/internal/statistics"
	"waza/report"
)

// isCompared tells whether the run was compared with one that is shown, too: of a search the text shows few.
func (d Document) isCompared(r report.Result) bool {
	return r.Difference != nil && d.baselineOf(&r) != nil
}

// baselineOf is the run that was played at the same point by the strategy with which the run was compared; nil: there is none.
func (d Document) baselineOf(r *report.Result) *report.Result {
	for i := range d.Runs {
		base := &d.Runs[i]
		if base.Strategy == r.Difference.Baseline && pointOf(base.Swept, base.SweptAlso) == pointOf(r.Swept, r.SweptAlso) {
			return base
		}
	}
	return nil
}

// writeCompared writes one line for each run that was compared with a baseline, seed by seed.
func (d Document) writeCompared(p *page) error {
	if !slices.ContainsFunc(d.Runs, d.isCompared) {
		return nil
	}
	p.WriteByte('\n')
	width, _ := d.width()
	t := d.comparedTable()
	return t.write(p, width)
}

// comparedTable has the differences and ratios of means, and then of p99, with what they say at 95 %.
func (d Document) comparedTable() table {
	var rows []*report.Result
	baseline := ""
	for i := range d.Runs {
		if by := d.Runs[i].Difference; d.isCompared(d.Runs[i]) {
			rows = append(rows, &d.Runs[i])
			if baseline != "" && baseline != by.Baseline {
				baseline = "the baseline"
			} else {
				baseline = by.Baseline
			}
		}
	}
	t := table{labels: []string{"against " + baseline}}
	for _, r := range rows {
		t.labels = append(t.labels, labelOf(r))
	}
	mean := func(r *report.Result) *report.DifferenceSpan { return &r.Difference.Mean }
	p99 := func(r *report.Result) *report.DifferenceSpan { return &r.Difference.P99 }
	u := differenceUnit(d.unit(), rows, mean, p99)
	t.columns = append(d.spanColumns("mean", u, rows, mean), d.spanColumns("p99", u, rows, p99)...)
	t.parts = len(t.columns) / 2
	return t
}

// spanColumns are those of the difference of one figure.
func (d Document) spanColumns(name string, u unit, rows []*report.Result, of func(*report.Result) *report.DifferenceSpan) []column {
	difference := column{name: name, unit: u.name}
	ratio, verdict := column{name: name, unit: "ratio [95 %]"}, column{name: name, unit: "at 95 %"}
	var halves []string
	for _, r := range rows {
		s := of(r)
		sum, width, quotient := absent, "", absent
		if s.Seconds != nil {
			sum = signed(*s.Seconds/u.seconds, u.digits)
		}
		if s.CI95 != nil {
			width = fmt.Sprintf("%.*f", u.digits, half(s.CI95)/u.seconds)
		}
		if s.Ratio != nil {
			quotient = fmt.Sprintf("%.3f", *s.Ratio)
		}
		if s.Ratio != nil && s.RatioCI95 != nil {
			quotient = fmt.Sprintf("%.3f [%.3f, %.3f]", *s.Ratio, s.RatioCI95[0], s.RatioCI95[1])
		}
		difference.cells, halves = append(difference.cells, sum), append(halves, width)
		ratio.cells = append(ratio.cells, quotient)
		verdict.cells = append(verdict.cells, orAbsent(s.Verdict)+d.unfair(r, s.Verdict))
	}
	difference.addHalves(halves)
	return []column{difference, ratio, verdict}
}

// unfair is what forbids to judge by a latency alone that a run is better or worse than its baseline: one of them fails more, by the rule of
// the verdict; empty if nothing does.
func (d Document) unfair(r *report.Result, verdict string) string {
	base := d.baselineOf(r)
	switch {
	case base == nil:
	case verdict == statistics.Better.String() && !report.FailsLeast(r, base):
		return ", but fails more"
	case verdict == statistics.Worse.String() && !report.FailsLeast(base, r):
		return ", but fails less"
	}
	return ""
}

// signed writes a number with its sign; what rounds to zero has none.
func signed(v float64, digits int) string {
	text := fmt.Sprintf("%+.*f", digits, v)
	if !strings.ContainsAny(text, "123456789") {
		return text[1:]
	}
	return text
}

func orAbsent(text string) string {
	if text == "" {
		return absent
	}
	return text
}

// differenceUnit is that of the latencies with as many digits behind the point, up to 4, as show how sure each difference is.
func differenceUnit(u unit, rows []*report.Result, spans ...func(*report.Result) *report.DifferenceSpan) unit {
	const most = 4
	least := math.Inf(1)
	for _, r := range rows {
		for _, of := range spans {
			if ci := of(r).CI95; ci != nil && half(ci) > 0 {
				least = min(least, half(ci)/u.seconds)
			}
		}
	}
	for u.digits < most && least*math.Pow10(u.digits) < 1 {
		u.digits++
	}
	return u
}
