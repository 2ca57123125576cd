package document

import (
	"fmt"
	"slices"

	"waza/report"
)

// conclusion is what several seeds say at the one point that there is; empty if there is none, or if there are more.
func (d Document) conclusion() report.Conclusion {
	if len(d.Conclusions) != 1 {
		return report.Conclusion{}
	}
	return d.Conclusions[0]
}

// onSeveralSeeds tells whether all runs are to be judged by their seeds.
func (d Document) onSeveralSeeds() bool {
	return !slices.ContainsFunc(d.Runs, func(r report.Result) bool { return !severalSeeds(r) || r.Swept != nil })
}

// raced says which strategy a race has left, or which have not left it.
func (j judgement) raced(s *report.Selection) string {
	by, _ := report.FigureNamed(s.Figure)
	least, most := s.Runs, 0
	for _, n := range s.Replications {
		least, most = min(least, n), max(most, n)
	}
	each := span(fmt.Sprint(least), fmt.Sprint(most)) + " of each strategy"
	if s.Winner == nil {
		var racing []string
		for _, r := range j.named(s.Racing) {
			racing = append(racing, fmt.Sprintf("%s (%s)", labelOf(r.run), told(r.run, by)))
		}
		return fmt.Sprintf("The race on %s at 95 %% was not over after %d replications, %d runs in all: still in it are %s",
			by.Says, most, s.Runs, enumerated(racing)) + j.raceButs(s.Racing) + leftOut(s) + unfinished(s, by)
	}
	winner := j.named([]string{*s.Winner})
	if len(s.LeftOut)+1 == len(s.Replications) {
		return fmt.Sprintf("%s alone took part in the race on %s after %d runs, %s, for it fails least: %s", labelOf(winner[0].run), by.Says, s.Runs, each,
			told(winner[0].run, by)) + j.raceButs([]string{*s.Winner}) + leftOut(s)
	}
	near := nearTo(s, "it")
	return fmt.Sprintf("%s was selected on %s at 95 %% after %d runs, %s, where differences below %s %% do not matter: %s",
		labelOf(winner[0].run), by.Says, s.Runs, each, Decimal(100*s.Share, 3), told(winner[0].run, by)) + j.raceButs([]string{*s.Winner}) + "; " + near + leftOut(s)
}

// leftOut says who took no part in a race, for its requests fail more; empty if all did.
func leftOut(s *report.Selection) string {
	var names []string
	for _, l := range s.LeftOut {
		names = append(names, fmt.Sprintf("%s (success %s %%)", l.Strategy, percentCell(&l.SuccessShare)))
	}
	if len(names) == 0 {
		return ""
	}
	whose := "their"
	if len(names) == 1 {
		whose = "its"
	}
	return fmt.Sprintf("; left out, for more of %s requests fail: %s", whose, enumerated(names))
}

// unfinished says who can be told from the best so far, and why the race asks for more: its zone is small against how much differences vary.
func unfinished(s *report.Selection, by report.Figure) string {
	if s.Zone == nil || s.Leading == nil {
		return ""
	}
	best := "the best so far, " + *s.Leading
	var told []string
	for _, name := range s.Racing {
		if name != *s.Leading && !slices.Contains(s.Near, name) {
			told = append(told, name)
		}
	}
	text := ". At 95 % over all strategies together " + nearTo(s, best)
	switch {
	case len(told) > 0 && len(s.Near) > 0:
		text = fmt.Sprintf(". At 95 %% over all strategies together %s can be told from %s, and %s cannot", enumerated(told), best, enumerated(s.Near))
	case len(told) > 0:
		text = fmt.Sprintf(". At 95 %% over all strategies together %s can be told from %s", enumerated(told), best)
	}
	if s.Deviation == nil || s.Estimated == nil {
		return text
	}
	return text + fmt.Sprintf("; the race asks for more where differences of %s %%, %s, are small against their standard deviation from seed to seed, %s: some %s, estimated from the differences so far",
		Decimal(100*s.Share, 3), amount(by, *s.Zone, 3), amount(by, *s.Deviation, 3), counted(report.Count(*s.Estimated), "replication"))
}

// nearTo says which strategies of a race cannot be told from another.
func nearTo(s *report.Selection, other string) string {
	switch {
	case len(s.Near) > 0:
		return enumerated(s.Near) + " cannot be told from " + other
	case len(s.LeftOut) > 0:
		return "every other of the race can be told from " + other
	}
	return "every other can be told from " + other
}

// raceButs are what forbids to call these the best by the figure of the race alone.
func (j judgement) raceButs(names []string) string {
	of := j.named(names)
	buts := append(failures(of), doubts(of)...)
	if !j.allSafe(names) {
		most := j.safest
		buts = append(buts, fmt.Sprintf("%s %% of the requests succeed under %s, so that no strategy is called best", percentCell(most.SuccessShare), labelOf(most)))
	}
	return but(buts)
}

// narrowed says whether the intervals became as narrow as they were to be, where nothing has ended the runs before.
func (d Document) narrowed() string {
	n := d.conclusion().Until
	if n == nil || !d.partial() || d.Interrupted && n.Reached && len(d.Missing) == 0 {
		return narrowed(n)
	}
	why := "not all runs came to their end"
	if d.Interrupted {
		why = "the run was interrupted"
	}
	text := fmt.Sprintf("; %s was not decided, as %s: there are %d replications", untilFlag(n), why, n.Replications)
	if n.Widest != nil {
		text += fmt.Sprintf(", and the widest interval is ± %s %%", Decimal(100**n.Widest, 2))
	}
	return text
}

// narrowed says whether the intervals became as narrow as they were to be; empty if nobody has asked for it.
func narrowed(n *report.Narrowed) string {
	switch {
	case n == nil:
		return ""
	case n.Widest == nil && n.Reached:
		return fmt.Sprintf("; %s was reached by %d replications: all of them gave the same value, of which no interval is known", untilFlag(n), n.Replications)
	case n.Widest == nil:
		return fmt.Sprintf("; %s was not reached by %d replications: not every run of %s has that figure", untilFlag(n), n.Replications, n.Strategy)
	case n.Reached:
		return fmt.Sprintf("; %s was reached by %d replications: the widest interval is ± %s %%", untilFlag(n), n.Replications, Decimal(100**n.Widest, 2))
	}
	return fmt.Sprintf("; %s was not reached by %d replications: the widest interval is ± %s %%, that of %s", untilFlag(n), n.Replications, Decimal(100**n.Widest, 2), n.Strategy)
}

func untilFlag(n *report.Narrowed) string {
	return fmt.Sprintf("--until=%s:%s%%", n.Figure, Decimal(100*n.Share, 6))
}
