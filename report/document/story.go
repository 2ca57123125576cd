package document

import (
	"fmt"
	"strings"

	"waza/report"
)

// mostStories is of how many runs it is told how their pools changed and what each worker has begun, and mostTold how often of each.
const (
	mostStories = 3
	mostTold    = 12
)

// story tells when a pool grew and shrank.
func story(r *report.Result) []note {
	p := r.Pool
	if p == nil || len(p.Moves) == 0 {
		return nil
	}
	var told []string
	for _, m := range p.Moves[:min(len(p.Moves), mostTold)] {
		says := fmt.Sprintf("to %d at %s", m.To, moment(m.StartSeconds))
		if first, last := moment(m.StartSeconds), moment(m.EndSeconds); first != last {
			says = fmt.Sprintf("to %d from %s to %s", m.To, first, last)
		}
		told = append(told, says)
	}
	if more := len(p.Moves) - len(told) + p.More; more > 0 {
		told = append(told, fmt.Sprintf("and %d more times", more))
	}
	return []note{plain("the pool went from " + counted(report.Count(p.Moves[0].From), "worker") + " " + strings.Join(told, ", "))}
}

// moment is an instant as a story tells it.
func moment(seconds float64) string { return Seconds(seconds, 4) }
