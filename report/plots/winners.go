package plots

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"waza/report"
	"waza/report/document"
)

// A winner is who has the lowest p99 latency at a point of those that fail least.
type winner struct {
	run   report.Result
	level []string // who cannot be told from it, in the order of p99
}

// winner finds it at a pair of values; found is false if those that fail least have no p99.
func (s sweep) winner(first report.Swept, also *report.Swept) (w winner, found bool) {
	there, _ := s.at(first, also).failingLeast()
	there = slices.DeleteFunc(there, func(r report.Result) bool { return p99(r) == nil })
	if len(there) == 0 {
		return w, false
	}
	slices.SortStableFunc(there, func(a, b report.Result) int { return cmp.Compare(*p99(a), *p99(b)) })
	w.run = there[0]
	alike := s.alike(w.run)
	for _, r := range there[1:] {
		if *p99(r)*(1-document.Level) < *p99(w.run) || slices.Contains(alike, r.Strategy) || undecided(r, w.run) {
			w.level = append(w.level, r.Strategy)
		}
	}
	return w, true
}

// alike are those that the conclusion of a run's point does not tell from the best, if it names that run among them.
func (s sweep) alike(of report.Result) []string {
	same := func(a, b *report.Swept) bool { return a == b || a != nil && b != nil && *a == *b }
	for _, c := range s.conclusions {
		if !same(c.Swept, of.Swept) || !same(c.SweptAlso, of.SweptAlso) {
			continue
		}
		for _, b := range c.Best {
			if b.Figure == "p99" && slices.Contains(b.Strategies, of.Strategy) {
				return b.Strategies
			}
		}
	}
	return nil
}

// undecided tells whether two runs were compared, and their difference is none at 95 %.
func undecided(a, b report.Result) bool {
	none := func(d *report.Difference, other string) bool {
		return d != nil && d.Baseline == other && d.P99.Verdict == "not distinguishable"
	}
	return none(a.Difference, b.Strategy) || none(b.Difference, a.Strategy)
}

// headline says who has the lowest p99 at how many of the points.
func (s sweep) headline(of string, all []winner) string {
	alone := map[string]int{}
	level, none := 0, 0
	for _, w := range all {
		switch {
		case w.run.Strategy == "":
			none++
		case len(w.level) > 0:
			level++
		default:
			alone[w.run.Strategy]++
		}
	}
	if len(s.strategies()) == 1 || none == len(all) {
		return ""
	}
	var parts []string
	for _, r := range s.strategies() {
		if n := alone[r.Strategy]; n > 0 {
			parts = append(parts, fmt.Sprintf("%s at %d", r.Strategy, n))
		}
	}
	slices.SortStableFunc(parts, func(a, b string) int { return alone[nameIn(b)] - alone[nameIn(a)] })
	const most = 3
	if rest := len(parts) - most; rest > 0 {
		parts = append(parts[:most], fmt.Sprintf("%d others at fewer", rest))
	}
	switch {
	case len(alone) == 0:
		return fmt.Sprintf("Nobody alone has the lowest p99 at any of %d %s", len(all), of)
	case level > 0:
		parts = append(parts, fmt.Sprintf("nobody alone at %d", level))
	}
	if none > 0 {
		parts = append(parts, fmt.Sprintf("nobody has any at %d", none))
	}
	if len(parts) == 1 {
		return fmt.Sprintf("%s has the lowest p99 at all %d %s", nameIn(parts[0]), len(all), of)
	}
	return fmt.Sprintf("Lowest p99 of %d %s: %s", len(all), of, strings.Join(parts, ", "))
}

func nameIn(part string) string {
	name, _, _ := strings.Cut(part, " at ")
	return name
}

// winners are those at all values.
func (s sweep) winners() []winner {
	var all []winner
	for _, v := range s.values(first) {
		w, _ := s.winner(v, nil)
		all = append(all, w)
	}
	return all
}

// levels says when strategies count as level.
func (s sweep) levels() string {
	line := "The lowest p99 is that of those whose requests fail least; who is within 1 % of it is level with it"
	if slices.ContainsFunc(s.runs, func(r report.Result) bool { return r.Replications > 1 }) {
		return line + ", and who cannot be told from it at 95 %."
	}
	return line + ", and one seed proves little where differences are small."
}
