package requester

import (
	"math/rand/v2"
	"time"
)

// Traits are what distinguishes one request from another besides its work; see Request.
type Traits struct {
	Key      uint64
	Priority int
	Zone     int
}

// A Character says what a requester's requests are like. Each trait is drawn by a generator of its own, so that the draws of one do not depend
// on whether there is another.
type Character struct {
	Key      func() uint64          // nil: 0
	Priority func() int             // nil: 0
	Zone     func() int             // nil: 0
	Works    []func() time.Duration // by priority; if there is one, it is for all
	drawn    Traits
}

// Work draws the next request, and returns its work.
func (c *Character) Work() time.Duration {
	c.drawn = Traits{}
	if c.Key != nil {
		c.drawn.Key = c.Key()
	}
	if c.Priority != nil {
		c.drawn.Priority = c.Priority()
	}
	if c.Zone != nil {
		c.drawn.Zone = c.Zone()
	}
	if len(c.Works) == 1 {
		return c.Works[0]()
	}
	return c.Works[c.drawn.Priority]()
}

// Traits returns those of the request that Work has drawn last.
func (c *Character) Traits() Traits { return c.drawn }

// Shares returns a function that draws one of so many classes, by their shares of a whole.
func Shares(shares []float64, rng *rand.Rand) func() int {
	return func() int {
		u := rng.Float64()
		for class, share := range shares {
			if u -= share; u < 0 {
				return class
			}
		}
		return len(shares) - 1 // by rounding the shares may add up to a little less than a whole
	}
}

// Cycle returns a function that returns the class of request first, then of request first + step, and so on: the number of the request modulo
// the number of classes.
func Cycle(classes, first, step int) func() int {
	next := first
	return func() int {
		class := next % classes
		next += step
		return class
	}
}
