package strategy

import (
	"time"

	"waza/internal/instant"
	"waza/internal/option"
)

// Parameters are what a strategy is made with.
type Parameters struct {
	Set option.Values // by the user; each strategy declares what it reads, and what is not set is as declared there

	// The rest is told by the wiring.
	Balancer   int                // which balancer asks, from 0
	Balancers  int                // how many there are, at least 1
	Delays     [][]time.Duration  // network delay of one way from zone to zone; nil: there is one zone
	Epoch      time.Time          // instant 0 of the run
	Second     time.Duration      // how long a second is on the run's clock; 0: time.Second
	Resolution instant.Resolution // how far apart two instants are to be different
	Hurry      func() bool        // whether the person who interrupted the run has waited enough, and no pick matters any more; nil: never
}

// times is a length of the simulated time on the run's clock, in nanoseconds.
func (p *Parameters) times(d time.Duration) float64 {
	if p.Second == 0 {
		return float64(d)
	}
	return float64(d) * (float64(p.Second) / float64(time.Second))
}
