package simulation

import (
	"time"

	"waza/internal/instant"
	"waza/internal/virtualtime"
	"waza/requester"
)

// An aim moves a wake-up to an instant of its sleeper's own, so that no two goroutines wake at once.
type aim = func(now, due time.Duration) time.Duration

// In simulated time each process that sleeps has a lane of its own. Which lane follows from how many sleepers of each kind there are, and
// never from the strategy: so a run is the same whatever it is compared with. Lane 0 is the wiring's own. In each tier the lanes of the
// slots come first, then those of gauges, balancers, hearts and holes.

func (c *Config) requesterLane(id int) aim { return c.lane(1 + id) }

func (c *Config) slotLane(worker, slot int) aim {
	return c.lane(c.first() + worker*c.Concurrency + slot)
}

func (c *Config) gaugeLane(worker int) aim {
	return c.lane(c.first() + c.Workers*c.Concurrency + worker)
}

func (c *Config) balancerLane(id int) aim {
	return c.lane(c.first() + c.Workers*(c.Concurrency+1) + id)
}

func (c *Config) heartLane(worker int) aim {
	return c.lane(c.first() + c.Workers*(c.Concurrency+1) + c.Balancers + worker)
}

// holeLane comes after the lanes of the hearts, if there are any.
func (c *Config) holeLane(worker int) aim {
	if c.fateful() {
		worker += c.Workers
	}
	return c.lane(c.first() + c.Workers*(c.Concurrency+1) + c.Balancers + worker)
}

// first is the first lane of a tier. The lanes of the requesters and of the tiers in front come before it.
func (c *Config) first() int { return 1 + c.Requesters + c.before }

// lanes is how many lanes a tier has.
func (c *Config) lanes() int {
	n := c.Workers*(c.Concurrency+1) + c.Balancers
	if c.fateful() {
		n += c.Workers
	}
	if c.engulfing() {
		n += c.Workers
	}
	return n
}

// sleepers is how many lanes there are, of the wiring, the requesters and all tiers.
func (c *Config) sleepers() int {
	n := 1 + c.Requesters
	for _, tier := range c.tiers() {
		n += tier.lanes()
	}
	return n
}

// LanePeriod is how far apart the instants of one sleeper are in simulated time.
func (c *Config) LanePeriod() time.Duration {
	if c.period > 0 {
		return c.period
	}
	return virtualtime.Period(c.sleepers())
}

// resolution is how far apart two instants have to be in order to be different: see instant.Resolution.
func (c *Config) resolution() instant.Resolution {
	if c.WallClock {
		return 1
	}
	return instant.Resolution(2 * c.LanePeriod())
}

// inOrder moves each arrival of the trace to an instant of its requester's own, after the arrival of the row before: so rows of one instant
// are offered in the order of the trace, and not in that of the lanes.
func (c *Config) inOrder(t *requester.Trace) *requester.Trace {
	moved := *t
	moved.Arrivals = make([]time.Duration, len(t.Arrivals))
	before := time.Duration(0)
	for i, at := range t.Arrivals {
		before = c.requesterLane(i%c.Requesters)(before, at)
		moved.Arrivals[i] = before
	}
	return &moved
}

// lane returns the aim of one lane. On the wall clock it changes nothing.
func (c *Config) lane(number int) aim {
	if c.WallClock {
		return func(_, due time.Duration) time.Duration { return due }
	}
	own := virtualtime.Lane{Phase: time.Duration(number), Period: c.LanePeriod()}.Aim
	if c.disturb == nil {
		return own
	}
	return func(now, due time.Duration) time.Duration {
		c.disturb()
		return own(now, due)
	}
}
