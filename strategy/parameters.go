package strategy

import (
	"time"

	"waza/internal/option"
)

// Parameters are what a strategy is made with.
type Parameters struct {
	Set option.Values // by the user; each strategy declares what it reads, and what is not set is as declared there

	// The rest is told by the wiring.
	Balancer  int               // which balancer asks, from 0
	Balancers int               // how many there are, at least 1
	Delays    [][]time.Duration // network delay of one way from zone to zone; nil: there is one zone
	Epoch     time.Time         // instant 0 of the run
	Second    time.Duration     // how long a second is on the run's clock; 0: time.Second
}
