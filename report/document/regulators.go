package document

import (
	"slices"
	"strings"

	"waza/report"
)

// regulation says of each regulator how often and for how long it has limited, never too, and what the strategy calls it when it has nobody.
func regulation(r *report.Result) []note {
	var all []note
	for _, refusal := range r.Refusals {
		if !slices.ContainsFunc(r.Regulators, func(g report.RegulatorRow) bool { return g.Regulator == refusal.Why }) {
			all = append(all, note{literal(refusal.Why) + ": %s rejected", []value{count(refusal.Rejected, "attempt")}})
		}
	}
	for _, g := range r.Regulators {
		all = append(all, note{"regulator " + literal(g.Regulator) + ": %s limited, shut for %s",
			[]value{count(g.Limited, "attempt"), seconds(g.ShutSeconds)}})
	}
	return all
}

// literal is a text as a part of what a note says, in which a percent sign stands for a figure.
func literal(text string) string { return strings.ReplaceAll(visible(text), "%", "%%") }
