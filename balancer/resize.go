package balancer

import (
	"fmt"
	"time"

	"waza/requester"
	"waza/worker"
)

// A Resize says that from an instant on there are so many workers: those of the lowest ids. As with a Pool all exist from the start, and those
// that are not there stand in reserve.
type Resize struct {
	At      time.Duration
	Workers int // at least 1
}

// resizer lets workers come and leave by the plan of Resizes. One that leaves is sent nothing more, and finishes what it holds. If it is
// called back before it has finished, it goes on with that.
type resizer struct {
	deaf
	b       *Balancer
	reserve reserve
	running int
	teller  teller
}

func newResizer(b *Balancer) *resizer {
	r := &resizer{b: b, teller: teller{Story: &b.ledger.Story, apart: 1}}
	for _, to := range b.Resizes {
		b.at(to.At, func(now time.Duration) { r.resize(to.Workers, now) })
	}
	return r
}

// size is how many workers are not in the reserve.
func (r *resizer) size() int { return len(r.reserve.places) - r.reserve.size }

// resize lets workers come and leave until there are n. It does nothing if an interruption has kept some from joining at the start.
func (r *resizer) resize(n int, now time.Duration) {
	if r.b.stopped || r.b.cancelled || !r.reserve.complete() {
		return
	}
	if r.b.Tell != nil {
		r.b.Tell(requester.Event{At: now, What: requester.Resizes, Why: fmt.Sprintf("from %d to %d workers", r.size(), n)})
	}
	for r.size() < n && r.reserve.size > 0 {
		r.b.ledger.Started++
		r.call(r.reserve.next(), now)
	}
	for r.size() > n {
		r.b.ledger.Left++
		r.dismiss(r.size()-1, now)
	}
}

// call makes a member of a worker in reserve.
func (r *resizer) call(id int, now time.Duration) {
	join := r.reserve.leave(id)
	r.tell(requester.Joins, id, now)
	if m := r.b.members[id]; m != nil && m.presence == leaving {
		r.b.hear()
		r.b.include(m)
		r.b.waiting.changed(m)
		return
	}
	join.apply(r.b)
}

// dismiss lets a worker leave. One that is suspected, or that is still arriving, is gone at once.
func (r *resizer) dismiss(id int, now time.Duration) {
	m := r.b.members[id]
	r.tell(requester.Leaves, id, now)
	r.reserve.enter(id)
	switch m.presence {
	case suspected:
		r.b.lived(m)
		m.presence = gone
	case arriving:
		m.presence = gone
	default:
		Leave{Worker: id}.apply(r.b)
	}
}

// standsBy tells whether a worker that would join stands in reserve instead. If it comes back there as a new incarnation, what the earlier
// one held is claimed, or forgotten.
func (b *Balancer) standsBy(j Join) bool {
	switch {
	case b.pool != nil:
		return b.pool.reserve.keep(j)
	case b.resizer == nil || !b.resizer.reserve.keep(j):
		return false
	}
	if earlier := b.members[j.Worker]; earlier != nil && earlier.Held > 0 {
		b.broker.claim(earlier)
		b.forget(earlier)
		b.members[j.Worker] = &member{
			Worker: earlier.Worker, incarnation: earlier.incarnation + 1, presence: gone, out: earlier.out, book: earlier.book,
		}
		b.members[j.Worker].Held = 0
	}
	return true
}

func (r *resizer) tell(what requester.Happening, id int, now time.Duration) {
	if r.b.Tell != nil {
		r.b.Tell(requester.Event{At: now, What: what, Worker: id})
	}
}

// What the resizer hears as a watcher goes into the Story.

func (r *resizer) joined(m *member) {
	r.running++
	r.teller.changes(r.b.now, r.running-1, r.running, r.b.Pool.Start)
	r.teller.holds(m, m.Held > 0, r.b.now)
}

func (r *resizer) left(*member) {
	r.running--
	r.teller.changes(r.b.now, r.running+1, r.running, r.b.Pool.Start)
}

func (r *resizer) sent(m *member, _ *worker.Job) { r.teller.holds(m, true, r.b.now) }

func (r *resizer) done(m *member, j *worker.Job) {
	if m.Held == 0 {
		r.teller.holds(m, false, j.Finished)
	}
}
