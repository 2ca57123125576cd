package document

import (
	"fmt"
	"slices"
	"strings"

	"waza/report"
)

// What is in this file says of figures over several seeds how sure they are: ± stands before half of the width of a 95 % interval.

// severalSeeds tells whether a run is the mean of several.
func severalSeeds(r report.Result) bool { return r.Replications > 1 }

// unspread tells whether all seeds of a run gave the same mean or p99, of which no interval is known.
func unspread(r report.Result) bool {
	ci, of := r.LatencyCI95, r.LatencySeconds
	return severalSeeds(r) && ci != nil && (of.Mean != nil && ci.Mean == nil || of.P99 != nil && ci.P99 == nil)
}

// seeds says which the runs have: one, or so many from one on.
func (d Document) seeds() string {
	var numbers []int
	for i := range d.Runs {
		numbers = append(numbers, d.Runs[i].Replications)
	}
	if !slices.ContainsFunc(d.Runs, severalSeeds) {
		return fmt.Sprintf("seed %d", d.Seed)
	}
	return fmt.Sprintf("%s seeds from %d", span(fmt.Sprint(slices.Min(numbers)), fmt.Sprint(slices.Max(numbers))), d.Seed)
}

// over says of how many seeds a figure is.
func over(runs ...*report.Result) string {
	least, most := runs[0].Replications, runs[0].Replications
	for _, r := range runs {
		least, most = min(least, r.Replications), max(most, r.Replications)
	}
	if most < 2 {
		return "in one seed"
	}
	return fmt.Sprintf("over %s seeds", span(fmt.Sprint(least), fmt.Sprint(most)))
}

// seedsOf says how many seeds runs have.
func seedsOf(runs []report.Result) string {
	var all []*report.Result
	for i := range runs {
		all = append(all, &runs[i])
	}
	return over(all...)[len("over "):]
}

// half is half of the width of an interval.
func half(i *report.Interval) float64 { return (i[1] - i[0]) / 2 }

// addHalfWidths writes behind each mean and p99 how sure it is, in the unit of the column.
func (d Document) addHalfWidths(columns []column, u unit) {
	for i := range columns {
		interval := map[string]func(*report.SpreadCI) *report.Interval{
			"mean": func(s *report.SpreadCI) *report.Interval { return s.Mean },
			"p99":  func(s *report.SpreadCI) *report.Interval { return s.P99 },
		}[columns[i].name]
		if interval == nil {
			continue
		}
		halves := make([]string, len(d.Runs))
		for j := range d.Runs {
			if ci := d.Runs[j].LatencyCI95; ci != nil && interval(ci) != nil {
				width := half(interval(ci))
				halves[j] = u.cell(&width)
			}
		}
		columns[i].addHalves(halves)
	}
}

// addHalves writes behind each cell what follows its ±, so that the points stand below each other; where there is nothing, the cell stays.
func (c *column) addHalves(halves []string) {
	width := widest(halves)
	if width == 0 {
		return
	}
	c.name += " ±"
	for i, h := range halves {
		if h != "" {
			c.cells[i] += fmt.Sprintf(" ± %*s", width, h)
		}
	}
}

// writeSeeds says what figures over several seeds are.
func (d Document) writeSeeds(p *page) {
	if slices.ContainsFunc(d.Runs, severalSeeds) {
		text := "figures: means over the seeds, of max the largest; ±: half of the width of the 95 % interval (Student t over the seeds)"
		if slices.ContainsFunc(d.Runs, unspread) {
			text += "; none where all seeds gave the same value"
		}
		p.prose(text)
	}
}

// inUnitsWithin writes a time and how sure it is: 57.35 ± 2.10 ms.
func inUnitsWithin(seconds float64, ci *report.Interval) string {
	text := inUnits(seconds)
	if ci == nil {
		return text
	}
	number, name, _ := strings.Cut(text, " ")
	_, decimals, _ := strings.Cut(number, ".")
	return fmt.Sprintf("%s ± %.*f %s", number, len(decimals), half(ci)/unitNamed(name).seconds, name)
}

// intervalOf is that of a figure of latency by its name; nil: there is none.
func intervalOf(r *report.Result, figure string) *report.Interval {
	latency, shares := r.LatencyCI95, r.CI95
	if latency == nil || shares == nil {
		return nil
	}
	return map[string]*report.Interval{
		"mean": latency.Mean, "p50": latency.P50, "p90": latency.P90, "p99": latency.P99, "p99.9": latency.P999,
		"throughput": shares.Throughput, "goodput": shares.Goodput, "success": shares.SuccessShare, "waste": shares.WastedWorkShare,
		"utilisation": shares.Utilization,
	}[figure]
}

// told writes a figure of a run, and how sure it is.
func told(r *report.Result, f report.Figure) string {
	v, ci := f.Of(r), intervalOf(r, f.Name)
	switch {
	case v == nil:
		return absent
	case f.Seconds:
		return inUnitsWithin(*v, ci)
	case f.Rate && ci != nil:
		return fmt.Sprintf("%.1f ± %.1f per second", *v, half(ci))
	case f.Rate:
		return fmt.Sprintf("%.1f per second", *v)
	case ci != nil:
		return fmt.Sprintf("%s ± %.2f %%", percentCell(v), 100*half(ci))
	}
	return percentCell(v) + " %"
}

// ends are the least and the largest figure of some.
func ends(of []score) (least, most float64) {
	least, most = of[0].seconds, of[0].seconds
	for _, s := range of {
		least, most = min(least, s.seconds), max(most, s.seconds)
	}
	return least, most
}
