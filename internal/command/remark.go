package command

import (
	"fmt"
	"slices"
	"strings"

	"waza/balancer"
	"waza/strategy"
)

// remark says what a run does not show by itself: which flags are without effect in it, which workers get nothing because of how many
// subsets or keys there are, and for which strategies no count is ever old.
func (f *flags) remark() {
	f.remarkWaiting()
	f.remarkQueues()
	f.remarkUpload()
	f.remarkOrder()
	f.remarkLimit()
	f.remarkFailures()
	f.remarkHedges()
	f.remarkFaults()
	f.remarkRedundant()
	f.remarkEnds()
	f.remarkClasses()
	f.remarkShape()
	f.remarkHealth()
	f.remarkShares()
	f.remarkPool()
	f.remarkProxies()
	f.remarkResizes()
	f.remarkMemory()
}

func (f *flags) note(format string, values ...any) {
	f.Notes = append(f.Notes, fmt.Sprintf(format, values...))
}

// remarkShares names workers that get nothing, and counts that are read by nobody.
func (f *flags) remarkShares() {
	c := f.run
	idle := func(name, few string, served, size int, flag string) {
		if out := c.Workers - served*size; f.chosen([]string{name}) && out > 0 {
			f.note("%s: at least %d of %d workers get nothing: %s of --%s=%d",
				name, out, c.Workers, counted(served, few), flag, size)
		}
	}
	idle("subset", "subset", f.overWorkers(), min(strategy.SubsetSize.In(c.Parameters.Set), c.Workers), "subset-size")
	idle("shuffle-shard", "requester", c.Requesters, strategy.ShardSize.In(c.Parameters.Set), "shard-size")
	if n := f.keys.n; c.Mix.Keys != nil && n < c.Workers {
		f.note("hashing: with --keys=%v at least %d of %d workers get no key of their own", f.keys, c.Workers-n, c.Workers)
	}
	if fresh := f.freshUnderOld(); len(fresh) > 0 {
		f.note("old counts change nothing under %s: no count is read there, or what a worker holds now", strings.Join(fresh, ", "))
	}
}

// remarkWaiting names what orders or limits requests that wait, where none can. In the backlog they wait where workers have no room,
// which under most strategies means full queues; under pull they wait nowhere else.
func (f *flags) remarkWaiting() {
	c := f.run
	central, places, most := len(f.central()) == len(c.Strategies), f.placesEach(), f.atOnce()
	orders, limits := f.given("discipline") && c.Discipline != "fifo", f.given("backlog") && c.Backlog != balancer.Unlimited
	for _, flag := range []struct {
		name string
		says bool
	}{{"discipline", orders}, {"backlog", limits}} {
		if flag.says && !central && !f.holdsBack() && most <= float64(places) {
			f.note("--%s=%s changes nothing: at most %s are there at once, and each worker has %s",
				flag.name, f.flag(flag.name), counted(int(most), "request"), counted(places, "place"))
			orders = false
		}
	}
	switch {
	case orders && (c.Backlog == 0 || c.Backlog == 1):
		f.note("--discipline=%s changes nothing: with --backlog=%d no two requests wait in the backlog", c.Discipline, c.Backlog)
	case orders && f.queueing() != "":
		but := ""
		if names := f.central(); len(names) > 0 {
			but = "but for " + strings.Join(names, ", ") + " "
		}
		f.note("--discipline=%s orders the backlog, and %srequests wait there only where workers have no room: each has %s, and --queue makes it fewer",
			c.Discipline, but, counted(places, "place"))
	}
	if f.given("queue") && f.queuesAreIdle() {
		f.note("--queue=%d changes nothing under %s: there no more requests wait at a worker", c.Queue, strings.Join(c.Strategies, ", "))
	}
}

// placesEach is how many requests a balancer may have at a worker.
func (f *flags) placesEach() int {
	return max(1, (f.run.Concurrency+f.run.Queue)/f.overWorkers())
}

// atOnce is how many attempts there are at once at most. In a closed loop it is one per requester, unless somebody gives up.
func (f *flags) atOnce() float64 {
	if c := f.run; f.isClosed() && c.Timeout == 0 && c.Deadline == 0 && !c.Hedge.On() {
		return min(float64(c.Requesters), f.most())
	}
	return f.most() * float64(f.run.Tries())
}

// outside are the chosen strategies that are not among those.
func (f *flags) outside(names []string) string {
	return strings.Join(slices.DeleteFunc(slices.Clone(f.run.Strategies), func(name string) bool { return slices.Contains(names, name) }), ", ")
}

// queuesAreIdle tells whether no chosen strategy sends a worker more than it has room for without the limit of its queue.
func (f *flags) queuesAreIdle() bool {
	c := f.run
	for _, name := range c.Strategies {
		switch {
		case name == "pull":
		case name == "bounded-pull" && f.flag("bound").value().(int) <= c.Concurrency+c.Queue:
		default:
			return false
		}
	}
	return true
}

// remarkFailures names what follows a failure, where nothing fails.
func (f *flags) remarkFailures() {
	c := f.run
	if c.Timeout > 0 || f.rejects() || f.mayFail() {
		return
	}
	if f.given("retries") && c.Retries > 0 {
		f.note("--retries=%d changes nothing: without --timeout, --when-full=reject or a fault that fails there is nothing to retry", c.Retries)
	}
	if f.given("failure-penalty") {
		f.note("--failure-penalty=%s changes nothing: without --timeout, --when-full=reject or a fault that fails nothing fails", f.flag("failure-penalty"))
	}
}

// remarkClasses names classes of which there is one.
func (f *flags) remarkClasses() {
	if f.given("zones") && len(f.zones) == 1 {
		f.note("--zones=%s parts nobody: all requests and workers are in the one zone", f.flag("zones"))
	}
	if f.given("priorities") && len(f.priorities.shares) == 1 && !f.given("priority-work") {
		f.note("--priorities=%s orders nothing: all requests have the one priority", f.flag("priorities"))
	}
}
