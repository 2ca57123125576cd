package command

import (
	"fmt"
	"slices"

	"waza/internal/simulation"
	"waza/requester"
	"waza/worker"
)

// The clock of a run ends, so a service and a draw are cut at a ceiling, which is the lower the faster that clock goes. A run
// in which all would be cut is refused; one in which it may happen says where, and by which flag.

// seldom is how many of all requests may be expected to be cut before it is worth a word.
const seldom = 0.01

// A ceiling is the most that the lengths of a flag can be without being cut, in seconds.
type ceiling struct {
	flag   string
	most   float64
	beyond float64 // the probability that one is longer
}

// checkCeilings refuses lengths that are all longer than the clock has room for, and notes those that may be.
func (f *flags) checkCeilings() error {
	for _, c := range f.ceilings() {
		const all = 1 - 1e-9
		switch {
		case c.beyond >= all:
			return f.wrong(c.flag, fmt.Sprintf("want lengths of at most %s each, where the clock of the run cuts them%s", seconds(c.most), f.behindSlowest()))
		case c.beyond*f.most() >= seldom:
			f.note("--%s=%s may draw lengths of more than %s: the clock of the run cuts them there%s", c.flag, f.flag(c.flag).asTyped(), seconds(c.most), f.behindSlowest())
		}
	}
	return nil
}

func (f *flags) behindSlowest() string {
	if f.slowdown() <= 1 {
		return ""
	}
	return ", on the slowest worker and with every fault"
}

// slowdown is how many times as long as its work a service may take.
func (f *flags) slowdown() float64 { return f.longest(1 / slices.Min(f.run.Speeds)) }

// ceilings are those of work, of the noise on services and of thinking.
func (f *flags) ceilings() []ceiling {
	c, scale := f.run, f.run.Scale()
	draw := min(requester.LongestDraw.Seconds(), requester.LongestInstant.Seconds()/scale)
	work := min(draw, worker.LongestService.Seconds()/scale/f.slowdown())
	var all []ceiling
	switch {
	case c.Trace != nil:
		longest := slices.Max(c.Trace.Work)
		all = append(all, ceiling{f.cause("trace-work-unit", "trace"), work, indicator(longest.Seconds() > work)})
	case c.Mix.PriorityWork != nil:
		p := 0.0
		for i, d := range f.priorityWork {
			p += c.Mix.Priorities[i] * d.beyond(work)
		}
		all = append(all, ceiling{"priority-work", work, p})
	default:
		all = append(all, ceiling{"work", work, f.work.beyond(work)})
	}
	if f.proxied() {
		all = append(all, ceiling{"proxy-work", work, f.proxies.work.beyond(work)})
	}
	if c.Jitter > 0 {
		all = append(all, ceiling{"jitter", work, lognormalTail(f.mean, c.Jitter)(work)})
	}
	if f.isGapped() {
		all = append(all, f.gapCeiling(draw))
	}
	if c.Arrivals == simulation.Closed && f.think.Mean() > 0 {
		all = append(all, ceiling{"think", draw, f.think.beyond(draw)})
	}
	return all
}
