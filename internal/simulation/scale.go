package simulation

import (
	"math"
	"slices"
	"time"

	"waza/internal/option"
	"waza/requester"
	"waza/strategy"
)

// In simulated time two lengths cannot be told apart if they differ by less than a period of the lanes, and that period grows with the number
// of sleepers. So the clock of a run may go faster than the time that it simulates: a simulated nanosecond is Scale nanoseconds of the run's
// clock. The wiring multiplies every length by Scale, and the report divides by it; nothing between them knows of it.

// finest is how many periods of the lanes the shortest length of a run has at least.
const finest = 1000

// Scale is the least power of two, at least 1, with which the shortest length of the run has that many periods. With the defaults it
// is 1, and so it is on the wall clock. It does not depend on the strategies.
func (c *Config) Scale() float64 {
	scale := 1.0
	if c.WallClock {
		return scale
	}
	for wanted := finest * float64(c.LanePeriod()) / c.Shortest(); scale < wanted; {
		scale *= 2
	}
	return scale
}

// Shortest is the shortest length that has to be told apart, in nanoseconds: of the mean service at the fastest worker, the mean time between
// two requests of one requester when they are densest, and every positive length that was given.
func (c *Config) Shortest() float64 {
	all := c.drawn()
	all = append(all, c.rows()...)
	if c.Arrivals != Closed {
		all = append(all, float64(c.Requesters)/c.PeakRate()*1e9)
	}
	for _, d := range c.lengths() {
		all = append(all, float64(*d))
	}
	for _, d := range c.given() {
		all = append(all, float64(d))
	}
	shortest := math.Inf(1)
	for _, d := range all {
		if d > 0 {
			shortest = min(shortest, d)
		}
	}
	return shortest
}

// rows returns the lengths of the trace that have to be told apart: the mean work and, but for up to a hundredth of all rows, the shortest.
// Rows of one instant that come from one requester begin a period apart. So that this does not matter even for the last of them, the mean
// work is divided by how many such rows there are.
func (c *Config) rows() []float64 {
	if c.Trace == nil {
		return nil
	}
	fastest := slices.Max(c.Speeds)
	mean := c.meanWork() / fastest
	crowd := float64(c.Trace.Crowd(time.Duration(mean/finest))) / float64(c.Requesters)
	return []float64{mean / max(1, crowd), float64(c.Trace.ShortWork()) / fastest}
}

// drawn returns the lengths of what is drawn: services at the fastest worker, and pauses.
func (c *Config) drawn() (all []float64) {
	from := func(d requester.Distribution, speed float64) {
		for _, length := range append(d.Lengths(), d.Mean()) {
			all = append(all, float64(length)/speed)
		}
	}
	fastest := slices.Max(c.Speeds)
	if c.Work != nil {
		from(c.Work, fastest)
	}
	for _, work := range c.Mix.PriorityWork {
		from(work, fastest)
	}
	if c.Proxies.Number > 0 {
		from(c.Proxies.Work, 1)
	}
	if c.Arrivals == Closed {
		from(c.Think, 1)
	}
	if c.Gap != nil {
		for _, d := range c.Gap.Lengths() {
			all = append(all, float64(d))
		}
	}
	return all
}

// scaled returns the configuration with all its lengths in nanoseconds of the run's clock.
func (c Config) scaled() Config {
	c.scale = c.Scale()
	if c.scale == 1 {
		return c
	}
	c.Parameters.Delays = slices.Clone(c.Parameters.Delays)
	for i, row := range c.Parameters.Delays {
		c.Parameters.Delays[i] = slices.Clone(row)
	}
	c.scaleLengths()
	c.Rate /= c.scale
	c.Shape = c.Shape.Times(c.scale)
	c.Work, c.Think, c.Gap, c.Proxies.Work = c.stretched(c.Work), c.stretched(c.Think), c.stretched(c.Gap), c.stretched(c.Proxies.Work)
	c.Mix.PriorityWork = slices.Clone(c.Mix.PriorityWork)
	for i, work := range c.Mix.PriorityWork {
		c.Mix.PriorityWork[i] = c.stretched(work)
	}
	c.scaleTrace()
	c.scaleSet()
	return c
}

// times returns a length on the run's clock.
func (c *Config) times(d time.Duration) time.Duration { return time.Duration(float64(d) * c.scale) }

func (c *Config) stretched(d requester.Distribution) requester.Distribution {
	if d == nil {
		return nil
	}
	return d.Times(c.scale)
}

func (c *Config) scaleTrace() {
	if c.Trace == nil {
		return
	}
	trace := *c.Trace
	trace.Arrivals, trace.Work = slices.Clone(trace.Arrivals), slices.Clone(trace.Work)
	for i := range trace.Arrivals {
		trace.Arrivals[i], trace.Work[i] = c.times(trace.Arrivals[i]), c.times(trace.Work[i])
	}
	c.Trace = &trace
}

// scaleSet scales the parameters of the strategies.
func (c *Config) scaleSet() {
	var takes option.List
	for _, k := range strategy.Table() {
		takes = append(takes, k.Takes...)
	}
	c.Parameters.Set = c.Parameters.Set.Times(c.scale, takes)
	c.Parameters.Second = c.times(time.Second)
}

// meanWork is the mean work of a request, in nanoseconds.
func (c *Config) meanWork() float64 {
	switch {
	case c.Trace != nil:
		return c.Trace.MeanWork() * 1e9
	case c.Mix.PriorityWork == nil:
		return float64(c.Work.Mean())
	}
	mean := 0.0
	for i, work := range c.Mix.PriorityWork {
		mean += c.Mix.Priorities[i] * float64(work.Mean())
	}
	return mean
}

// capacity is how much work all workers together do in a unit of time.
func (c *Config) capacity() float64 {
	all := 0.0
	for _, speed := range c.Speeds {
		all += speed * float64(c.Concurrency)
	}
	return all
}
