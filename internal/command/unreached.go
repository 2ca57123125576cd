package command

import (
	"slices"
	"time"

	"waza/balancer"
)

// moved is how much longer than planned answers may take: each wake-up is moved by less than a thousandth of the work.
const moved = 1.01

// remarkClasses names classes of which there is one.
func (f *flags) remarkClasses() {
	if f.given("zones") && len(f.zones) == 1 {
		f.note("--zones=%s parts nobody: all requests and workers are in the one zone", f.flag("zones"))
	}
	if f.given("priorities") && len(f.priorities.shares) == 1 && !f.given("priority-work") {
		f.note("--priorities=%s orders nothing: all requests have the one priority", f.flag("priorities"))
	}
}

// remarkUnreached names lengths that are over in no run like this one, for every answer is there before.
func (f *flags) remarkUnreached() {
	c := f.run
	requests, last := f.lastAnswer()
	for _, d := range []struct {
		flag string
		is   time.Duration
	}{{"timeout", c.Timeout}, {"deadline", c.Deadline}, {"hedge", c.Hedge.After}, {"ageing", c.Ageing}} {
		if last > 0 && d.is.Seconds() > last*moved {
			f.note("--%s=%s changes nothing: at most %s are there at once, and the slowest worker does all of them in at most %s",
				d.flag, f.flag(d.flag), counted(requests, "request"), seconds(last))
		}
	}
}

// lastAnswer is how many requests there are at once at most, and after how many seconds the slowest worker would have answered all of
// them; 0: nobody knows. No other answer takes longer, for while a request waits some worker serves one of those before it. That is so
// until somebody gives up or asks twice, so each such length has to be longer.
func (f *flags) lastAnswer() (requests int, last float64) {
	c := f.run
	if !f.isSteady() {
		return 0, 0
	}
	most := f.most()
	if f.isClosed() && c.Balancers == 1 && c.Discipline == "fifo" && c.Backlog == balancer.Unlimited {
		most = min(most, float64(c.Requesters)) // who asks again stands behind the others
	}
	last = most * f.longestWork().Seconds() / slices.Min(c.Speeds)
	for _, d := range []time.Duration{c.Timeout, c.Deadline, c.Hedge.After} {
		if d > 0 && d.Seconds() <= last*moved {
			return 0, 0
		}
	}
	return int(most), last
}

// isSteady tells whether services take as long as their work says, and no worker with room lets a request wait.
func (f *flags) isSteady() bool {
	c := f.run
	delayed := slices.ContainsFunc(c.Parameters.Delays, func(row []time.Duration) bool { return slices.Max(row) > 0 })
	return !c.WallClock && c.Jitter == 0 && !delayed && !f.proxied() && !f.isQueued() && !f.rejects() && !c.Resized() && c.Hedge.Percentile == 0 &&
		c.Stale+c.Refresh == 0 && c.Upload.Takes == 0 && c.Persist.Interval == 0 && len(c.Faults)+len(c.Features)+len(c.Regulators) == 0
}

// longestWork is the most that a request has, where the flags say it; 0: it is drawn.
func (f *flags) longestWork() time.Duration {
	if f.run.Trace != nil {
		return slices.Max(f.run.Trace.Work)
	}
	works := []distribution{f.work}
	if f.given("priority-work") {
		works = f.priorityWork
	}
	longest := time.Duration(0)
	for _, d := range works {
		if d.kind != "constant" {
			return 0
		}
		longest = max(longest, d.Mean())
	}
	return longest
}
