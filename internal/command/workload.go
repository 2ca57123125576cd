package command

import (
	"fmt"
	"slices"
	"time"

	"waza/internal/option"
	"waza/internal/simulation"
	"waza/requester"
)

// traitFlags are the flags of what tells requests from one another.
type traitFlags struct {
	keys              value[keys]
	priorities, zones value[[]float64]
	priorityWork      value[[]distribution]
	zoneDelay         value[zoneDelay]

	rows *requester.Trace // the trace, once it has been read
}

func (f *flags) declareTraits(g *group) {
	declare(g, &f.keys, keyDistributions(), "keys", "uniform:1000",
		"what requests are about: uniform:N, or zipf:S,N, where\nkey k of N has a share in proportion to 1/k^S")
	declare(g, &f.priorities, shareLists(maxPriorities, "0.2,0.3,0.5"), "priorities", "0.2,0.3,0.5",
		"the share of the requests that has each priority, the\nhighest first; if not given, only where a strategy needs it")
	declare(g, &f.priorityWork, distributionLists(1), "priority-work", "",
		"`WORK/WORK/…`: that of each priority, in the place of --work")
	declare(g, &f.zones, shareLists(maxZones, "0.5,0.3,0.2"), "zones", "0.5,0.5",
		"the share of the requests that each zone asks; workers\ntake turns: worker i is in zone i mod Z. If not given, only\nwhere a strategy needs it")
	declare(g, &f.zoneDelay, zoneDelays(), "zone-delay", "0s",
		"of the network, one way between two zones, or from each\nto each: 0s,1ms/1ms,0s. It is added to the answer")
}

// prioritised tells whether requests have priorities that somebody gives or needs; zoned the same of zones.
func (f *flags) prioritised() bool {
	return f.priorities.given || f.heeds("priorities") || f.unread() || f.traceSays("priority")
}

func (f *flags) zoned() bool {
	return f.zones.given || f.heeds("zones") || f.unread() || f.traceSays("zone")
}

// unread tells whether there is a trace that may still have any column.
func (f *flags) unread() bool { return f.traced() && f.rows == nil }

// traceSays tells whether there is a trace that has that column.
func (f *flags) traceSays(column string) bool {
	if f.rows == nil {
		return false
	}
	return column == "key" && f.rows.Keys != nil ||
		column == "priority" && f.rows.Priorities != nil || column == "zone" && f.rows.Zones != nil
}

// characterize says what tells requests from one another, as far as that does not depend on the trace.
func (f *flags) characterize(c *simulation.Config) error {
	if f.prioritised() {
		c.Mix.Priorities = f.priorities.is
	}
	if f.zoned() {
		c.Mix.Zones = f.zones.is
	}
	if n := len(f.priorities.is); f.priorityWork.given && len(f.priorityWork.is) != n {
		return f.wrong("priority-work", fmt.Sprintf("want work for each of the %d priorities, not for %d", n, len(f.priorityWork.is)))
	}
	for _, d := range f.priorityWork.is {
		c.Mix.PriorityWork = append(c.Mix.PriorityWork, d.Distribution)
	}
	return nil
}

// meanWork is the mean work of a request that is drawn, in seconds.
func (f *flags) meanWork() float64 {
	if !f.priorityWork.given {
		return f.work.is.Mean().Seconds()
	}
	mean := 0.0
	for i, d := range f.priorityWork.is {
		mean += f.priorities.is[i] * d.Mean().Seconds()
	}
	return mean
}

// settle adds what depends on the trace, once it has been read: which classes there are, and who belongs where.
func (f *flags) settle(c *simulation.Config) error {
	if f.heeds("keys") && !f.traceSays("key") {
		c.Mix.Keys = f.keys.is.make()
	}
	c.Mix.ByPriority = f.priorities.given || f.traceSays("priority")
	c.Mix.ByZone = f.zones.given || f.zoneDelay.given || f.traceSays("zone")
	if f.traceSays("priority") {
		c.Mix.Priorities = shares(c.Trace.Priorities)
	}
	if f.traceSays("zone") {
		c.Mix.Zones = shares(c.Trace.Zones)
	} else if f.zones.given && len(c.Mix.Zones) > c.Requesters {
		return f.wrong("zones", fmt.Sprintf("want at most as many zones as --requesters=%d", c.Requesters))
	}
	if !f.zoned() {
		c.Mix.Zones = nil
	}
	if !f.prioritised() {
		c.Mix.Priorities = nil
	}
	if err := f.settleWorkers(c); err != nil {
		return err
	}
	return f.checkWays(c)
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

// settleWorkers gives workers their weights, tiers and delays.
func (f *flags) settleWorkers(c *simulation.Config) (err error) {
	if !f.weights.given {
		f.weights.is = f.speeds.is // the report tells what was used, whoever said so
	}
	if c.Weights, err = f.weights.is.of(c.Workers); err != nil {
		return f.wrong("weights", err.Error())
	}
	if c.Mix.Zones != nil {
		if c.Parameters.Delays, err = f.zoneDelay.is.of(len(c.Mix.Zones)); err != nil {
			return f.wrong("zone-delay", err.Error())
		}
	}
	if f.heeds("tiers") {
		err = f.settleTiers(c)
	}
	if err != nil {
		return err
	}
	return f.checkTables(c)
}

// settleTiers splits the workers as the requests are, unless somebody says otherwise: those with the lowest ids serve
// the highest priority.
func (f *flags) settleTiers(c *simulation.Config) (err error) {
	if !f.tiers.given {
		c.Tiers = simulation.Split(c.Workers, c.Mix.Priorities)
		slices.Sort(c.Tiers)
		f.tiers.is = tierList(c.Tiers)
		return nil
	}
	if c.Tiers, err = f.tiers.is.of(c.Workers); err != nil {
		return f.wrong("tiers", err.Error())
	}
	if n := max(1, len(c.Mix.Priorities)); slices.Max(c.Tiers) >= n {
		return f.wrong("tiers", fmt.Sprintf("want priorities from 0 to %d only", n-1))
	}
	return nil
}

// checkWays refuses a closed loop that would take too long because every answer has a long way.
func (f *flags) checkWays(c *simulation.Config) error {
	if c.Arrivals != simulation.Closed {
		return nil
	}
	longest := time.Duration(0)
	for _, row := range c.Parameters.Delays {
		longest = max(longest, slices.Max(row))
	}
	attempts := float64(c.Requests) / float64(c.Requesters) * float64(1+c.Retries)
	if total := 2 * longest.Seconds() * attempts; total > maxLength.Seconds() {
		return f.wrong("zone-delay", fmt.Sprintf("want at most %s of it in all, for a requester with every retry, not %s", option.Short(maxLength), seconds(total)))
	}
	return nil
}
