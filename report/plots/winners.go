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

// winner finds it at a pair of values, by what the sentence of a document goes by; found is false if those that fail least have no p99.
func (s sweep) winner(first report.Swept, also *report.Swept) (w winner, found bool) {
	by, _ := report.FigureNamed("p99")
	there := s.at(first, also)
	best := document.BestAt(there, s.conclusions, by)
	there = slices.DeleteFunc(there, func(r report.Result) bool { return p99(r) == nil || !slices.Contains(best, r.Strategy) })
	if len(there) == 0 {
		return w, false
	}
	slices.SortStableFunc(there, func(a, b report.Result) int { return cmp.Compare(*p99(a), *p99(b)) })
	w.run = there[0]
	for _, r := range there[1:] {
		w.level = append(w.level, r.Strategy)
	}
	return w, true
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
	parts[0] += " of them"
	return fmt.Sprintf("Lowest p99 at %d %s: %s", len(all), of, strings.Join(parts, ", "))
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
	const line = "The lowest p99 is that of those whose requests fail least; "
	if slices.ContainsFunc(s.runs, func(r report.Result) bool { return r.Replications > 1 }) {
		return line + "who cannot be told from it at 95 % is level with it."
	}
	return line + "who is within 1 % of it is level with it, and one seed proves little where differences are small."
}
