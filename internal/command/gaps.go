package command

import (
	"errors"
	"fmt"
	"strings"

	"waza/internal/option"
	"waza/internal/simulation"
)

func (f *flags) isGapped() bool { return f.run.Arrivals == simulation.Gaps }

// gapForm is how gaps are written.
const gapForm = "gaps:uniform:10ms,60ms"

// parseGaps reads the distribution of gaps, and tells whether the text is about them.
func parseGaps(s string) (d distribution, is bool, err error) {
	text, is := strings.CutPrefix(s+":", "gaps:")
	if !is {
		return d, false, nil
	}
	if d, err = distributions(0).Parse(strings.TrimSuffix(text, ":")); err == nil && d.Mean() == 0 {
		err = errors.New("want gaps that have a mean above 0s")
	}
	return d, true, err
}

// planGaps lets the mean of the gaps say the rate. An explicit load or rate rescales them, as it does a trace.
func (f *flags) planGaps() error {
	c := f.run
	c.Gap, c.Rate = f.gaps.Distribution, 1/f.gaps.Mean().Seconds()
	if f.given("load") || f.given("rate") {
		wanted := f.wantedRate()
		c.Gap, c.Rate = c.Gap.Times(c.Rate/wanted), wanted
	}
	if c.Rate > maxRate {
		return f.wrong("arrivals", fmt.Sprintf("want at most %s requests per second, not %s", option.Grouped(maxRate), figure(c.Rate)))
	}
	if err := f.fit(); err != nil {
		return err
	}
	if t := float64(c.Requests) / c.Rate; t > maxLength.Seconds() {
		return f.wrong("arrivals", fmt.Sprintf("want a run of at most %s, and %s requests at %s per second take %s",
			option.Short(maxLength), option.Grouped(c.Requests), figure(c.Rate), seconds(t)))
	}
	return nil
}

// gapCeiling is that of the gaps, which may have been rescaled.
func (f *flags) gapCeiling(draw float64) ceiling {
	longer := 1 / f.run.Rate / f.gaps.Mean().Seconds()
	return ceiling{"arrivals", draw, f.gaps.beyond(draw / longer)}
}
