package strategy

import "math/rand/v2"

// turns say which of several equally loaded workers is first, under the tie rule round-robin.
//
// With one balancer it is the worker to which it sent longest ago; before all others, by id, those to which it has sent nothing yet.
//
// With several balancers it is the worker that the balancer neither sent to nor heard from for longest. If only dispatches counted, the
// balancers would fall into step again and again. Take a worker with a long queue, in which requests of all balancers wait: each passes it
// over until the worker has answered its requests. By then all of them have sent to it longest ago, so it is the next choice of all
// balancers at once, and has a long queue again. Therefore a worker goes to the end of the turn after an answer as after a dispatch.
//
// Nor do the balancers begin in step: each but the first has a random order of its own at the start. A worker that joins after the first
// dispatch stands at the end of the turn.
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

// order returns a function that is smaller for a worker whose turn is earlier.
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

// changed puts a worker at the end of the turn that has been sent to or has answered since. It leaves alone a worker of which only an old
// count has come to be seen.
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

// turnOf is smaller the longer ago the last dispatch to a worker was; before the first dispatch it goes by id.
func turnOf(w *Worker) uint64 {
	if w.LastSent == 0 {
		return idOf(w)
	}
	return 1<<32 + w.LastSent // greater than every id
}

func idOf(w *Worker) uint64 { return uint64(w.ID) }

func noTurn(*Worker) uint64 { return 0 }
