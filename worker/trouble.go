package worker

import (
	"math/rand/v2"
	"time"

	"waza/internal/instant"
	"waza/requester"
)

// Trouble is a Fault as one worker meets it. Its draws are hashes of what they are about, and its up-times and down-times are drawn from a
// generator of their own: so it is the same under every strategy.
type Trouble struct {
	effect   effect
	seed     uint64
	index    int                                        // of the fault in the run
	from, to time.Duration                              // the current or next time of trouble
	up, down time.Duration                              // mean times without trouble and with it
	phases   *rand.Rand                                 // nil without MTBF
	aim      func(now, due time.Duration) time.Duration // makes its instants real; nil: they are what they are
	lead     time.Duration                              // how much earlier its end is made, if it is moved by aim
	fate     *Fate                                      // of the worker
	try      uint64                                     // of the message in service, from 0: a Retry tries again

	resolution instant.Resolution
	hurry      func() bool // tells whether the person who interrupted the run has waited enough: asked every lookEvery phases; nil: never
}

// lookEvery is how many phases are worked out between two looks whether to go on. That takes microseconds.
const lookEvery = 1000

// Meet returns the fault, which has that index in the run, as the worker meets it. It is the same for all slots of the worker.
func (f Fault) Meet(seed uint64, index, worker int) Trouble {
	t := Trouble{effect: f.effect(), seed: seed, index: index, from: f.At, to: requester.Never, up: f.MTBF, down: f.MTTR}
	if f.For > 0 {
		t.to = f.At + f.For
	}
	if f.MTBF > 0 {
		t.phases = rand.New(rand.NewPCG(seed, 'f'<<56|uint64(index)<<32|uint64(worker)))
		t.to = f.At
		t.advance()
	}
	return t
}

// prepare gives the troubles that a process asks about the fate of its worker, and how it tells instants apart; hurry may be nil.
func prepare(troubles []Trouble, fate *Fate, r instant.Resolution, hurry func() bool) {
	for i := range troubles {
		troubles[i].fate, troubles[i].resolution, troubles[i].hurry = fate, r, hurry
	}
}

// advance goes to the next time of trouble: it draws an up-time, and the down-time after it. A trouble that comes only once is over.
func (t *Trouble) advance() {
	if t.phases == nil {
		t.from, t.to = requester.Never, requester.Never
		return
	}
	t.from = later(t.to, t.phases.ExpFloat64()*float64(t.up))
	t.to = later(t.from, t.phases.ExpFloat64()*float64(t.down))
	t.move()
}

// real returns the trouble with its instants moved by that aim, and at least two periods of the lanes apart.
func (t Trouble) real(aim func(now, due time.Duration) time.Duration, r instant.Resolution) Trouble {
	t.aim, t.resolution = aim, r
	t.move()
	return t
}

func (t *Trouble) move() {
	if t.aim == nil || t.from == requester.Never {
		return
	}
	t.from = t.aim(t.from, t.from)
	if t.to != requester.Never {
		t.to = max(t.to-t.lead, t.from+2*time.Duration(max(t.resolution, 1)))
		t.to = t.aim(t.to, t.to)
	}
}

// later returns the instant so many nanoseconds after another; Never, if a run cannot last so long.
func later(at time.Duration, d float64) time.Duration {
	if float64(at)+d > float64(requester.LongestInstant)*2 {
		return requester.Never
	}
	return at + time.Duration(d)
}

// holds tells whether there is trouble at that instant. Instants must not go backwards.
func (t *Trouble) holds(at time.Duration) bool {
	for walked := 1; t.phases != nil && !t.resolution.Before(at, t.to); walked++ {
		if walked%lookEvery == 0 && t.hurry != nil && t.hurry() {
			break
		}
		t.advance()
	}
	return t.resolution.Within(at, t.from, t.to)
}
