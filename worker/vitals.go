package worker

import (
	"time"

	"waza/internal/instant"
)

// Vitals answer health checks for a worker, whose slots may all be asleep: like them they have a copy of its fate, and know the holes into
// which requests fall. A check is not work: a worker that is slow, cold or makes mistakes passes.
//
// Whoever asks has a copy of its own, and no check travels to the worker. That is the same thing: a fate is a function of time, so that whichever
// goroutine would answer for the worker would look into a copy of the very same fate, at the same instant but for a period of the lanes, and send
// back what the asker finds here. A check as a message would need a goroutine for each worker that does nothing else (slots sleep, and only those have
// a heart that may die), an answer that wakes the balancer, and an end of the question in case that none comes, to say no more than this.
//
// What is asked must not go back in time.
type Vitals struct {
	fate  *Fate
	holes []Trouble
}

// A Pulse is what a worker answers to a health check.
type Pulse uint8

// The answers.
const (
	Passes  Pulse = iota
	Refuses       // it is dead: who asks hears that at once
	Silent        // it stands still, or swallows the question: who asks waits until the interval is over
)

// NewVitals returns those of a worker with that fate and these troubles.
func NewVitals(fate *Fate, troubles []Trouble, resolution instant.Resolution) *Vitals {
	v := &Vitals{fate, troubles}
	for i := range v.holes {
		v.holes[i].resolution, v.holes[i].fate = resolution, fate
	}
	return v
}

// Silences tells whether there comes a time from which on whom the fault hits passes no health check.
func (f Fault) Silences() bool { return (f.Kills() || f.Engulfs()) && f.For == 0 && f.MTBF == 0 }

// Pulse returns what the worker answers at that instant.
func (v *Vitals) Pulse(now time.Duration) Pulse {
	if v.fate != nil {
		if _, dead := v.fate.dies(now); dead {
			return Refuses
		}
		if v.fate.StandsStill(now) {
			return Silent
		}
	}
	for i := range v.holes {
		if _, gone := v.holes[i].effect.swallows(&v.holes[i], now); gone {
			return Silent
		}
	}
	return Passes
}
