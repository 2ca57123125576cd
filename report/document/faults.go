package document

import (
	"fmt"
	"slices"

	"waza/report"
)

// writeFaults writes for each fault when it was and, one line per run, what came of it. All runs meet the same faults, but one that is over
// sooner meets fewer.
func (d Document) writeFaults(p *page) error {
	var names []string
	for i := range d.Runs {
		for _, f := range d.Runs[i].FaultTotals {
			if f.Episodes > 0 && !slices.Contains(names, f.Fault) {
				names = append(names, f.Fault)
			}
		}
	}
	width, _ := d.width()
	for _, name := range names {
		p.WriteByte('\n')
		p.prose(d.occasion(name) + d.unknown(name))
		t := d.faultTable(name)
		if err := t.write(p, width); err != nil {
			return err
		}
	}
	p.noted(d.Runs, graininess)
	return nil
}

// occasion says when a fault was first, and where: the same of all runs, also of those that are over before it is.
func (d Document) occasion(name string) string {
	for i := range d.Runs {
		for _, f := range d.Runs[i].Faults {
			if f.Name != name {
				continue
			}
			from, to, where := "the start", " on", "worker"
			if f.StartSeconds > 0 {
				from = inUnits(f.StartSeconds)
			}
			if f.UntilSeconds != nil {
				to = " to " + inUnits(*f.UntilSeconds)
			}
			if f.Proxy {
				where = "proxy"
			}
			return fmt.Sprintf("fault %s: first at %s %d, from %s%s", visible(name), where, f.Worker, from, to)
		}
	}
	return "fault " + visible(name)
}

// unknown says why some figures of a fault do not exist, or are smaller than one would think, and in which runs.
func (d Document) unknown(name string) string {
	says := ""
	for _, r := range d.explanations() {
		var met, some []*report.Result
		for i := range d.Runs {
			for j := range d.Runs[i].FaultTotals {
				if f := &d.Runs[i].FaultTotals[j]; f.Fault == name && f.Episodes > 0 {
					met = append(met, &d.Runs[i])
					if r.holds(&d.Runs[i], f) {
						some = append(some, &d.Runs[i])
					}
				}
			}
		}
		switch {
		case len(some) == 0:
		case len(some) == len(met):
			says += "; " + r.says
		default:
			says += "; " + who(some, d.Runs) + r.says
		}
	}
	return says
}

// An explanation says why figures of a fault do not exist, or are small, and tells in which runs it holds.
type explanation struct {
	says  string
	holds func(*report.Result, *report.FaultTotal) bool
}

func (d Document) explanations() []explanation {
	before := "before the first fault"
	if d.warmsUp() {
		before = "between the warm-up and the first fault"
	}
	return []explanation{
		{"too few requests were measured " + before + " to tell whom it harms and when it is over",
			func(_ *report.Result, f *report.FaultTotal) bool { return f.Harmed == nil }},
		{"too few requests began after it to tell when latencies were those of before",
			func(_ *report.Result, f *report.FaultTotal) bool {
				return f.Harmed != nil && f.Ended > 0 && f.Followed == 0
			}},
		{"the p99 with which latencies are compared is rough: fewer than ten of the requests measured " + before + " lie beyond it",
			func(_ *report.Result, f *report.FaultTotal) bool { return f.Harmed != nil && f.Rough }},
		{"an episode counts as detected once 20 attempts per worker in a row have gone to others, and may be over before; " +
			"that a worker was suspected because it was silent is told below", unnoticed},
	}
}

// unnoticed tells whether the balancers suspected workers for their silence, and yet not every episode of such a fault counts as detected.
func unnoticed(r *report.Result, f *report.FaultTotal) bool {
	silent := (f.Kind == "crash" || f.Kind == "stall") && !f.Proxies
	return silent && r.Suspicions > r.OfProxies.Suspicions && f.Detected < f.Episodes
}

// warmsUp tells whether some of the run is not measured for being its warm-up.
func (d Document) warmsUp() bool {
	return slices.ContainsFunc(d.Config, func(s Setting) bool { return s.Name == "warmup" && s.Value != nil && fmt.Sprint(s.Value) != "0" })
}

// graininess says how exactly it is known when faults were over, where it is. What begins in a part of the series tells of that part as a whole,
// or of as many together as have enough answers, and the part in which a fault ends tells nothing: so one part more than these may have been as
// before.
func graininess(r *report.Result) []note {
	if len(r.Series) < 2 || !slices.ContainsFunc(r.FaultTotals, func(f report.FaultTotal) bool { return f.Recovered > 0 }) {
		return nil
	}
	together := report.Count(1)
	for i := range r.FaultTotals {
		together = max(together, r.FaultTotals[i].Together)
	}
	length := seconds(r.Series[1].AtSeconds - r.Series[0].AtSeconds)
	if together == 1 {
		return []note{{"recovered: known to parts of the series, of %s, so that it was up to two parts sooner", []value{length}}}
	}
	return []note{{"recovered: known to as many parts of the series, of %s, as have 100 answers together: at most %s, so that it was up to %s parts sooner",
		[]value{length, many(together), many(together + 1)}}}
}

// faultTable has a line for each run that met the fault. An episode is detected when its worker was last sent to before the balancers passed it
// over; what is known of no episode is absent.
func (d Document) faultTable(name string) table {
	t := table{labels: []string{"by run"}}
	var of []*report.FaultTotal
	longest := 0.0
	for i := range d.Runs {
		for j := range d.Runs[i].FaultTotals {
			if f := &d.Runs[i].FaultTotals[j]; f.Fault == name && f.Episodes > 0 {
				t.labels, of = append(t.labels, labelOf(&d.Runs[i])), append(of, f)
				for _, length := range []*float64{f.DetectSeconds, f.RecoverSeconds} {
					if length != nil {
						longest = max(longest, *length)
					}
				}
			}
		}
	}
	lengths := unitOf(longest)
	if longest == 0 {
		lengths = unitOf(1)
	}
	t.columns = columnsOf(of, []figure[*report.FaultTotal]{
		{"episodes", "", func(f *report.FaultTotal) string { return Number(f.Episodes) }},
		{"detected", "of them", func(f *report.FaultTotal) string { return Number(f.Detected) }},
		{"detected after", lengths.name, func(f *report.FaultTotal) string { return lengths.cell(f.DetectSeconds) }},
		{"recovered", "of them", recoveredCell},
		{"recovered after", lengths.name, func(f *report.FaultTotal) string { return lengths.cell(f.RecoverSeconds) }},
		{"harmed", "requests", func(f *report.FaultTotal) string { return numberCell(f.Harmed) }},
	})
	return t
}

// recoveredCell does not say none where nobody can tell.
func recoveredCell(f *report.FaultTotal) string {
	if f.Followed == 0 || f.Harmed == nil {
		return absent
	}
	return Number(f.Recovered)
}

func numberCell(n *report.Count) string {
	if n == nil {
		return absent
	}
	return Number(*n)
}

// waste says what was done in vain, and what a change of the members moved, where there was any.
func waste(r *report.Result) []note {
	var all []note
	if w := r.WastedWorkShare; w != nil && *w > 0 && r.Goodput != nil {
		all = append(all, note{"in vain: %s %% of the busy time gave no answer that was used", []value{{*w, mostPercent}}})
	}
	if r.Claims > 0 && r.ClaimSeconds != nil {
		all = append(all, note{"claimed from workers that gave no sign of life: %s, on average %s after being sent there; " +
			"executions: %s duplicated, %s broken by a death",
			[]value{count(r.Claims, "attempt"), seconds(*r.ClaimSeconds),
				many(r.Executions.Duplicated), many(r.Executions.Broken)}})
	}
	all = append(all, takeovers(r)...)
	all = append(all, persistence(r)...)
	if r.MovedKeys != nil {
		all = append(all, note{"keys that moved, of 10,000 that were looked up before and after each change of the members: %s, where %s had to",
			[]value{many(*r.MovedKeys), many(*r.LeastMovedKeys)}})
	}
	return all
}

// mostPercent is a share in percent, and not that of all where something is left.
func mostPercent(share float64) string {
	if text := Decimal(100*share, 2); text != "100" || share >= 1 {
		return text
	}
	return "more than 99"
}

// percent is a value that tells a share.
func percent(share float64) value {
	return value{share, func(v float64) string { return Decimal(100*v, 2) }}
}
