package document

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"
	"unicode/utf8"

	"waza/report"
)

// writeTables writes one line per run, and below one per class of requests, where there are several. All times share
// one unit, so that a column can be compared by eye.
func (d Document) writeTables(b *bytes.Buffer) error {
	if err := d.writeRuns(b, d.unit()); err != nil {
		return err
	}
	if !slices.ContainsFunc(d.Runs, func(r report.Result) bool { return len(r.Classes) > 0 }) {
		return nil
	}
	b.WriteByte('\n')
	return d.writeClasses(b, d.unit())
}

// A grid is a table whose first column stands to the left and all others to the right.
type grid [][]string

func (g *grid) row(label string, cells ...string) { *g = append(*g, append([]string{label}, cells...)) }

func (g grid) write(b *bytes.Buffer) error {
	width := 0
	for _, row := range g {
		width = max(width, utf8.RuneCountInString(row[0]))
	}
	t := tabwriter.NewWriter(b, 0, 0, 2, ' ', tabwriter.AlignRight)
	for _, row := range g { // the label is padded here, as all cells of t stand to the right
		fmt.Fprintf(t, "%-*s\t%s\t\n", width, row[0], strings.Join(row[1:], "\t"))
	}
	return t.Flush()
}

func (d Document) writeRuns(b *bytes.Buffer, unit unit) error {
	var g grid
	u := unit.name
	g.row("strategy", "mean", "p50", "p90", "p99", "p99.9", "max",
		"throughput", "success", "attempts", "utilisation", "imbalance")
	g.row("", u, u, u, u, u, u, "1/s", "%", "/request", "%", "max/mean")
	for i := range d.Runs {
		r := &d.Runs[i]
		l := &r.LatencySeconds
		g.row(labelOf(r), unit.cell(l.Mean), unit.cell(l.P50), unit.cell(l.P90), unit.cell(l.P99), unit.cell(l.P999),
			unit.cell(l.Max), rateCell(r.Throughput), percentCell(r.SuccessShare), cell(r.AttemptsPerRequest, 1, 3),
			cell(r.Utilization, 100, 1), cell(r.Imbalance, 1, 3))
	}
	return g.write(b)
}

// writeClasses names each run once, before its first class.
func (d Document) writeClasses(b *bytes.Buffer, unit unit) error {
	width := 0
	for i := range d.Runs {
		width = max(width, utf8.RuneCountInString(labelOf(&d.Runs[i])))
	}
	var g grid
	u := unit.name
	g.row("by class", "requests", "success", "mean", "p50", "p90", "p99", "p99.9", "max")
	g.row("", "", "%", u, u, u, u, u, u)
	for i := range d.Runs {
		label := labelOf(&d.Runs[i])
		for _, c := range d.Runs[i].Classes {
			l := &c.LatencySeconds
			g.row(fmt.Sprintf("%-*s  %s", width, label, c.Class), fmt.Sprint(c.Requests), percentCell(c.SuccessShare),
				unit.cell(l.Mean), unit.cell(l.P50), unit.cell(l.P90), unit.cell(l.P99), unit.cell(l.P999), unit.cell(l.Max))
			label = ""
		}
	}
	return g.write(b)
}

// labelOf names a run in the table.
func labelOf(r *report.Result) string {
	if r.Swept == nil {
		return r.Strategy
	}
	return fmt.Sprintf("%s %s=%v", r.Strategy, r.Swept.Flag, r.Swept.Value)
}
