package document

import (
	"fmt"
	"slices"

	"waza/internal/statistics"
	"waza/report"
)

// A judgement is what several seeds say together of the strategies of a document.
type judgement struct {
	ranking
	by     report.Figure
	runs   []report.Result
	each   [][]report.Result // the single runs of each of these; nil: nobody has kept them
	says   report.Conclusion
	level  []score // those that fail least, the best first
	passed []score // those that are no slower, and fail more
}

// judgement is what several seeds say of the runs, judged by a figure.
func (d Document) judgement(by report.Figure, figure string, scores []score) judgement {
	j := judgement{ranking: ranking{figure, scores, report.MostSuccessful(d.Runs)}, by: by, runs: d.Runs, says: d.conclusion()}
	for i := range d.Runs {
		var runs []report.Result
		for _, r := range d.Each {
			if r.Strategy == d.Runs[i].Strategy {
				runs = append(runs, r)
			}
		}
		j.each = append(j.each, runs)
	}
	for _, s := range scores {
		if j.safe(s) {
			j.level = append(j.level, s)
		}
	}
	if len(j.level) > 0 {
		_, j.passed, _ = j.parted()
	}
	return j
}

// sentence says which strategies are best, and how sure that is.
func (j judgement) sentence() string {
	sentence := ""
	switch {
	case j.says.Selection != nil:
		sentence = j.raced(j.says.Selection)
	case len(j.level) == 0:
		return j.nobody()
	case len(j.level) == 1:
		s := j.level[0]
		sentence = fmt.Sprintf("%s fails least, and had a %s of %s %s", labelOf(s.run), j.figure, told(s.run, j.by), over(s.run)) + j.buts(j.level)
	case len(j.runs) == 2:
		sentence = j.paired()
	default:
		sentence = j.together()
	}
	return sentence + narrowed(j.says.Until) + "."
}

// first are the runs of which the sentence speaks as the best.
func (j judgement) first() []score {
	s := j.says.Selection
	switch {
	case s != nil && s.Winner != nil:
		return j.named([]string{*s.Winner})
	case s != nil:
		return j.named(s.Racing)
	case len(j.level) < 2:
		return j.level
	case len(j.runs) == 2:
		better, _, known := j.compared(j.by)
		if known {
			return j.named([]string{better.Strategy})
		}
		return j.level
	}
	if best := j.best(j.by); best != nil {
		return j.named(best.Strategies)
	}
	return j.level
}

// named are the scores of these strategies, in this order.
func (j judgement) named(names []string) []score {
	var all []score
	for _, name := range names {
		for i := range j.runs {
			if j.runs[i].Strategy == name {
				s := score{run: &j.runs[i]}
				if v := j.by.Of(s.run); v != nil {
					s.seconds = *v
				}
				all = append(all, s)
			}
		}
	}
	return all
}

// buts are what forbids to judge these runs by the figure alone.
func (j judgement) buts(of []score) string {
	return but(append(failures(of), doubts(of)...)) + j.passedOver(j.passed)
}

// compared are both of two runs, the better one by the figure first if it is known which that is.
func (j judgement) compared(f report.Figure) (better, worse *report.Result, known bool) {
	a, b := &j.runs[0], &j.runs[1]
	if a.Difference == nil {
		a, b = b, a
	}
	if a.Difference == nil {
		return a, b, false
	}
	switch a.Difference.On(f).Verdict {
	case statistics.Better.String():
		return a, b, true
	case statistics.Worse.String():
		return b, a, true
	}
	return &j.runs[0], &j.runs[1], false
}

// among says how sure the comparison of two runs is: of a difference that is the same in all seeds nothing tells.
func (j judgement) among(f report.Figure, a, b *report.Result) string {
	for _, by := range []*report.Difference{a.Difference, b.Difference} {
		switch {
		case by == nil || by.On(f).Seconds == nil || by.On(f).CI95 != nil:
		case *by.On(f).Seconds == 0:
			return "in any seed, " + over(a, b)
		default:
			return "by the same difference in each seed, " + over(a, b)
		}
	}
	return "at 95 % " + over(a, b)
}

// paired compares two strategies.
func (j judgement) paired() string {
	better, worse, known := j.compared(j.by)
	figures := told(better, j.by) + " against " + told(worse, j.by)
	among := j.among(j.by, better, worse)
	sentence := fmt.Sprintf("%s and %s are not distinguishable on %s %s: %s", labelOf(better), labelOf(worse), j.figure, among, figures)
	if known {
		sentence = fmt.Sprintf("%s was better than %s on %s %s: %s", labelOf(better), labelOf(worse), j.figure, among, figures)
	}
	sentence += j.buts(j.first())
	if j.by.Name == "mean" {
		return sentence
	}
	mean, _ := report.FigureNamed("mean")
	switch also, other, sure := j.compared(mean); {
	case !sure:
		return sentence + "; on mean latency they are not distinguishable"
	case known && also == better:
		return sentence + "; on mean latency, too: " + told(also, mean) + " against " + told(other, mean)
	default:
		return sentence + fmt.Sprintf("; on mean latency %s was better: %s against %s", labelOf(also), told(also, mean), told(other, mean))
	}
}

// best are those that cannot be told from the best of those that fail least and have the figure; nil: nobody can tell.
func (j judgement) best(f report.Figure) *report.Best {
	members := j.members(f)
	if len(members) == len(j.runs) || len(j.each[0]) == 0 {
		for i := range j.says.Best {
			if b := &j.says.Best[i]; b.Figure == f.Name && j.allSafe(b.Strategies) {
				return b
			}
		}
		return nil
	}
	var some [][]report.Result
	for _, i := range members {
		some = append(some, j.each[i])
	}
	if len(some) == 0 {
		return nil
	}
	return report.BestBy(some, f)
}

// members are the runs, by index, that fail least and have the figure.
func (j judgement) members(f report.Figure) (all []int) {
	for i := range j.runs {
		if r := &j.runs[i]; j.safe(score{run: r}) && f.Of(r) != nil {
			all = append(all, i)
		}
	}
	return all
}

func (j judgement) allSafe(names []string) bool {
	return !slices.ContainsFunc(j.named(names), func(s score) bool { return !j.safe(s) })
}

// together says which of three strategies or more cannot be told from the best.
func (j judgement) together() string {
	best := j.best(j.by)
	if best == nil {
		return fmt.Sprintf("No strategy is called best on %s: not every seed has one", j.figure)
	}
	first, among := j.named(best.Strategies), fmt.Sprintf("all %d strategies together", len(j.runs))
	if n := len(j.members(j.by)); n < len(j.runs) {
		among = fmt.Sprintf("the %d strategies together that fail least", n)
	}
	sentence := ""
	if len(first) == 1 {
		sentence = fmt.Sprintf("%s was best on %s at 95 %% over %s and %s: %s", labelOf(first[0].run), j.figure, among, seedsOf(j.runs), told(first[0].run, j.by))
		if next := slices.IndexFunc(j.level, func(s score) bool { return s.run != first[0].run }); next >= 0 && j.level[next].seconds > 0 {
			sentence += fmt.Sprintf(", %.1f %% below the next, %s, with %s",
				100*(1-first[0].seconds/j.level[next].seconds), labelOf(j.level[next].run), told(j.level[next].run, j.by))
		}
	} else {
		least, most := ends(first)
		sentence = fmt.Sprintf("%s cannot be told from the best on %s at 95 %% over %s and %s: %s",
			enumerated(best.Strategies), j.figure, among, seedsOf(j.runs), span(inUnits(least), inUnits(most)))
	}
	return sentence + j.buts(first) + j.onMean(best)
}

// onMean says which cannot be told from the best on the mean, where the sentence is of another figure.
func (j judgement) onMean(of *report.Best) string {
	mean, _ := report.FigureNamed("mean")
	if j.by.Name == mean.Name {
		return ""
	}
	best := j.best(mean)
	switch {
	case best == nil:
		return ""
	case len(best.Strategies) == 1 && len(of.Strategies) == 1 && best.Best == of.Best:
		return "; on mean latency, too, with " + told(j.named(best.Strategies)[0].run, mean)
	case len(best.Strategies) == 1:
		return fmt.Sprintf("; on mean latency %s was best, with %s", best.Best, told(j.named(best.Strategies)[0].run, mean))
	case sameNames(best.Strategies, of.Strategies):
		return "; the same goes for mean latency"
	}
	return fmt.Sprintf("; on mean latency %s cannot be told from the best", enumerated(best.Strategies))
}

func sameNames(a, b []string) bool {
	return slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b)))
}
