package document

import (
	"fmt"
	"slices"
	"unicode/utf8"

	"waza/report"
)

func hasProxies(r report.Result) bool { return len(r.Proxies) > 0 }

// writeProxies writes one line per run and proxy, where there are proxies.
func (d Document) writeProxies(p *page) error {
	if !slices.ContainsFunc(d.Runs, hasProxies) {
		return nil
	}
	p.WriteByte('\n')
	width, _ := d.width()
	t := d.proxiesTable()
	return t.write(p, width)
}

// proxiesTable names each run once, before its first proxy. Responses are short beside latencies, and have a unit of their own.
func (d Document) proxiesTable() table {
	width, longest := 0, 0.0
	for i := range d.Runs {
		for _, x := range d.Runs[i].Proxies {
			width = max(width, utf8.RuneCountInString(labelOf(&d.Runs[i])))
			if x.ResponseSeconds.Mean != nil {
				longest = max(longest, *x.ResponseSeconds.Mean)
			}
		}
	}
	lengths := unitOf(1)
	if longest > 0 {
		lengths = unitOf(longest)
	}
	t := table{labels: []string{"by proxy"}}
	var rows []*report.ProxyRow
	for i := range d.Runs {
		label := labelOf(&d.Runs[i])
		for j := range d.Runs[i].Proxies {
			rows = append(rows, &d.Runs[i].Proxies[j])
			t.labels = append(t.labels, fmt.Sprintf("%-*s  proxy %d", width, label, rows[len(rows)-1].ID))
			label = ""
		}
	}
	t.columns = columnsOf(rows, []figure[*report.ProxyRow]{
		{"requests", "begun", func(x *report.ProxyRow) string { return Number(x.Requests) }},
		{"share", "%", func(x *report.ProxyRow) string { return cell(x.Share, 100, 1) }},
		{"utilisation", "%", func(x *report.ProxyRow) string { return cell(x.Utilization, 100, 1) }},
		{"response", lengths.name + " mean", func(x *report.ProxyRow) string { return lengths.cell(x.ResponseSeconds.Mean) }},
		{"p50", lengths.name, func(x *report.ProxyRow) string { return lengths.cell(x.ResponseSeconds.P50) }},
		{"p99", lengths.name, func(x *report.ProxyRow) string { return lengths.cell(x.ResponseSeconds.P99) }},
		{"max", lengths.name, func(x *report.ProxyRow) string { return lengths.cell(x.ResponseSeconds.Max) }},
	})
	return t
}
