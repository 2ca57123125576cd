package publish

import (
	"errors"

	"waza/internal/command"
	"waza/internal/experiment"
	"waza/report"
	"waza/report/document"
)

// Judge says what misses --slo, one error for each miss, or for each strategy for which --find has found no value. Of a sweep some values
// are meant to miss it.
func Judge(c command.Command, f experiment.Findings) error {
	var misses []error
	if c.Plan.Find != nil {
		for i := range f.Found {
			if found := &f.Found[i]; found.Best != nil {
				misses = append(misses, errors.New("--slo="+objectives(found.Best.SLO)+": "+document.NoneKeeps(found)))
			}
		}
		return errors.Join(misses...)
	}
	if c.Plan.Swept() || f.Part != nil { // only all parts together can be judged
		return nil
	}
	for _, r := range f.Runs {
		for _, h := range r.SLO {
			if !h.Kept {
				misses = append(misses, errors.New("--slo="+h.Objective+": "+document.Misses(r.Strategy, h)))
			}
		}
	}
	return errors.Join(misses...)
}

// objectives are those that are held, as the command line has them.
func objectives(held []report.Held) (text string) {
	for i, h := range held {
		if i > 0 {
			text += ","
		}
		text += h.Objective
	}
	return text
}
