package worker

import (
	"time"

	"waza/internal/instant"
)

// Vitals answer health checks in the place of a worker. They go by its fate and by the black holes into which requests fall. A check is not
// work: a worker that is slow, cold or makes mistakes passes it.
//
// No check travels to the worker: each balancer has Vitals of its own and asks those. The answer is the same. A fate is a function of time,
// so whichever goroutine answered for the worker would look into a copy of the same fate, at the same instant but for a period of the lanes.
// To ask by a message would take a goroutine for each worker that does nothing else (slots sleep, and only workers that may die have a
// heart), an answer that wakes the balancer, and a time limit in case that none comes.
//
// The instants that they are asked about must not go back in time.
type Vitals struct {
	fate  *Fate
	holes []Trouble
}

// A Pulse is what a worker answers to a health check.
type Pulse uint8

// The answers.
const (
	Passes  Pulse = iota
	Refuses       // it is dead: the asker hears that at once
	Silent        // it stands still, or swallows the question: the asker waits until the interval is over
)

// NewVitals returns the Vitals of a worker with that fate and these troubles.
func NewVitals(fate *Fate, troubles []Trouble, resolution instant.Resolution) *Vitals {
	prepare(troubles, fate, resolution, nil)
	return &Vitals{fate, troubles}
}

// Silences tells whether the workers that the fault hits pass no health check any more from some time on.
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
