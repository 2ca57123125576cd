package document

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"waza/report"
)

// figureOf is the figure of an objective; that of a name that does not exist has no value either.
func figureOf(h report.Held) report.Figure {
	f, _ := report.FigureNamed(h.Figure)
	return f
}

// amount writes a value of a figure with so many digits and its unit.
func amount(f report.Figure, v float64, digits int) string {
	switch {
	case f.Seconds:
		return Seconds(v, digits)
	case f.Rate:
		return Decimal(v, digits) + " /s"
	}
	return Decimal(v*100, digits) + " %"
}

const (
	exactly = 12 // digits of a limit, which somebody has typed
	roughly = 4  // of what was measured
)

// bound is an objective as people write it: p99 ≤ 50 ms.
func bound(h report.Held) string {
	f, sign := figureOf(h), "≤"
	if f.Most {
		sign = "≥"
	}
	return f.Name + " " + sign + " " + amount(f, h.Limit, exactly)
}

// bounds are all of them.
func bounds(held []report.Held) string {
	var texts []string
	for _, h := range held {
		texts = append(texts, bound(h))
	}
	return enumerated(texts)
}

// valueTold is a value with its interval, if it has one, in one unit: 41.23 ms [40.91, 41.55].
func valueTold(h report.Held) string {
	f := figureOf(h)
	if h.Value == nil {
		return "no " + f.Name
	}
	text := amount(f, *h.Value, roughly)
	if h.CI95 == nil {
		return text
	}
	factor := 1.0
	switch {
	case f.Seconds:
		factor = 1 / unitOf(Significant(*h.Value, roughly)).seconds
	case !f.Rate:
		factor = 100
	}
	ci := f.Possible(*h.CI95)
	return fmt.Sprintf("%s [%s, %s]", text, Decimal(ci[0]*factor, roughly), Decimal(ci[1]*factor, roughly))
}

// values are those of all objectives.
func values(held []report.Held) string {
	var texts []string
	for _, h := range held {
		text := valueTold(h)
		if len(held) > 1 && h.Value != nil {
			text = h.Figure + " " + text
		}
		texts = append(texts, text)
	}
	return enumerated(texts)
}

// Misses says by how much a strategy misses an objective.
func Misses(strategy string, h report.Held) string {
	f := figureOf(h)
	if h.Value == nil {
		return fmt.Sprintf("%s has no %s: nobody can tell whether it is kept", strategy, f.Says)
	}
	text := fmt.Sprintf("%s has a %s of %s, and the limit is %s", strategy, f.Says, amount(f, *h.Value, roughly), amount(f, h.Limit, exactly))
	if h.Margin != nil {
		text += fmt.Sprintf(": %s %% %s it", Decimal(100*math.Abs(*h.Margin), 3), map[bool]string{true: "below", false: "above"}[f.Most])
	}
	return text
}

// kept says of each objective of a run whether it keeps it, and behind the last that it keeps how many requests succeeded.
func kept(r *report.Result) []note {
	var all []note
	last := -1 // that is kept
	for _, h := range r.SLO {
		f, verb := figureOf(h), "misses "
		if h.Kept {
			verb = "keeps "
		}
		says := strings.ReplaceAll(verb+bound(h), "%", "%%")
		if h.Value == nil {
			says = strings.ReplaceAll("nobody can tell whether it keeps "+bound(h), "%", "%%")
			all = append(all, note{says + ": it has no such figure", nil})
			continue
		}
		n := note{says + ": %s", []value{{*h.Value, func(v float64) string { return amount(f, v, roughly) }}}}
		if h.CI95 != nil {
			n = within(says, h)
		}
		if h.Kept {
			last = len(all)
		}
		all = append(all, n)
	}
	if last >= 0 {
		more := besides(r.SLO, r.SuccessShare)
		all[last].says, all[last].values = all[last].says+more.says, append(all[last].values, more.values...)
	}
	return all
}

// within adds to what is said of an objective the value and the half-width of its interval, and whether that leaves the outcome open.
func within(says string, h report.Held) note {
	f, factor, unit, digits := figureOf(h), 100.0, "%%", 2
	switch {
	case f.Seconds:
		u := unitOf(Significant(*h.Value, roughly))
		factor, unit = 1/u.seconds, u.name
	case f.Rate:
		factor, unit, digits = 1, "/s", 1
	}
	written := func(v float64) string { return fmt.Sprintf("%.*f", digits, v*factor) }
	says += ": %s ± %s " + unit
	if report.Unsure([]report.Held{h}) {
		says += ", not sure at 95 %%"
	}
	return note{says, []value{{*h.Value, written}, {half(h.CI95), written}}}
}

// mostKnees is how many there may be in the text.
const mostKnees = 40

// knees says up to which load or rate each strategy keeps the objectives; empty: that was not swept.
func (d Document) knees() string {
	if len(d.Knees) == 0 {
		return ""
	}
	i := slices.IndexFunc(d.Runs, func(r report.Result) bool { return len(r.SLO) > 0 })
	slo := d.Runs[i].SLO
	var parts []string
	ask := ""
	for i := range d.Knees {
		k := &d.Knees[i]
		where := ""
		if k.At != nil {
			where = fmt.Sprintf(" at %s %s", visible(k.At.Flag), pointText(k.At))
		}
		text := k.Strategy + where
		switch {
		case k.Value == nil:
			text += fmt.Sprintf(" at none, from %s on", kneeText(k.Next)) + unsure(k.NextUnsure)
		case k.Next == nil:
			text += fmt.Sprintf(" up to %s%s, the highest", kneeText(k.Value), unsure(k.ValueUnsure))
		default:
			text += fmt.Sprintf(" up to %s%s, not at %s%s", kneeText(k.Value), unsure(k.ValueUnsure), kneeText(k.Next), unsure(k.NextUnsure))
		}
		if clause, hint := success(slo, k.Success); clause.says != "" {
			text += fmt.Sprintf(" (at %s %s)", kneeText(k.Value), shared([]note{clause}))
			ask = cmp.Or(ask, hint)
		}
		if k.Again {
			text += ", but again at a higher one"
		}
		parts = append(parts, text)
	}
	if len(parts) > mostKnees {
		parts = append(parts[:mostKnees], fmt.Sprintf("and %d more", len(parts)-mostKnees))
	}
	text := fmt.Sprintf("Knee: the %s up to which %s is kept: %s.", d.Knees[0].Flag, bounds(slo), strings.Join(parts, "; "))
	if ask != "" {
		text += " " + ask + "."
	}
	return text
}

func unsure(is bool) string {
	if is {
		return " (not sure at 95 %)"
	}
	return ""
}

func kneeText(v *float64) string { return Decimal(*v, exactly) }
