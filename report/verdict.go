package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Runs whose figures differ by less than this share of the better one are level.
const level = 0.01

// score is what a run is judged by.
type score struct {
	run     *Result
	seconds float64
}

// verdict returns one sentence: which strategy was best on p99, and by how much over the next.
func (d Document) verdict() string {
	figure := "p99 latency"
	scores := d.scores(func(r *Result) *float64 { return r.LatencySeconds.P99 })
	if len(scores) == 0 {
		figure = "mean latency (too few requests succeeded for a p99)"
		scores = d.scores(func(r *Result) *float64 { return r.LatencySeconds.Mean })
	}
	switch {
	case len(scores) == 0:
		return "No measured request succeeded, so there is no latency to judge by."
	case len(d.Runs) == 1:
		return alone(figure, scores[0])
	case len(scores) == 1:
		s := scores[0]
		return fmt.Sprintf("Only %s has a %s, %s: there is nothing to compare it with.", s.run.label(), figure, inUnits(s.seconds))
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
func (d Document) scores(figure func(*Result) *float64) []score {
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
	sentence := fmt.Sprintf("%s had a %s of %s", s.run.label(), figure, inUnits(s.seconds))
	if s.run.Utilization != nil {
		sentence += fmt.Sprintf(" with its workers %s %% busy", cell(s.run.Utilization, 100, 1))
	}
	return sentence + burden(s.run, nil) + "."
}

func (d Document) best(figure string, first, next score) string {
	return fmt.Sprintf("%s was best on %s: %s, %.1f %% below the next, %s, with %s%s.",
		first.run.label(), figure, inUnits(first.seconds), 100*(1-first.seconds/next.seconds),
		next.run.label(), inUnits(next.seconds), burden(first.run, d.Runs))
}

func (d Document) tied(figure string, first []score, of int) string {
	names := make([]string, len(first))
	for i, s := range first {
		names[i] = s.run.label()
	}
	who := strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
	among := "are level"
	if len(first) < of {
		among = "are level at the top"
	}
	judged := slices.MaxFunc(first, func(a, b score) int { return cmp.Compare(doubt(a.run), doubt(b.run)) }).run
	from, to := inUnits(first[0].seconds), inUnits(first[len(first)-1].seconds)
	if from != to {
		from += " to " + to
	}
	return fmt.Sprintf("%s %s on %s with %s%s, and one seed proves little where the difference is so small.",
		who, among, figure, from, burden(judged, d.Runs))
}

// doubt is how little the latency of a run says: least where all requests of a long window succeeded.
func doubt(r *Result) float64 {
	switch {
	case r.Saturated:
		return 3
	case r.Short:
		return 2
	case r.SuccessShare == nil:
		return 0
	}
	return 1 - *r.SuccessShare
}

// burden adds what forbids to read a latency alone: an overload, a short window, and requests that did not succeed,
// whose times it does not contain. rivals are the runs that it is compared with, if any.
func burden(r *Result, rivals []Result) string {
	if r.Saturated {
		return ", but under overload, where latency depends on the length of the run"
	}
	if r.Short {
		return ", but in a window so short that the system may still have been filling"
	}
	if r.SuccessShare == nil {
		return ""
	}
	reliable := r
	for i := range rivals {
		if s := rivals[i].SuccessShare; s != nil && *s > *reliable.SuccessShare {
			reliable = &rivals[i]
		}
	}
	switch {
	case *reliable.SuccessShare > *r.SuccessShare+level:
		return fmt.Sprintf(", but only %s %% of %s's requests succeeded, against %s %% of %s's",
			percentCell(r.SuccessShare), r.label(), percentCell(reliable.SuccessShare), reliable.label())
	case rivals == nil && *r.SuccessShare < 1:
		return fmt.Sprintf(", and %s %% of its requests succeeded", percentCell(r.SuccessShare))
	}
	return ""
}
