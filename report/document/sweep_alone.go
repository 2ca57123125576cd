package document

import (
	"fmt"
	"slices"

	"waza/report"
)

// sweptAlone says of the one strategy of a sweep from where to where its p99 went, or its mean where there is no p99 at any value.
func (d Document) sweptAlone() string {
	by, figure, scores := d.judgedBy()
	if len(scores) == 0 {
		return fmt.Sprintf("No value of %s has a latency to judge by", sweptNames(&d.Runs[0]))
	}
	at := func(s score) string { return pointOf(s.run.Swept, s.run.SweptAlso).String() }
	least, most := scores[0], scores[len(scores)-1]
	sentence := fmt.Sprintf("%s had a %s of %s at %s %s", least.run.Strategy, figure, told(least.run, by), sweptNames(least.run), at(least))
	switch {
	case len(scores) == 2:
		sentence += fmt.Sprintf(", and of %s at %s", told(most.run, by), at(most))
	case len(scores) > 2:
		sentence += fmt.Sprintf(", its least, and of up to %s, at %s", told(most.run, by), at(most))
	}
	var failed []score
	var where []point
	for i := range d.Runs {
		if r := &d.Runs[i]; report.Succeeded(r) < Enough {
			failed, where = append(failed, score{run: r}), append(where, pointOf(r.Swept, r.SweptAlso))
		}
	}
	if len(failed) > 0 {
		sentence += fmt.Sprintf(", but only %s %% of its requests succeeded at %s", successes(failed), stretches(where, points(d.Runs)))
	}
	return sentence
}

// oneStrategy tells whether all runs are of the same.
func oneStrategy(runs []report.Result) bool {
	return !slices.ContainsFunc(runs, func(r report.Result) bool { return r.Strategy != runs[0].Strategy })
}
