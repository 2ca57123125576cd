package worker

import (
	"math"
	"math/rand/v2"
	"time"

	"waza/requester"
)

// A Fault is something that goes wrong with some workers, some of the time.
type Fault struct {
	Kind    FaultKind
	Workers Selection
	At      time.Duration // when it starts
	For     time.Duration // how long it lasts; 0: for ever
	MTBF    time.Duration // mean up-time; 0: not a renewal process, At and For hold
	MTTR    time.Duration // mean down-time
	P       float64       // flaky: the probability that an attempt fails
	Factor  float64       // slow: the service takes this many times as long
}

// A FaultKind names what goes wrong.
type FaultKind int

// The kinds of faults.
const (
	Slow  FaultKind = iota // service takes Factor times as long
	Flaky                  // each attempt fails with probability P, after its whole service
)

// A Selection names workers: an inclusive range of ids, or a share of all of them, lowest ids first.
type Selection struct {
	First, Last int     // used if Share is 0
	Share       float64 // in (0, 1]; rounded up to whole workers; 1 is all
}

// Contains tells whether worker id of n is among the selected.
func (s Selection) Contains(id, n int) bool {
	if s.Share > 0 {
		return id < int(math.Ceil(s.Share*float64(n)-1e-9)) // 7 % of 100 are 7, though 0.07·100 is a little more
	}
	return s.First <= id && id <= s.Last
}

// Trouble is a Fault as one worker meets it. Its draws are hashes of what they are about, and its up-times and
// down-times have a generator of their own, so that every strategy meets the same trouble.
type Trouble struct {
	fault    Fault
	seed     uint64
	index    int           // of the fault in the run
	from, to time.Duration // the current or next time of trouble
	phases   *rand.Rand    // nil without MTBF
}

// Meet returns the fault, the index-th of the run, as the worker meets it. Slots of one worker meet the same.
func (f Fault) Meet(seed uint64, index, worker int) Trouble {
	t := Trouble{fault: f, seed: seed, index: index, from: f.At, to: requester.Never}
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

// advance draws the next up-time and the down-time after it.
func (t *Trouble) advance() {
	t.from = t.to + time.Duration(t.phases.ExpFloat64()*float64(t.fault.MTBF))
	t.to = t.from + time.Duration(t.phases.ExpFloat64()*float64(t.fault.MTTR))
}

// holds tells whether there is trouble at that instant. Instants must not go backwards.
func (t *Trouble) holds(at time.Duration) bool {
	for t.phases != nil && at >= t.to {
		t.advance()
	}
	return t.from <= at && at < t.to
}

// slowdown is how many times as long a service takes that begins then.
func (t *Trouble) slowdown(at time.Duration) float64 {
	if t.fault.Kind == Slow && t.holds(at) {
		return t.fault.Factor
	}
	return 1
}

// spoils tells whether the attempt whose service began then fails.
func (t *Trouble) spoils(r *requester.Request, began time.Duration) bool {
	return t.fault.Kind == Flaky && t.holds(began) && requester.Chance(t.seed, 'f', uint64(t.index), uint64(r.ID), uint64(r.Attempt)) < t.fault.P
}
