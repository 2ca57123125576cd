package strategy

import "math/rand/v2"

// turns say who is first among workers that are equally loaded, under the tie rule round-robin.
//
// With one balancer it is the worker that was sent to longest ago, those never sent to first, by id: see turnOf.
//
// With several it is the one that the balancer has had nothing to do with for longest: since the last dispatch to it, or the last
// answer of it. Were it by dispatches alone, the balancers would fall into step again and again. A worker with a long queue,
// which holds requests of them all, is passed over by each balancer until it has answered that one's; by then it is the one
// that all of them have sent to longest ago, and so it is the next choice of all of them at once, and has a long queue again.
// After an answer a worker therefore waits for its turn like one that was sent to.
//
// Nor do they begin in step: every balancer but the first has a random order of its own at the start. A worker that joins
// after the first dispatch stands at the end of the turn.
type turns struct {
	several bool
	rng     *rand.Rand        // for the order at the start; nil: by id
	since   perWorker[uint64] // by worker: its place in the turn
	known   perWorker[change] // by worker: what was known when it got that place
	events  uint64            // dispatches and answers so far
}

// A change is what a dispatch or an answer leaves behind.
type change struct {
	lastSent uint64
	held     int
}

func newTurns(p Parameters, rng *rand.Rand) *turns {
	t := &turns{several: p.Balancers > 1}
	if p.Balancer > 0 {
		t.rng = rng
	}
	return t
}

// order returns what is earlier for a worker whose turn is earlier.
func (t *turns) order() func(*Worker) uint64 {
	if !t.several {
		return turnOf
	}
	return func(w *Worker) uint64 { return t.since[w.ID] }
}

const started = 1 << 63 // after every place at the start

// join gives a worker its place.
func (t *turns) join(w *Worker) {
	if !t.several {
		return
	}
	t.since.renew(w.ID)
	t.known.renew(w.ID)
	t.known[w.ID] = change{w.LastSent, w.Held}
	switch {
	case t.events > 0:
		t.last(w)
	case t.rng == nil:
		t.since[w.ID] = idOf(w)
	default:
		t.since[w.ID] = t.rng.Uint64() % started
	}
}

// changed puts a worker at the end of the turn that has just been sent to, or has answered, and not one of which an old count is seen only now.
func (t *turns) changed(w *Worker) {
	if !t.several {
		return
	}
	if now := (change{w.LastSent, w.Held}); now != t.known[w.ID] {
		t.known[w.ID] = now
		t.last(w)
	}
}

// last puts a worker at the end of the turn.
func (t *turns) last(w *Worker) {
	t.events++
	t.since[w.ID] = started + t.events
}

// turnOf is earlier the longer ago a worker was last dispatched to: at first in order of id.
func turnOf(w *Worker) uint64 {
	if w.LastSent == 0 {
		return idOf(w)
	}
	return 1<<32 + w.LastSent // after every id
}

func idOf(w *Worker) uint64 { return uint64(w.ID) }

func noTurn(*Worker) uint64 { return 0 }
