package document

import (
	"fmt"
	"slices"
	"strings"

	"waza/internal/statistics"
	"waza/report"
)

// sweptVerdict says in one sentence at which values which strategy was best on p99, or on the mean where nobody has a p99. At each value it
// goes by what verdict goes by, one seed or several.
func (d Document) sweptVerdict() string {
	switch {
	case d.partial() && d.Sought != "":
		return d.ended() + ": no search came to its end, and no value of --" + visible(d.Sought) + " is found."
	case d.partial() && len(report.Knees(d.Runs)) > 0:
		return d.ended() + ": no strategy is called best, and no knee is known."
	case d.partial():
		return d.ended() + ": no strategy is called best."
	}
	every := points(d.Runs)
	b := d.standings(every)
	names := sweptNames(&d.Runs[0])
	sentence := b.told(names, every)
	if oneStrategy(d.Runs) {
		sentence = d.sweptAlone()
	} else if len(b.unsure) < len(every) {
		sentence = "At 95 % for each value, " + sentence
		if len(b.unsure) > 0 {
			sentence += fmt.Sprintf("; of %s %s the means alone say so", names, stretches(b.unsure, every))
		}
	}
	if len(b.overload) > 0 {
		sentence += fmt.Sprintf("; at %s %s under overload, where latency depends on the length of the run", names, stretches(b.overload, every))
	}
	if d.Runs[0].Replications < 2 {
		sentence += ". One seed at each value proves little where differences are small"
	}
	return sentence + "." + d.sweptRules(every)
}

// standings are what is said of the points of a sweep: who was best, in the order in which it is first said, and where.
type standings struct {
	order            []string
	at               map[string][]point
	overload, unsure []point // where whoever was best had too much to do, and where the seeds do not say at 95 % who was
}

// standings asks at each point who was best there.
func (d Document) standings(every []point) standings {
	runs := map[point][]report.Result{}
	for i := range d.Runs {
		p := pointOf(d.Runs[i].Swept, d.Runs[i].SweptAlso)
		runs[p] = append(runs[p], d.Runs[i])
	}
	b := standings{at: map[string][]point{}}
	for _, p := range every {
		best, over, sure := d.bestAt(runs[p])
		if b.at[best] == nil {
			b.order = append(b.order, best)
		}
		b.at[best] = append(b.at[best], p)
		if over {
			b.overload = append(b.overload, p)
		}
		if !sure {
			b.unsure = append(b.unsure, p)
		}
	}
	return b
}

// told names them, and the values at which they were.
func (b standings) told(names string, every []point) string {
	var parts []string
	for i, best := range b.order {
		where := stretches(b.at[best], every)
		if i == 0 {
			where = names + " " + where
		}
		parts = append(parts, best+" at "+where)
	}
	return strings.Join(parts, "; ")
}

// bestAt says who of the runs at a point was best, whether that was under overload, and whether several seeds say so at 95 %.
func (d Document) bestAt(runs []report.Result) (best string, overload, sure bool) {
	there := Document{Runs: runs}
	by, figure, scores := there.judgedBy()
	first, _, _ := ranking{figure, scores, report.MostSuccessful(there.Runs)}.parted()
	if len(first) == 0 {
		return "nobody can be called best on " + figure, false, false
	}
	overload = slices.ContainsFunc(first, func(s score) bool { return s.run.Saturated })
	names := slices.SortedFunc(slices.Values(BestAt(runs, d.Conclusions, by)), func(a, b string) int { return d.place(a) - d.place(b) })
	level := "were level at the top on " + figure
	if sure = len(untold(runs, d.Conclusions, by)) > 0; sure && len(names) == len(runs) {
		level = "cannot be told apart on " + figure
	} else if sure {
		level = "cannot be told from the best on " + figure
	}
	const named = 4
	switch {
	case len(names) == 1:
		best = names[0] + " was best on " + figure
	case len(names) == len(there.Runs) && there.Runs[0].Replications < 2:
		best = "all were level on " + figure
	case len(names) > named:
		best = fmt.Sprintf("%d strategies %s", len(names), level)
	default:
		best = enumerated(names) + " " + level
	}
	if few := failures(first); len(few) > 0 {
		best += ", but let requests fail,"
	}
	return best, overload, sure
}

// untold are the strategies at a point that several seeds cannot tell from the best by a figure at 95 %; nil: of one seed, or where one of them
// fails more than others, so that nobody knows.
func untold(runs []report.Result, conclusions []report.Conclusion, by report.Figure) (names []string) {
	most := report.MostSuccessful(runs)
	several := func(names ...string) []string {
		for _, name := range names {
			if !slices.ContainsFunc(runs, func(r report.Result) bool {
				return r.Strategy == name && r.Replications > 1 && report.FailsLeast(&r, most)
			}) {
				return nil
			}
		}
		return names
	}
	for _, c := range conclusions {
		for _, best := range c.Best {
			if best.Figure == by.Name && pointOf(c.Swept, c.SweptAlso) == pointOf(runs[0].Swept, runs[0].SweptAlso) {
				return several(slices.Clone(best.Strategies)...)
			}
		}
	}
	if len(runs) != 2 { // of two, one is compared with the other
		return nil
	}
	for i, other := range []int{1, 0} {
		if runs[i].Difference == nil {
			continue
		}
		switch runs[i].Difference.On(by).Verdict {
		case statistics.Indistinguishable.String():
			return several(runs[0].Strategy, runs[1].Strategy)
		case statistics.Better.String():
			return several(runs[i].Strategy)
		case statistics.Worse.String():
			return several(runs[other].Strategy)
		}
	}
	return nil
}

// BestAt names who is best by a figure among the runs at one point of a sweep, of those that fail least: of several seeds all that these
// cannot tell from the best at 95 %, and of one seed, or where nobody knows, all that are level with it. Nil: none of them has the figure.
func BestAt(runs []report.Result, conclusions []report.Conclusion, by report.Figure) (names []string) {
	there := Document{Runs: runs}
	scores := there.scores(by.Of)
	if len(scores) == 0 {
		return nil
	}
	first, _, _ := ranking{by.Says, scores, report.MostSuccessful(runs)}.parted()
	if len(first) == 0 {
		return nil
	}
	if names = untold(runs, conclusions, by); len(names) > 0 {
		return names
	}
	for _, s := range first {
		names = append(names, s.run.Strategy)
	}
	return names
}

// place is where a strategy stands among the runs.
func (d Document) place(strategy string) int {
	return slices.IndexFunc(d.Runs, func(r report.Result) bool { return r.Strategy == strategy })
}
