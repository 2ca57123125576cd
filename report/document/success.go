package document

import (
	"fmt"
	"slices"
	"strings"

	"waza/report"
)

// wanted is the success that is proposed as an objective.
const wanted = 0.999

// success says which share of the requests succeeded, where not all did and no objective is about it, and how to ask for it: who lets the
// slow requests fail keeps any latency. Both are empty where there is nothing to say.
func success(held []report.Held, share *float64) (clause note, hint string) {
	asked := slices.ContainsFunc(held, func(h report.Held) bool { return h.Figure == "success" })
	if share == nil || *share >= 1 || asked {
		return note{}, ""
	}
	clause = note{"%s of its requests succeeded", []value{{*share, func(v float64) string { return percentCell(&v) + " %" }}}}
	if *share >= wanted {
		return clause, ""
	}
	clause.says = "only " + clause.says
	all := "all"
	if len(held) == 1 {
		all = "both"
	}
	var texts []string
	for _, h := range held {
		texts = append(texts, h.Objective)
	}
	return clause, fmt.Sprintf("--slo=%s,success:%s%% asks for %s", strings.Join(texts, ","), Decimal(wanted*100, 3), all)
}

// besides is what a sentence about a latency adds of the success.
func besides(held []report.Held, share *float64) note {
	clause, hint := success(held, share)
	switch {
	case clause.says == "":
		return note{}
	case hint == "":
		return note{", and " + clause.says, clause.values}
	}
	return note{", but " + clause.says + ": " + strings.ReplaceAll(hint, "%", "%%"), clause.values}
}
