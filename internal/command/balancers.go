package command

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"waza/internal/option"
	"waza/internal/simulation"
	"waza/strategy"
)

// central are the chosen strategies that are one queue, which has one owner.
func (f *flags) central() []string {
	var names []string
	for _, k := range strategy.Table() {
		if k.Central && slices.Contains(f.strategy.is, k.Name) {
			names = append(names, k.Name)
		}
	}
	return names
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

// leaveOut takes out of all strategies those of which there cannot be several, if there are to be several balancers, and
// says so. Who names one of them gets an error instead.
func (f *flags) leaveOut() (notes []string) {
	out := f.central()
	if f.strategy.typed != "all" || f.balancers.is == 1 || len(out) == 0 {
		return nil
	}
	f.strategy.is = slices.DeleteFunc(slices.Clone(f.strategy.is), func(name string) bool { return slices.Contains(out, name) })
	return []string{fmt.Sprintf("--strategy=all leaves out %s: one queue has one owner, and there are %d balancers",
		strings.Join(out, ", "), f.balancers.is)}
}

// unused says what a comparison does not show by itself: workers that get nothing because of how many subsets or keys
// there are, and strategies for which no count is ever old.
func (f *flags) unused() (notes []string) {
	workers, size, balancers := f.workers.is, min(strategy.SubsetSize.In(f.set), f.workers.is), f.balancers.is
	if out := workers - balancers*size; slices.Contains(f.strategy.is, "subset") && out > 0 {
		notes = append(notes, fmt.Sprintf("subset: at least %d of %d workers get nothing: %s of --subset-size=%d",
			out, workers, counted(balancers, "subset"), size))
	}
	if out := workers - f.requesters.is*strategy.ShardSize.In(f.set); slices.Contains(f.strategy.is, "shuffle-shard") && out > 0 {
		notes = append(notes, fmt.Sprintf("shuffle-shard: at least %d of %d workers get nothing: %s of --shard-size=%d",
			out, workers, counted(f.requesters.is, "requester"), strategy.ShardSize.In(f.set)))
	}
	if keys := f.keys.is.n; f.heeds("keys") && !f.traceSays("key") && keys < workers {
		notes = append(notes, fmt.Sprintf("hashing: with --keys=%v at least %d of %d workers get no key of their own", f.keys.is, workers-keys, workers))
	}
	if f.stale.is > 0 || f.refresh.is > 0 {
		fresh := slices.DeleteFunc(slices.Clone(f.strategy.is), func(name string) bool { return slices.Contains(counting(), name) })
		if len(fresh) > 0 {
			notes = append(notes, "old counts change nothing under "+strings.Join(fresh, ", ")+": no count is read there, or what a worker holds now")
		}
	}
	return notes
}

// balancerRules are those of the number of balancers and of what they know.
func (f *flags) balancerRules() []rule {
	counts := slices.ContainsFunc(counting(), func(name string) bool { return slices.Contains(f.strategy.is, name) })
	wantCounts := option.Either(counting()) + " among the strategies: no other reads counts that may be old"
	return []rule{
		{"balancers", f.balancers.is > 1 && len(f.central()) > 0,
			"1 beside " + strings.Join(f.central(), ", ") + ": one queue has one owner"},
		{"balancers", f.balancers.is > f.requesters.is, fmt.Sprintf(
			"at most --requesters=%d: each requester asks one balancer, and the others would have nothing to do", f.requesters.is)},
		{"stale", !counts, wantCounts},
		{"stale", f.stale.is > 0 && f.refresh.is > 0, "only one of --stale and --refresh"},
		{"refresh", !counts, wantCounts},
	}
}

// checkBalancers looks at what several balancers remember: each of every worker.
func (f *flags) checkBalancers() error {
	if n := f.balancers.is * f.workers.is; n > maxKnown {
		return f.wrong("balancers", fmt.Sprintf("want balancers that know at most %s workers in all, and --workers=%d make it %s",
			option.Grouped(maxKnown), f.workers.is, option.Grouped(n)))
	}
	return nil
}

// checkView looks at how much may change before the strategy sees it: all of it is remembered.
func (f *flags) checkView(c *simulation.Config, meanWork float64) error {
	age, flag := c.Stale, "stale"
	if c.Refresh > 0 {
		age, flag = c.Refresh, "refresh"
	}
	rate := c.Rate
	switch {
	case age == 0:
		return nil
	case rate == 0 && (c.Timeout > 0 || c.Deadline > 0): // closed loop, and those that are given up make room for others
		rate = math.Inf(1)
	case rate == 0: // closed loop: no more requests come than the workers finish
		rate = capacity(c) / meanWork
	}
	unseen := min(rate*age.Seconds(), float64(c.Requests)) * float64(1+c.Retries)
	if unseen <= maxUnseen {
		return nil
	}
	return f.wrong(flag, fmt.Sprintf("want a time in which at most %s attempts come, not %s", option.Grouped(maxUnseen), figure(unseen)))
}
