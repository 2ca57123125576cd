package document

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"waza/report"
)

// Runs whose figures differ by less than this share of the better one are level.
const level = 0.01

// score is what a run is judged by.
type score struct {
	run     *report.Result
	seconds float64
}

// verdict returns one sentence: which strategy was best on p99, and by how much over the next.
func (d Document) verdict() string {
	figure := "p99 latency"
	scores := d.scores(func(r *report.Result) *float64 { return r.LatencySeconds.P99 })
	if len(scores) == 0 {
		figure = "mean latency (too few requests succeeded for a p99)"
		scores = d.scores(func(r *report.Result) *float64 { return r.LatencySeconds.Mean })
	}
	switch {
	case len(scores) == 0:
		return "No measured request succeeded, so there is no latency to judge by."
	case len(d.Runs) == 1:
		return alone(figure, scores[0])
	case len(scores) == 1:
		s := scores[0]
		return fmt.Sprintf("Only %s has a %s, %s: there is nothing to compare it with.", labelOf(s.run), figure, inUnits(s.seconds))
	}
	if d.Interrupted {
		return "The run was interrupted: no strategy is called best."
	}
	n := 1
	for n < len(scores) && scores[n].seconds < scores[0].seconds*(1+level) {
		n++
	}
	if n > 1 {
		return d.tied(figure, scores[:n], len(scores))
	}
	return d.best(figure, scores[0], scores[1])
}

// scores returns the runs that have the figure, the best first.
func (d Document) scores(figure func(*report.Result) *float64) []score {
	var scores []score
	for i := range d.Runs {
		if v := figure(&d.Runs[i]); v != nil {
			scores = append(scores, score{&d.Runs[i], *v})
		}
	}
	slices.SortStableFunc(scores, func(a, b score) int { return cmp.Compare(a.seconds, b.seconds) })
	return scores
}

func alone(figure string, s score) string {
	sentence := fmt.Sprintf("%s had a %s of %s", labelOf(s.run), figure, inUnits(s.seconds))
	if s.run.Utilization != nil {
		sentence += fmt.Sprintf(" with its workers %s %% busy", cell(s.run.Utilization, 100, 1))
	}
	return sentence + burden([]score{s}, nil) + "."
}

func (d Document) best(figure string, first, next score) string {
	return fmt.Sprintf("%s was best on %s: %s, %.1f %% below the next, %s, with %s%s.",
		labelOf(first.run), figure, inUnits(first.seconds), 100*(1-first.seconds/next.seconds),
		labelOf(next.run), inUnits(next.seconds), burden([]score{first}, d.Runs))
}

func (d Document) tied(figure string, first []score, of int) string {
	names := make([]string, len(first))
	for i, s := range first {
		names[i] = labelOf(s.run)
	}
	who := strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
	among := "are level"
	if len(first) < of {
		among = "are level at the top"
	}
	from, to := inUnits(first[0].seconds), inUnits(first[len(first)-1].seconds)
	if from != to {
		from += " to " + to
	}
	return fmt.Sprintf("%s %s on %s with %s%s, and one seed proves little where the difference is so small.",
		who, among, figure, from, burden(first, d.Runs))
}

// burden adds what forbids to read the latency of these runs alone: an overload or a short window under one of them, and
// requests that did not succeed, whose times it does not contain. rivals are the runs they are compared with, if any.
func burden(judged []score, rivals []report.Result) string {
	saturated := slices.ContainsFunc(judged, func(s score) bool { return s.run.Saturated })
	short := slices.ContainsFunc(judged, func(s score) bool { return s.run.Short })
	worst := slices.MinFunc(judged, func(a, b score) int { return cmp.Compare(succeeded(a.run), succeeded(b.run)) }).run
	best := worst
	for i := range rivals {
		if succeeded(&rivals[i]) > succeeded(best) {
			best = &rivals[i]
		}
	}
	var buts []string
	if succeeded(best) > succeeded(worst)+level {
		buts = append(buts, fmt.Sprintf("only %s %% of %s's requests succeeded, against %s %% of %s's",
			percentCell(worst.SuccessShare), labelOf(worst), percentCell(best.SuccessShare), labelOf(best)))
	}
	if saturated {
		buts = append(buts, "under overload, where latency depends on the length of the run")
	} else if short {
		buts = append(buts, "in a window so short that the system may still have been filling")
	}
	sentence := ""
	if rivals == nil && succeeded(worst) < 1 {
		sentence = fmt.Sprintf(", and %s %% of its requests succeeded", percentCell(worst.SuccessShare))
	}
	if len(buts) > 0 {
		sentence += ", but " + strings.Join(buts, ", and ")
	}
	return sentence
}

// succeeded is the share of a run's requests that did. Without one measured it is no example to others.
func succeeded(r *report.Result) float64 {
	if r.SuccessShare == nil {
		return 0
	}
	return *r.SuccessShare
}
