package document

import (
	"fmt"
	"slices"
	"strings"

	"waza/report"
)

// sweptRules says at which values the intervals became as narrow as they were to be, and whom races have left; empty if nobody has asked.
func (d Document) sweptRules(every []point) string {
	if len(d.Conclusions) == 0 {
		return ""
	}
	names := sweptNames(&d.Runs[0])
	if n := d.Conclusions[0].Until; n != nil {
		return " " + d.sweptAsked(every, names, untilFlag(n), func(c report.Conclusion) string {
			if u := c.Until; u != nil && u.Reached {
				return "was reached"
			}
			return "was not reached"
		}) + d.sweptWidest() + "."
	}
	if s := d.Conclusions[0].Selection; s != nil {
		by, _ := report.FigureNamed(s.Figure)
		return " " + d.sweptAsked(every, names, fmt.Sprintf("On %s at 95 %%, where differences below %s %% do not matter,", by.Says, Decimal(100*s.Share, 3)), func(c report.Conclusion) string {
			if s := c.Selection; s != nil && s.Winner != nil {
				return *s.Winner + " was selected" + sweptLeftOut(s)
			}
			if s == nil || len(s.Racing) == 0 {
				return "no race was over"
			}
			return "the race between " + enumerated(s.Racing) + " was not over" + sweptLeftOut(s)
		}) + d.sweptUnfinished() + "."
	}
	return ""
}

// sweptLeftOut says who took no part in the race at a value, for its requests fail more; empty if all did.
func sweptLeftOut(s *report.Selection) string {
	var names []string
	for _, l := range s.LeftOut {
		names = append(names, l.Strategy)
	}
	if len(names) == 0 {
		return ""
	}
	return ", without " + enumerated(names) + ", whose requests fail more,"
}

// sweptUnfinished says why a race was not over; empty if all were.
func (d Document) sweptUnfinished() string {
	if slices.ContainsFunc(d.Conclusions, func(c report.Conclusion) bool { return c.Selection != nil && c.Selection.Leading != nil }) {
		return ". Where a race was not over such differences are small against how much they vary from seed to seed"
	}
	return ""
}

// sweptAsked groups the points by what became of them.
func (d Document) sweptAsked(every []point, names, asked string, became func(report.Conclusion) string) string {
	var order, parts []string
	at := map[string][]point{}
	for _, c := range d.Conclusions {
		says := became(c)
		if at[says] == nil {
			order = append(order, says)
		}
		at[says] = append(at[says], pointOf(c.Swept, c.SweptAlso))
	}
	for i, says := range order {
		where := stretches(at[says], every)
		if i == 0 {
			where = names + " " + where
		}
		parts = append(parts, says+" at "+where)
	}
	return asked + " " + strings.Join(parts, "; ")
}

// sweptWidest tells the widest interval of those that are not narrow enough; empty if all are.
func (d Document) sweptWidest() string {
	var widest *report.Narrowed
	for _, c := range d.Conclusions {
		if u := c.Until; u != nil && !u.Reached && u.Widest != nil && (widest == nil || *u.Widest > *widest.Widest) {
			widest = u
		}
	}
	if widest == nil {
		return ""
	}
	return fmt.Sprintf(" by %d replications: the widest interval is ± %s %%, that of %s", widest.Replications, Decimal(100**widest.Widest, 2), widest.Strategy)
}
