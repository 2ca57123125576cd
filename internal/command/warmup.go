package command

import (
	"errors"
	"fmt"

	"waza/internal/option"
	"waza/internal/simulation"
	"waza/internal/statistics"
)

// found is the word for a warm-up that is to be found out.
const found = "mser"

func (f *flags) declareWarmup(s *section) {
	share, length, c := option.Share(), option.Length(0), f.run
	const want = "a share from 0% to below 100%, such as 10% or 0.1, a duration such as 5s, or " + found
	show := func() string {
		switch {
		case c.FindWarmup:
			return found
		case c.WarmupTime > 0:
			return length.Show(c.WarmupTime)
		}
		return share.Show(c.Warmup)
	}
	s.add(&flag{
		want: want,
		set: func(text string) error {
			part, noShare := share.Parse(text)
			time, noLength := length.Parse(text)
			if text != found && noShare != nil && noLength != nil {
				return errors.New("want " + want + option.Suggestion(text, []string{found}))
			}
			c.Warmup, c.WarmupTime, c.FindWarmup = part, time, text == found
			return nil
		},
		text: show,
		value: func() any {
			if c.FindWarmup || c.WarmupTime > 0 {
				return show()
			}
			return c.Warmup
		},
	}, "warmup", "10%", "how much of the run is not measured: a share of it; a duration, such as 5s; or mser: as long as MSER-5 finds in a run of each "+
		"strategy with the first seed, at most half of it, for all runs")
}

// checkWarmup refuses a warm-up that leaves nothing to measure, as far as that is known, and a search for it where there is nothing to be found.
func (f *flags) checkWarmup() error {
	c, end := f.run, f.arrivalsEnd()
	switch {
	case c.WarmupTime > 0 && end > 0 && c.WarmupTime >= end && c.Arrivals != simulation.Gaps: // these end about then
		return f.wrong("warmup", fmt.Sprintf("want less than the %s s for which requests arrive", figure(end.Seconds())))
	case c.FindWarmup && c.WallClock:
		return f.wrong("warmup", "want a share or a duration on the wall clock: the runs in which mser finds it would take as long as those that are measured")
	case c.FindWarmup && c.Requests < statistics.MSERShortest:
		return f.wrong("warmup", fmt.Sprintf("want --requests=%d or more beside mser, and these are %d", statistics.MSERShortest, c.Requests))
	}
	return nil
}
