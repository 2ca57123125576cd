package command

import (
	"fmt"
	"math"
	"slices"

	"waza/balancer"
	"waza/internal/option"
	"waza/strategy"
)

func (f *flags) declareBalancer(s *section) {
	bind(s, &f.run.Backlog, option.OrNone(option.Whole(0, 1_000_000_000), balancer.Unlimited), "backlog", "none",
		"requests that wait in the balancer; none: any number").
		idle(f.isQueued, "no --backlog beside --queues: they are the backlog")
	f.declareQueues(s)
	f.declareDiscipline(s)
	bind(s, &f.run.Reject, option.OneOf(
		option.Choice[bool]{Name: "block", Is: false}, option.Choice[bool]{Name: "reject", Is: true},
	), "when-full", "block", "when the backlog is full: block, or reject who comes, whatever its priority").
		idle(f.isQueued, "no --when-full beside --queues: a request that finds all of them full is rejected").
		idle(func() bool { return f.run.Reject && f.run.Backlog == balancer.Unlimited },
			"--backlog=N beside it: a backlog without a limit is never full")

	nobodyCounts := func() bool { return !f.chosen(counting()) }
	wantCounts := option.Either(counting()) + " among the strategies: no other reads counts that may be old"
	bind(s, &f.run.Stale, option.LengthOrNone(), "stale", "none", "how old the pending counts are that strategies see").
		idle(nobodyCounts, wantCounts).
		idle(func() bool { return f.run.Stale > 0 && f.run.Refresh > 0 }, "only one of --stale and --refresh")
	bind(s, &f.run.Refresh, option.LengthOrNone(), "refresh", "none", "time between snapshots of the pending counts, which are all that strategies see").
		idle(nobodyCounts, wantCounts)
}

// counting are all strategies that read how much is pending.
func counting() []string {
	var names []string
	for _, k := range strategy.Table() {
		if k.Counts {
			names = append(names, k.Name)
		}
	}
	return names
}

// freshUnderOld are the chosen strategies for which old counts change nothing, if counts are to be old.
func (f *flags) freshUnderOld() []string {
	if f.run.Stale == 0 && f.run.Refresh == 0 {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(f.run.Strategies), func(name string) bool { return slices.Contains(counting(), name) })
}

// checkView looks at how much may change before the strategy sees it: all of it is remembered.
func (f *flags) checkView() error {
	c, flag := f.run, "stale"
	age := c.Stale
	if c.Refresh > 0 {
		age, flag = c.Refresh, "refresh"
	}
	rate := c.PeakRate()
	switch {
	case age == 0:
		return nil
	case rate == 0 && (c.Timeout > 0 || c.Deadline > 0 || c.Hedge.On()): // closed loop, and those that are given up make room for others
		rate = math.Inf(1)
	case rate == 0: // closed loop: no more requests come than the workers finish
		rate = capacityOf(c, c.Workers) / f.mean
	}
	unseen := min(rate*age.Seconds(), f.most()) * float64(c.Tries())
	if unseen <= maxUnseen {
		return nil
	}
	return f.wrong(flag, fmt.Sprintf("want a time in which at most %s attempts come, not %s", option.Grouped(maxUnseen), figure(unseen)))
}
