package simulation

import (
	"slices"
	"time"

	"waza/requester"
	"waza/strategy"
)

// A Mix says how requests differ from one another besides their work. What a trace says about its rows takes precedence.
//
// Zones cost time: an answer is home as long after the worker has finished as the network takes there and back, by Parameters.Delays.
// Nothing else takes time on the network: a request reaches its worker at once, its balancer hears at once that it is done, and the answer
// to what the balancer itself refuses is home at once.
type Mix struct {
	Keys         *requester.Keys          // nil: all have key 0
	Priorities   []float64                // shares of the requests, the highest priority first; nil: all have priority 0
	Cycle        bool                     // the priority of a request is its number modulo how many there are, and not drawn
	PriorityWork []requester.Distribution // one per priority, in place of Work; nil: Work for all
	Zones        []float64                // shares of the requests; requesters are split by them, workers take turns; nil: one zone

	// ByPriority and ByZone: figures by class are reported for every strategy, and not only for one that goes by them.
	ByPriority, ByZone bool
}

// characterize says what the requests of a requester are like, if they are not all alike.
func (t *topology) characterize(r *requester.Requester) {
	c := &requester.Character{Works: []func() time.Duration{r.Work}}
	replay, _ := r.Arrivals.(*requester.Replay)
	trace := t.Trace
	if trace == nil {
		trace = new(requester.Trace)
	}
	switch {
	case trace.Keys != nil:
		c.Key = replay.Key
	case t.Mix.Keys != nil:
		c.Key = t.Mix.Keys.Sampler(t.random(keyRole, r.ID))
	}
	switch {
	case trace.Priorities != nil:
		c.Priority = replay.Priority
	case t.Mix.Cycle:
		c.Priority = requester.Cycle(len(t.Mix.Priorities), r.ID, t.Requesters)
	case t.Mix.Priorities != nil:
		c.Priority = requester.Shares(t.Mix.Priorities, t.random(priorityRole, r.ID))
	}
	switch {
	case trace.Zones != nil:
		c.Zone = replay.Zone
	case t.zones() > 1:
		zone := t.homes[r.ID]
		c.Zone = func() int { return zone }
	}
	if of := t.Mix.PriorityWork; of != nil {
		c.Works = nil
		shared := t.source(workRole, r.ID) // one generator: if all classes have the same distribution, the work is as without classes
		for _, work := range of {
			c.Works = append(c.Works, work.Sampler(shared))
		}
	}
	if c.Key != nil || c.Priority != nil || c.Zone != nil {
		r.Work, r.Traits = c.Work, c.Traits
	}
}

// priorities and zones are how many there are, at least 1.
func (c *Config) priorities() int {
	if c.Trace != nil && c.Trace.Priorities != nil {
		return 1 + int(slices.Max(c.Trace.Priorities))
	}
	return max(1, len(c.Mix.Priorities))
}

func (c *Config) zones() int { return max(1, len(c.Parameters.Delays)) }

// classes returns how many priorities and zones the report tells apart: those that the user or the strategy cares for,
// so that the row of a strategy is the same in any company.
func (c *Config) classes(name string) (priorities, zones int) {
	if c.Mix.ByPriority || slices.Contains(strategy.Heeding("priorities"), name) {
		priorities = c.priorities()
	}
	if c.Mix.ByZone || slices.Contains(strategy.Heeding("zones"), name) {
		zones = c.zones()
	}
	return priorities, zones
}

// ways returns what the network takes between each zone and that of the worker, there and back; nil: nothing.
func (c *Config) ways(id int) []time.Duration {
	delays, zone := c.Parameters.Delays, id%c.zones()
	ways, some := make([]time.Duration, len(delays)), false
	for from := range delays {
		ways[from] = delays[from][zone] + delays[zone][from]
		some = some || ways[from] > 0
	}
	if !some {
		return nil
	}
	return ways
}

// Split gives each of n places in a row to a class, so that every stretch of the row has the classes by their shares as nearly as whole
// numbers allow: the next place goes to the class that is furthest below its share. As long as there are enough places, every class that has
// a share gets one. Without shares there is one class.
func Split(n int, shares []float64) []int {
	classes, given := make([]int, n), make([]int, len(shares))
	if len(shares) < 2 {
		return classes
	}
	without := 0
	for _, share := range shares {
		if share > 0 {
			without++
		}
	}
	for i := range classes {
		next := -1
		for class, share := range shares {
			if share == 0 || 0 < without && n-i <= without && given[class] > 0 {
				continue // the last places are for those that have none
			}
			if next < 0 || share*float64(i+1)-float64(given[class]) > shares[next]*float64(i+1)-float64(given[next]) {
				next = class
			}
		}
		if given[next]++; given[next] == 1 {
			without--
		}
		classes[i] = next
	}
	return classes
}
