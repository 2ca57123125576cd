package document

import (
	"fmt"
	"slices"
	"strings"

	"waza/report"
)

// shown are the runs of the text: of a search those of the values that were found and of the next ones.
func (d Document) shown() []report.Result {
	if len(d.Found) == 0 {
		return d.Runs
	}
	return slices.DeleteFunc(slices.Clone(d.Runs), func(r report.Result) bool {
		return !slices.ContainsFunc(d.Found, func(f report.Found) bool {
			if f.Strategy != r.Strategy || r.Swept == nil {
				return false
			}
			return f.Value == r.Swept.Value || f.Next != nil && f.Next.Value == r.Swept.Value || f.Best != nil && f.Best.Value == r.Swept.Value
		})
	})
}

// foundVerdict says of each strategy which value it needs, in a line of its own.
func (d Document) foundVerdict() string {
	var sentences []string
	for i := range d.Found {
		f := &d.Found[i]
		if f.Value == nil {
			sentences = append(sentences, NoneKeeps(f)+".")
			continue
		}
		sentences = append(sentences, needs(f)+".")
	}
	if share := d.Found[0].Precision; share != nil {
		sentences = append(sentences, fmt.Sprintf("Values are found to %s %%.", Decimal(*share*100, 3)))
	}
	return strings.Join(sentences, "\n")
}

// NoneKeeps says that no value was found, or that fresh seeds confirm none; from where to where values were tried, whether others would help, and which was the best.
func NoneKeeps(f *report.Found) string {
	if n := len(f.Unconfirmed); n > 0 {
		text := fmt.Sprintf("%s: no value of --%s could be confirmed for %s: the search found %s, and fresh seeds refute it", f.Strategy,
			visible(f.Flag), bounds(f.Best.SLO), visible(f.Unconfirmed[0].Text))
		if n > 1 {
			text += fmt.Sprintf(", and what is easier, step by step, to %s: the best is %s", visible(f.Unconfirmed[n-1].Text), visible(f.Best.Text))
		}
		return text + fmt.Sprintf(", with %s on %s, kept by %.0f of them", values(f.Best.SLO),
			counted(report.Count(f.Replications), "seed"), *f.Best.KeptShare*float64(f.Replications))
	}
	where := ""
	if f.Range != nil && f.Tries > 1 {
		where = fmt.Sprintf(", from %s to %s", visible(f.Range.LowestText), visible(f.Range.HighestText))
	}
	if f.Idle {
		where += ", and to go on brings nothing"
	}
	text := fmt.Sprintf("%s keeps %s with none of %s of --%s that were tried%s: ", f.Strategy, bounds(f.Best.SLO),
		counted(report.Count(f.Tries), "value"), visible(f.Flag), where)
	if i := slices.IndexFunc(f.Best.SLO, func(h report.Held) bool { return h.Value == nil }); i >= 0 {
		return text + fmt.Sprintf("with none of them every run has a %s", figureOf(f.Best.SLO[i]).Says)
	}
	return text + fmt.Sprintf("the best is %s, with %s", values(f.Best.SLO), visible(f.Best.Text))
}

// needs says which value a strategy needs, how it does there, how sure that is, and what the next value does.
func needs(f *report.Found) string {
	verb := "needs"
	if f.Largest {
		verb = "bears"
	}
	text := fmt.Sprintf("%s %s %s for %s: %s on %d fresh %s, %s", f.Strategy, verb, setTo(f.Flag, f.Text), bounds(f.SLO), values(f.SLO),
		f.Replications, map[bool]string{true: "seed", false: "seeds"}[f.Replications == 1], surely(&f.Tried, f.Replications))
	if f.Saturated {
		text += ", under overload, where that depends on the length of the run"
	}
	text += shared([]note{besides(f.SLO, f.Success)})
	switch n := f.Next; {
	case n == nil:
		text += "; nothing beyond it was tried"
	case n.Refused != "":
		text += fmt.Sprintf("; %s cannot be run: %s", visible(n.Text), visible(n.Refused))
	default:
		text += fmt.Sprintf("; with %s it is %s", visible(n.Text), values(n.SLO))
		if report.KeptAll(n.SLO) {
			text += ", which keeps it on these seeds, too"
		}
	}
	if len(f.Unconfirmed) > 0 {
		text += fmt.Sprintf("; the search found %s, which fresh seeds refute", visible(f.Unconfirmed[0].Text))
	}
	if e := f.Exception; e != nil {
		text += fmt.Sprintf(". That is not monotone: %s does better than %s", visible(e.HarderText), visible(e.EasierText))
	}
	return text
}

// setTo is a flag with its value: 12 workers, load 0.83.
func setTo(flag, value string) string {
	switch {
	case flag == "workers" && value == "1":
		return "1 worker"
	case flag == "workers":
		return visible(value) + " workers"
	}
	return visible(flag) + " " + visible(value)
}

// surely says how sure it is that the objectives are kept, as they are in the mean.
func surely(t *report.Tried, seeds int) string {
	if t.KeptShare == nil {
		return "of which nothing is known"
	}
	with := fmt.Sprintf("kept by %.0f of them", *t.KeptShare*float64(seeds))
	switch equal, open := alike(t.SLO), slices.ContainsFunc(t.SLO, undecided); {
	case seeds < 2:
		return with + ", and one seed proves little"
	case t.Sure:
		return with + ", 95 % sure"
	case equal != "" && !open:
		return with + ", of which all have the same " + equal + ": nothing says how sure that is"
	}
	return with + ", not sure at 95 %"
}

// alike are the objectives of which all seeds gave the same value, which shows no interval; empty: there are none.
func alike(held []report.Held) string {
	var names []string
	for _, h := range held {
		if h.Equal {
			names = append(names, h.Figure)
		}
	}
	return enumerated(names)
}

// undecided tells whether the limit lies in the interval of the value, or whether there is none although the seeds differ.
func undecided(h report.Held) bool {
	ci := h.CI95
	return !h.Equal && (ci == nil || ci[0] < h.Limit && h.Limit < ci[1])
}
