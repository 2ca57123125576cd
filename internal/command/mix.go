package command

import (
	"fmt"
	"slices"
	"time"

	"waza/internal/option"
)

// mix is what the flags say of what tells requests from one another.
type mix struct {
	keys         keys
	priorities   priorities
	zones        []float64
	priorityWork []distribution
	zoneDelay    zoneDelay
}

func (f *flags) declareMix(s *section) {
	has := func(column string) func() bool { return func() bool { return f.traceSays(column) } }
	notZoned := func() bool { return !f.isZoned() }
	bind(s, &f.keys, keyDistributions(), "keys", "uniform:1000",
		"what requests are about: uniform:N, or zipf:S,N, where key k of N has a share in proportion to 1/k^S").
		idle(has("key"), "no keys beside a trace with a column key").
		idle(f.unheeded("keys"))
	bind(s, &f.priorities, priorityLists(), "priorities", "0.2,0.3,0.5",
		"the share of the requests that has each priority, the highest first; or cycle:3, the number of the request modulo 3. If not given, only where a strategy needs it").
		idle(has("priority"), "no priorities beside a trace with a column priority").
		idle(func() bool { return !f.isPrioritised() }, "")
	bind(s, &f.priorityWork, distributionLists(1), "priority-work", "",
		"`WORK/WORK/…`: that of each priority, in the place of --work").
		idle(f.isTraced, workIsTraced).
		idle(f.ungiven("priorities"), "--priorities beside it: it says the work of each").
		idle(f.ungiven("priority-work"), "").
		check(f.checkPriorityWork)
	bind(s, &f.zones, shareLists(option.MaxZones, "0.5,0.3,0.2"), "zones", "0.5,0.5",
		"the share of the requests that each zone asks; workers take turns: worker i is in zone i mod Z. If not given, only where a strategy needs it").
		idle(has("zone"), "no zones beside a trace with a column zone").
		idle(notZoned, "").
		check(f.checkZones)
	bind(s, &f.zoneDelay, zoneDelays(), "zone-delay", "0s",
		"of the network, one way between two zones, or from each to each: 0s,1ms/1ms,0s. It is added to the answer").
		idle(notZoned, "--zones beside it: without, all are in one place")
}

// isPrioritised tells whether requests have priorities that somebody gives or needs; isZoned the same of zones.
func (f *flags) isPrioritised() bool {
	return f.given("priorities") || f.heeds("priorities") || f.traceSays("priority")
}

func (f *flags) isZoned() bool { return f.given("zones") || f.heeds("zones") || f.traceSays("zone") }

func (f *flags) checkPriorityWork() error {
	if n := len(f.priorities.shares); f.given("priority-work") && len(f.priorityWork) != n {
		return fmt.Errorf("want work for each of the %d priorities, not for %d", n, len(f.priorityWork))
	}
	return nil
}

func (f *flags) checkZones() error {
	if f.given("zones") && len(f.zones) > f.run.Requesters {
		return fmt.Errorf("want at most as many zones as --requesters=%d", f.run.Requesters)
	}
	return nil
}

// meanWork is the mean work of a request that is drawn, in seconds.
func (f *flags) meanWork() float64 {
	if !f.given("priority-work") {
		return f.work.Mean().Seconds()
	}
	mean := 0.0
	for i, d := range f.priorityWork {
		mean += f.priorities.shares[i] * d.Mean().Seconds()
	}
	return mean
}

// giveMix says what tells requests from one another: which classes there are, and who belongs where.
func (f *flags) giveMix() (err error) {
	m := &f.run.Mix
	if f.heeds("keys") && !f.traceSays("key") {
		m.Keys = f.keys.make()
	}
	if f.isPrioritised() {
		m.Priorities, m.Cycle = f.priorities.shares, f.priorities.cycle
	}
	if f.isZoned() {
		m.Zones = f.zones
	}
	if f.traceSays("priority") {
		m.Priorities, m.Cycle = shares(f.run.Trace.Priorities), false
	}
	if f.traceSays("zone") {
		m.Zones = shares(f.run.Trace.Zones)
	}
	for _, d := range f.priorityWork {
		m.PriorityWork = append(m.PriorityWork, d.Distribution)
	}
	m.ByPriority = f.given("priorities") || f.traceSays("priority")
	m.ByZone = f.given("zones") || f.given("zone-delay") || f.traceSays("zone")
	if m.Zones == nil {
		return nil
	}
	if f.run.Parameters.Delays, err = f.zoneDelay.of(len(m.Zones)); err != nil {
		return f.wrong("zone-delay", err.Error())
	}
	return f.checkWays()
}

// checkWays refuses a closed loop that would take too long because every answer has a long way.
func (f *flags) checkWays() error {
	c := f.run
	if !f.isClosed() {
		return nil
	}
	longest := time.Duration(0)
	for _, row := range c.Parameters.Delays {
		longest = max(longest, slices.Max(row))
	}
	attempts := f.most() / float64(c.Requesters) * float64(1+c.Retries)
	if total := 2 * longest.Seconds() * attempts; total > maxLength.Seconds() {
		return f.wrong("zone-delay", fmt.Sprintf("want at most %s of it in all, for a requester with every retry, not %s", option.Short(maxLength), seconds(total)))
	}
	return nil
}

// shares are those of the classes that a trace says its requests belong to.
func shares(classes []uint8) []float64 {
	counts := make([]float64, 1+int(slices.Max(classes)))
	for _, class := range classes {
		counts[class]++
	}
	for i := range counts {
		counts[i] /= float64(len(classes))
	}
	return counts
}
