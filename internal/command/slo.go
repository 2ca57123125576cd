package command

import (
	"errors"
	"math"
	"strings"
	"time"

	"waza/internal/experiment"
	"waza/internal/option"
	"waza/report"
)

// Objectives are a gate: a run that misses one makes the program fail. Of a sweep they mark the values that keep them, and --find looks
// for one that does.

func (f *flags) declareSLO(s *section) {
	bind(s, &f.Plan.SLO, objectives(), "slo", "none", "such as p99:50ms,success:99.9%: bounds of figures, at least so much of success, goodput and "+
		"throughput and at most so much of the others; a run that misses one makes the exit status 1, unless --find or --sweep is there").planning()
}

// objectives reads bounds of figures, or none.
func objectives() option.Kind[[]experiment.Objective] {
	k := option.Kind[[]experiment.Objective]{
		Want: "none, or figures and their limits such as p99:50ms,success:99.9%; figures are " + strings.Join(figureNames(), ", "),
	}
	k.Parse = func(text string) (all []experiment.Objective, err error) {
		if text == "none" {
			return nil, nil
		}
		seen := map[string]bool{}
		for one := range strings.SplitSeq(text, ",") {
			name, limit, _ := strings.Cut(one, ":")
			figure, found := report.FigureNamed(name)
			if !found {
				return nil, errors.New("want " + k.Want + option.Suggestion(name, figureNames()))
			}
			if seen[name] {
				return nil, errors.New("want each figure once, and " + name + " stands there twice")
			}
			seen[name] = true
			o := experiment.Objective{Figure: figure}
			if o.Limit, err = readLimit(figure, limit); err != nil {
				return nil, errors.New(strings.Replace(err.Error(), "want ", "want behind "+name+": ", 1))
			}
			o.Text = objectiveText(o)
			all = append(all, o)
		}
		return all, nil
	}
	k.Show = func(all []experiment.Objective) string {
		if len(all) == 0 {
			return "none"
		}
		var texts []string
		for _, o := range all {
			texts = append(texts, o.Text)
		}
		return strings.Join(texts, ",")
	}
	return k
}

// readLimit reads what a figure is to be at most or at least: a length, a number per second or a share.
func readLimit(f report.Figure, text string) (float64, error) {
	switch {
	case f.Seconds:
		length, err := option.Length(1).Parse(text)
		return float64(length) / float64(time.Second), err
	case f.Rate:
		return option.Above(0, maxRate).Parse(text)
	}
	return option.Percentage().Parse(text)
}

// objectiveText is an objective in canonical form.
func objectiveText(o experiment.Objective) string {
	limit := option.Percentage().Show(o.Limit)
	switch {
	case o.Figure.Seconds:
		limit = option.Short(time.Duration(math.Round(o.Limit * float64(time.Second))))
	case o.Figure.Rate:
		limit = option.FormatDecimal(o.Limit)
	}
	return o.Figure.Name + ":" + limit
}

// figureNames are those of all figures.
func figureNames() (names []string) {
	for _, f := range report.Figures() {
		names = append(names, f.Name)
	}
	return names
}
