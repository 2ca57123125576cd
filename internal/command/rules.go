package command

import (
	"fmt"
	"slices"

	"waza/balancer"
	"waza/internal/option"
	"waza/internal/simulation"
	"waza/strategy"
)

// A rule says that a flag is of no use in a run like this one, and what would have to be different.
// A flag that was given and is of no use is an error; one that was not given is null in the report.
type rule struct {
	flag string
	idle bool
	want string
}

// rules are all that follow from the flags alone.
func (f *flags) rules() []rule {
	closed, traced := f.closed(), f.traced()
	open := "no %s with --arrivals=closed: there requests follow from answers"
	rules := []rule{
		{"load", closed, fmt.Sprintf(open, "load")},
		{"load", f.rate.given, "only one of --load and --rate"},
		{"load", traced && !f.load.given, ""},
		{"rate", closed, fmt.Sprintf(open, "rate")},
		{"rate", !f.rate.given, ""},
		{"duration", closed, fmt.Sprintf(open, "duration") + ", and --requests says how many"},
		{"think", !closed, "--arrivals=closed beside it: other requesters do not think"},
		{"trace", closed, fmt.Sprintf(open, "trace")},
		{"trace", !traced, ""},
		{"arrivals", f.arrivals.given && f.arrivals.is == simulation.Trace && !traced, "--trace=FILE beside it"},
		{"arrivals", f.arrivals.given && f.arrivals.is != simulation.Trace && traced, "no other arrivals than those of --trace"},
		{"work", traced, "no work beside --trace: the trace says how much work there is"},
		{"trace-arrival", !traced, "--trace=FILE beside it"},
		{"trace-work", !traced, "--trace=FILE beside it"},
		{"trace-work-unit", !traced, "--trace=FILE beside it"},
		{"when-full", f.whenFull.is == "reject" && f.backlog.is == balancer.Unlimited,
			"--backlog=N beside it: a backlog without a limit is never full"},
		{"propagate-deadline", f.timeout.is == 0 && f.deadline.is == 0,
			"--timeout or --deadline beside it: without, there is no end to propagate"},
		{"backoff", f.retries.is == 0, "--retries above 0 beside it"},
		{"plot-format", f.plots.is == "", "a directory in --plots: without, nothing is plotted"},
		{"events", f.quiet.is, "no --quiet beside it: that leaves only errors"},
	}
	rules = append(rules, f.traitRules()...)
	for _, flag := range mustBeHeeded() {
		rules = append(rules, rule{flag, !f.heeds(flag), wantHeeding(flag)})
	}
	return rules
}

// traitRules are those of what tells requests from one another.
func (f *flags) traitRules() []rule {
	return []rule{
		{"work", f.priorityWork.given, "no work beside --priority-work: that says how much work each priority has"},
		{"keys", f.traceSays("key"), "no keys beside a trace with a column key"},
		{"priorities", f.traceSays("priority"), "no priorities beside a trace with a column priority"},
		{"priorities", !f.prioritised(), ""},
		{"priority-work", f.traced(), "no work beside --trace: the trace says how much work there is"},
		{"priority-work", !f.priorities.given, "--priorities beside it: it says the work of each"},
		{"priority-work", !f.priorityWork.given, ""},
		{"zones", f.traceSays("zone"), "no zones beside a trace with a column zone"},
		{"zones", !f.zoned(), ""},
		{"zone-delay", !f.zoned(), "--zones beside it: without, all are in one place"},
		{"discipline", f.discipline.is == "priority" && !f.priorities.given && !f.unread() && !f.traceSays("priority"),
			"--priorities beside it: without, requests are equal but to the strategy priority"},
	}
}

// heeds tells whether some chosen strategy makes use of the flag.
func (f *flags) heeds(flag string) bool {
	return slices.ContainsFunc(strategy.Heeding(flag), func(name string) bool { return slices.Contains(f.strategy.is, name) })
}

// wantHeeding says which strategies make use of the flag.
func wantHeeding(flag string) string {
	names := strategy.Heeding(flag)
	if len(names) == 0 {
		return "another flag: no strategy heeds this one"
	}
	return option.Either(names) + " among the strategies: no other heeds it"
}

func (f *flags) closed() bool { return f.arrivals.is == simulation.Closed }

func (f *flags) traced() bool { return f.trace.given }

// check applies the rules, and returns the names of the flags that are of no use.
func (f *flags) check() (map[string]bool, error) {
	idle := map[string]bool{}
	for _, r := range slices.Concat(f.rules(), f.balancerRules()) {
		if !r.idle {
			continue
		}
		if r.want != "" && f.given(r.flag) {
			return nil, f.wrong(r.flag, "want "+r.want)
		}
		idle[r.flag] = true
	}
	return idle, f.checkWorkers()
}

// checkWorkers looks at what depends on how many workers there are.
func (f *flags) checkWorkers() error {
	if slots := f.workers.is * f.concurrency.is; slots > maxSlots {
		return f.wrong("concurrency", fmt.Sprintf("want at most %s in all, and --workers=%d make it %s",
			option.Grouped(maxSlots), f.workers.is, option.Grouped(slots)))
	}
	if places := f.workers.is * (f.concurrency.is + f.queue.is); places > maxPlaces {
		return f.wrong("queue", fmt.Sprintf("want at most %s places in all, and --workers=%d make it %s",
			option.Grouped(maxPlaces), f.workers.is, option.Grouped(places)))
	}
	if err := f.checkBalancers(); err != nil {
		return err
	}
	for i, fault := range f.fault.faults {
		if s := fault.Workers; s.Share == 0 && s.Last >= f.workers.is {
			return wrong("fault", f.fault.typed[i], fmt.Sprintf("want workers from 0 to %d", f.workers.is-1))
		}
	}
	return nil
}
