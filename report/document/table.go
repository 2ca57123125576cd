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

// A table has labels to the left and columns of figures to the right of them. Where it is wider than the page, what is the same
// in all its lines is said once, and if that is not enough it is parted into several, one below the other, each with all labels:
// nothing is left out, and no line wraps.
type table struct {
	labels  []string // the first is the heading
	columns []column
	parts   int // where it has to be parted, then before this column, if not earlier; 0: anywhere
}

// A column is a heading of two lines, the name and the unit of a figure, and a cell for each label but the heading.
type column struct {
	name, unit string
	cells      []string
}

// A figure is a column of a table of T: a heading, and what stands in the line of each.
type figure[T any] struct {
	name, unit string
	cell       func(T) string
}

// columnsOf returns a column for each figure, with a cell for each row.
func columnsOf[T any](rows []T, figures []figure[T]) []column {
	var all []column
	for _, f := range figures {
		c := column{name: f.name, unit: f.unit}
		for _, row := range rows {
			c.cells = append(c.cells, f.cell(row))
		}
		all = append(all, c)
	}
	return all
}

// gap stands before the labels and before each column.
const gap = 2

func (t *table) write(p *page, width int) error {
	same := t.takeConstant(width)
	for i, columns := range t.parted(width) {
		if i > 0 {
			p.WriteByte('\n')
		}
		if err := t.writePart(&p.Buffer, columns); err != nil {
			return err
		}
	}
	if len(same) > 0 {
		same[0] = "the same for all: " + same[0]
		p.wrapped(same, ", ")
	}
	return nil
}

// takeConstant takes the columns away that are the same in all of several lines, if there is no room for all, and returns what
// they say. It leaves all if no other is left.
func (t *table) takeConstant(width int) (same []string) {
	if t.widthOf(t.columns) <= width || len(t.labels) <= 2 {
		return nil
	}
	var columns []column
	parts := 0
	for i, c := range t.columns {
		if cell := c.cells[0]; slices.ContainsFunc(c.cells, func(other string) bool { return other != cell }) {
			if i < t.parts {
				parts++
			}
			columns = append(columns, c)
		} else if cell == absent {
			same = append(same, c.name+" "+absent)
		} else {
			same = append(same, strings.TrimSuffix(c.name+" "+cell+" "+c.unit, " "))
		}
	}
	if len(columns) == 0 {
		return nil
	}
	t.columns, t.parts = columns, parts
	return same
}

// parted returns the columns of each part: as many as there is room for beside the labels, and at least one.
func (t *table) parted(width int) (parts [][]column) {
	if t.widthOf(t.columns) <= width {
		return [][]column{t.columns}
	}
	rest, before := t.columns, t.parts
	for len(rest) > 0 {
		n := 1
		for n < len(rest) && (len(parts) > 0 || n != before) && t.widthOf(rest[:n+1]) <= width {
			n++
		}
		parts = append(parts, rest[:n])
		rest = rest[n:]
	}
	return parts
}

func (t *table) widthOf(columns []column) int {
	width := gap + widest(t.labels)
	for _, c := range columns {
		width += gap + max(widest(c.cells), widest([]string{c.name, c.unit}))
	}
	return width
}

func widest(texts []string) int {
	width := 0
	for _, text := range texts {
		width = max(width, utf8.RuneCountInString(text))
	}
	return width
}

func (t *table) writePart(b *bytes.Buffer, columns []column) error {
	w := tabwriter.NewWriter(b, 0, 0, gap, ' ', tabwriter.AlignRight)
	line := func(label string, cell func(column) string) { // the label is padded here, as all cells of w stand to the right
		fmt.Fprintf(w, "%-*s\t", widest(t.labels), label)
		for _, c := range columns {
			fmt.Fprintf(w, "%s\t", cell(c))
		}
		fmt.Fprintln(w)
	}
	line(t.labels[0], func(c column) string { return c.name })
	line("", func(c column) string { return c.unit })
	for i, label := range t.labels[1:] {
		line(label, func(c column) string { return c.cells[i] })
	}
	return w.Flush()
}

// writeTables writes one line per run, then how each compares with the baseline, and below one per class of requests, where there are several, and what came of each fault. All
// latencies share one unit, so that a column can be compared by eye.
func (d Document) writeTables(p *page) error {
	width, _ := d.width()
	runs := d.runsTable()
	if err := runs.write(p, width); err != nil {
		return err
	}
	if err := d.writeCompared(p); err != nil {
		return err
	}
	if slices.ContainsFunc(d.Runs, hasClasses) {
		p.WriteByte('\n')
		classes := d.classesTable()
		if err := classes.write(p, width); err != nil {
			return err
		}
	}
	if err := d.writeProxies(p); err != nil {
		return err
	}
	return d.writeFaults(p)
}

func (d Document) runsTable() table {
	t, rates := table{labels: d.labels()}, d.rateUnit()
	var latencies []*report.Spread
	var successes []*float64
	var all []*report.Result
	for i := range d.Runs {
		all = append(all, &d.Runs[i])
		latencies = append(latencies, &d.Runs[i].LatencySeconds)
		successes = append(successes, d.Runs[i].SuccessShare)
	}
	t.columns = figures(d.unit(), successes, latencies)
	d.addHalfWidths(t.columns, d.unit())
	t.parts = len(t.columns)
	if first := d.Runs[0].Replications; slices.ContainsFunc(d.Runs, func(r report.Result) bool { return r.Replications != first }) {
		t.columns = append(t.columns, columnsOf(all, []figure[*report.Result]{
			{"seeds", "", func(r *report.Result) string { return fmt.Sprint(r.Replications) }}})...)
	}
	t.columns = append(t.columns, columnsOf(all, []figure[*report.Result]{
		{"throughput", rates.name, func(r *report.Result) string { return rates.rateCell(throughput(r)) }},
		{"attempts", "/request", func(r *report.Result) string { return cell(r.AttemptsPerRequest, 1, 3) }},
		{"utilisation", "%", func(r *report.Result) string { return cell(r.Utilization, 100, 1) }},
		{"imbalance", "max/mean", func(r *report.Result) string { return cell(r.Imbalance, 1, 3) }},
	})...)
	return t
}

// throughput is that of a run, unless its window was over before any of the answers came: none per second would look like a failure.
func throughput(r *report.Result) *float64 {
	if t := r.Throughput; t == nil || *t > 0 || report.Succeeded(r) == 0 {
		return t
	}
	return nil
}

func hasClasses(r report.Result) bool { return len(r.Classes) > 0 }

// classesTable names each run once, before its first class.
func (d Document) classesTable() table {
	width := 0
	for i := range d.Runs {
		if hasClasses(d.Runs[i]) {
			width = max(width, utf8.RuneCountInString(labelOf(&d.Runs[i])))
		}
	}
	t := table{labels: []string{"by class"}}
	requests := column{name: "requests", unit: "measured"}
	var latencies []*report.Spread
	var successes []*float64
	for i := range d.Runs {
		label := labelOf(&d.Runs[i])
		for j := range d.Runs[i].Classes {
			c := &d.Runs[i].Classes[j]
			t.labels = append(t.labels, fmt.Sprintf("%-*s  %s", width, label, c.Class))
			requests.cells = append(requests.cells, Number(c.Requests))
			latencies = append(latencies, &c.LatencySeconds)
			successes = append(successes, c.SuccessShare)
			label = ""
		}
	}
	t.columns = append([]column{requests}, figures(d.unit(), successes, latencies)...)
	return t
}

// figures are the columns of latencies. The share of the requests that succeeded comes first: the latencies are of those alone.
func figures(u unit, successes []*float64, latencies []*report.Spread) []column {
	columns := []column{{"success", "%", nil}}
	for _, name := range []string{"mean", "p50", "p90", "p99", "p99.9", "max"} {
		columns = append(columns, column{name, u.name, nil})
	}
	for i, l := range latencies {
		columns[0].cells = append(columns[0].cells, percentCell(successes[i]))
		for j, figure := range []*float64{l.Mean, l.P50, l.P90, l.P99, l.P999, l.Max} {
			columns[j+1].cells = append(columns[j+1].cells, u.cell(figure))
		}
	}
	return columns
}
