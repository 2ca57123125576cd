package document

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"waza/report"
)

// What the verdict goes by; the headlines of plots go by the same, so that the two agree.
const (
	// Runs whose figures differ by no more than this share of the worse one are level: one seed proves no more.
	// It is what is written as 1.0 %.
	Level = 0.0105
	// Runs whose success differs by no more than this fail equally often.
	EquallyOften = report.EquallyOften
	// Enough is the success below which it is said of whoever is called best.
	Enough = 0.99
)

// score is what a run is judged by.
type score struct {
	run     *report.Result
	seconds float64
}

// verdict returns one sentence: which strategy was best on p99, and by how much over the next. It is one of those that fail
// least: who lets the slow requests fail has only quick ones left. Of several seeds it says how sure that is.
func (d Document) verdict() string {
	switch {
	case len(d.Found) > 0:
		return d.foundVerdict()
	case len(d.Runs) > 0 && d.Runs[0].Swept != nil:
		return d.sweptVerdict()
	}
	by, figure, scores := d.judgedBy()
	switch {
	case len(scores) == 0 && slices.ContainsFunc(d.Runs, func(r report.Result) bool { return r.Latency != nil && r.Latency.Count() > 0 }):
		return "With some seeds no measured request succeeded, so there is no latency to judge by."
	case len(scores) == 0:
		return "No measured request succeeded, so there is no latency to judge by."
	case len(d.Runs) == 1:
		return alone(figure, by, scores[0]) + d.narrowed() + "."
	case len(scores) == 1:
		s := scores[0]
		return fmt.Sprintf("Only %s has a %s, %s: there is nothing to compare it with.", labelOf(s.run), figure, inUnits(s.seconds))
	}
	if d.partial() {
		return d.ended() + ": no strategy is called best."
	}
	if d.onSeveralSeeds() {
		return d.judgement(by, figure, scores).sentence()
	}
	return ranking{figure, scores, report.MostSuccessful(d.Runs)}.judged()
}

// judgedBy is the figure by which the runs are judged, as prose names it, and those that have it, the best first.
func (d Document) judgedBy() (by report.Figure, figure string, scores []score) {
	by, _ = report.FigureNamed("p99")
	if scores = d.scores(by.Of); len(scores) > 0 {
		return by, by.Says, scores
	}
	by, _ = report.FigureNamed("mean")
	return by, by.Says + " (too few requests succeeded for a p99)", d.scores(by.Of)
}

// leaders are the runs that the verdict names as the best; none if it names nobody.
func (d Document) leaders() []score {
	by, figure, scores := d.judgedBy()
	switch {
	case len(d.Runs) < 2 || len(scores) < 2 || len(d.Runs) > 0 && d.Runs[0].Swept != nil:
		return scores
	case d.partial():
		return nil
	case d.onSeveralSeeds():
		return d.judgement(by, figure, scores).first()
	}
	first, _, _ := ranking{figure, scores, report.MostSuccessful(d.Runs)}.parted()
	return first
}

// Best says which runs the verdict of several seeds names as the best, and by what; none if there is one seed, or if it names nobody.
func (d Document) Best() (figure string, best []report.Result) {
	if len(d.Runs) < 2 || !d.onSeveralSeeds() {
		return "", nil
	}
	_, figure, _ = d.judgedBy()
	if s := d.conclusion().Selection; s != nil {
		by, _ := report.FigureNamed(s.Figure)
		figure = by.Says
	}
	for _, s := range d.leaders() {
		best = append(best, *s.run)
	}
	return figure, best
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

func alone(figure string, by report.Figure, s score) string {
	sentence := fmt.Sprintf("%s had a %s of %s %s", labelOf(s.run), figure, told(s.run, by), over(s.run))
	if s.run.Utilization != nil {
		sentence += fmt.Sprintf(" with its workers %s %% busy", cell(s.run.Utilization, 100, 1))
	}
	var buts []string
	switch share := report.Succeeded(s.run); {
	case share < Enough:
		buts = append(buts, fmt.Sprintf("only %s %% of its requests succeeded", percentCell(s.run.SuccessShare)))
	case share < 1:
		sentence += fmt.Sprintf(", and %s %% of its requests succeeded", percentCell(s.run.SuccessShare))
	}
	return sentence + but(append(buts, doubts([]score{s})...))
}

// failures says how many requests succeeded where one of the runs lets more fail than is enough.
func failures(judged []score) []string {
	if !slices.ContainsFunc(judged, func(s score) bool { return report.Succeeded(s.run) < Enough }) {
		return nil
	}
	whose := "their"
	if len(judged) == 1 {
		whose = "its"
	}
	return []string{fmt.Sprintf("only %s %% of %s requests succeeded", successes(judged), whose)}
}

// doubts say what forbids to read the latency of these runs alone.
func doubts(judged []score) []string {
	switch {
	case slices.ContainsFunc(judged, func(s score) bool { return s.run.Saturated }):
		return []string{"under overload, where latency depends on the length of the run"}
	case slices.ContainsFunc(judged, func(s score) bool { return s.run.Short }):
		return []string{"in a window so short that the system may still have been filling"}
	}
	return nil
}

func but(buts []string) string {
	if len(buts) == 0 {
		return ""
	}
	return ", but " + strings.Join(buts, ", and ")
}
