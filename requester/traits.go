package requester

import (
	"math/rand/v2"
	"time"
)

// Traits tell one request from another, beside its work; see Request.
type Traits struct {
	Key      uint64
	Priority int
	Zone     int
}

// A Character is what a requester's requests are like. It draws each trait from a generator of its own,
// so that no trait shifts the draws of another.
type Character struct {
	Key      func() uint64          // nil: 0
	Priority func() int             // nil: 0
	Zone     func() int             // nil: 0
	Works    []func() time.Duration // by priority; one is for all
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
		return len(shares) - 1 // the shares are a whole only up to rounding
	}
}

// Cycle returns a function that tells the class of request first, of request first + step, and so on: its number modulo so many classes.
func Cycle(classes, first, step int) func() int {
	next := first
	return func() int {
		class := next % classes
		next += step
		return class
	}
}
