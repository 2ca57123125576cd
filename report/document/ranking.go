package document

import (
	"fmt"
	"slices"

	"waza/report"
)

// A ranking is what several runs are judged by.
type ranking struct {
	figure string
	scores []score        // the best first, at least two
	safest *report.Result // of all runs, the one that succeeds most often
}

// judged names the best of those that fail least, or all that are level with it.
func (r ranking) judged() string {
	first, passed, slower := r.parted()
	if len(first) == 0 {
		return r.nobody()
	}
	sentence, small := r.best(first[0], slower), ""
	if len(first) > 1 {
		sentence, small = r.tied(first), ", and one seed proves little where the difference is so small"
	}
	return sentence + but(append(failures(first), doubts(first)...)) + small + r.passedOver(passed) + "."
}

// nobody says that those that fail least do not have the figure.
func (r ranking) nobody() string {
	return fmt.Sprintf("Fewest requests failed under %s, which has no %s: no strategy is called best.", labelOf(r.safest), r.figure)
}

// safe tells whether a run is one of those that fail least.
func (r ranking) safe(s score) bool { return report.FailsLeast(s.run, r.safest) }

// parted parts the runs into the best of those that fail least with all that are level with it, those that are no slower but fail more,
// and the slower ones; all are empty if those that fail least do not have the figure.
func (r ranking) parted() (first, passed, slower []score) {
	at := slices.IndexFunc(r.scores, r.safe)
	if at < 0 {
		return nil, nil, nil
	}
	for _, s := range r.scores {
		switch notSlower := s.seconds*(1-Level) < r.scores[at].seconds; {
		case notSlower && r.safe(s):
			first = append(first, s)
		case notSlower:
			passed = append(passed, s)
		default:
			slower = append(slower, s)
		}
	}
	return first, passed, slower
}

func (r ranking) best(first score, others []score) string {
	sentence := fmt.Sprintf("%s was best on %s in one seed: %s", labelOf(first.run), r.figure, inUnits(first.seconds))
	if len(others) == 0 {
		return sentence
	}
	next := others[0]
	return sentence + fmt.Sprintf(", %.1f %% below the next, %s, with %s",
		100*(1-first.seconds/next.seconds), labelOf(next.run), inUnits(next.seconds))
}

func (r ranking) tied(first []score) string {
	const named = 5
	names, among := someOf(first, named), "are level"
	if len(first) < len(r.scores) {
		among = "are level at the top"
	} else if len(first) > named+1 {
		names = fmt.Sprintf("All %d", len(first))
	}
	return fmt.Sprintf("%s %s on %s with %s", names, among, r.figure,
		span(inUnits(first[0].seconds), inUnits(first[len(first)-1].seconds)))
}

// passedOver tells of those that were no slower, and that it does not count, for more of their requests failed.
func (r ranking) passedOver(passed []score) string {
	switch len(passed) {
	case 0:
		return ""
	case 1:
		s := passed[0]
		return fmt.Sprintf("; %s had %s, but only %s %% of its requests succeeded, against %s %% of %s's", labelOf(s.run),
			inUnits(s.seconds), percentCell(s.run.SuccessShare), percentCell(r.safest.SuccessShare), labelOf(r.safest))
	}
	return fmt.Sprintf("; %s were no slower, but only %s %% of their requests succeeded, against %s %% of %s's", someOf(passed, 3),
		successes(passed), percentCell(r.safest.SuccessShare), labelOf(r.safest))
}

// someOf names runs, at most one more than so many.
func someOf(scores []score, most int) string {
	var names []string
	for _, s := range scores {
		names = append(names, labelOf(s.run))
	}
	if len(names) > most+1 {
		names = append(names[:most:most], fmt.Sprintf("%d others", len(names)-most))
	}
	return enumerated(names)
}

// successes tells from what to what share the requests of these runs succeeded, in percent.
func successes(of []score) string {
	least, most := of[0].run, of[0].run
	for _, s := range of {
		if report.Succeeded(s.run) < report.Succeeded(least) {
			least = s.run
		}
		if report.Succeeded(s.run) > report.Succeeded(most) {
			most = s.run
		}
	}
	return span(percentCell(least.SuccessShare), percentCell(most.SuccessShare))
}
