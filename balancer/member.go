package balancer

import (
	"time"

	"waza/strategy"
	"waza/worker"
)

// A member is a worker as its balancer knows it, one incarnation of it.
type member struct {
	strategy.Worker
	incarnation int
	queue       chan<- *worker.Job
	tokens      chan struct{}
	out         int           // jobs sent to the worker, whichever life it was in, that have not come back
	dispatched  time.Duration // Σ dispatch instants of what it holds
	presence    presence
	causes      cause // why it is unfit; Unfit tells whether there is any
	moved       bool  // among the moved of its balancer
	book        Book

	// No dispatch and no completion asks for these. They stand last, so that those before lie in few lines of a core's cache.
	probes    chan<- worker.Probe
	vitals    *worker.Vitals
	taken     chan struct{} // closed when it learns that what it was sent up to now has been claimed
	heard     time.Duration // when its heart has beaten last
	suspicion time.Duration // when it was suspected
}

// A presence is where a member stands between its joining and its end.
type presence uint8

const (
	joined    presence = iota // jobs are sent to it
	leaving                   // it finishes what it holds, and gets nothing more
	arriving                  // it has come back, and has still to give back so much of its earlier life that there is no room
	suspected                 // it has not beaten for its lease: it may be dead, or come back
	gone                      // it holds nothing any more, or has come back as another incarnation
)

// changed notes what a member holds since that instant, and that it was sent to.
func (b *Balancer) changed(m *member, at time.Duration) {
	b.View.changed(m, at)
	b.move(m)
}

// move notes that what strategies order workers by has changed.
func (b *Balancer) move(m *member) {
	if b.ranker != nil && !m.moved {
		m.moved = true
		b.moved = append(b.moved, m)
	}
}

// show brings what the strategy sees up to now, and tells the ranker what has changed since it was asked last:
// of a worker that has finished much meanwhile, once.
func (b *Balancer) show() {
	for m := b.View.next(b.now); m != nil; m = b.View.next(b.now) {
		b.move(m)
	}
	for _, m := range b.moved {
		m.moved = false
		if m.presence == joined {
			b.ranker.Changed(&m.Worker)
		}
	}
	b.moved = b.moved[:0]
}

// enter lets everybody choose a member, for the first time or again.
func (b *Balancer) enter(m *member) {
	if m.presence == suspected {
		b.ledger.Size.Change(b.now, 1)
	} else {
		b.comes(m)
	}
	b.include(m)
}

// include lets everybody choose a member that is there.
func (b *Balancer) include(m *member) {
	m.presence = joined
	b.room += m.Limit - m.Held
	b.strategy.Join(&m.Worker)
	b.health.joined(m, b.now)
	for _, w := range b.watchers {
		w.joined(m)
	}
}

// expel lets a member leave: it gets nothing more, and is there until it has finished what it holds.
func (b *Balancer) expel(m *member) {
	b.exclude(m)
	b.drained(m, b.now)
}

// exclude takes a member out of everybody's choice.
func (b *Balancer) exclude(m *member) {
	if m.presence != joined {
		return
	}
	m.presence = leaving
	b.room -= m.Limit - m.Held
	b.strategy.Leave(&m.Worker)
	b.health.left(m, b.now)
	for _, w := range b.watchers {
		w.left(m)
	}
}

// drained notes that a member which leaves holds nothing any more, if that is so. What its death has swallowed, and requesters have given up,
// is claimed: nobody will suspect it any more.
func (b *Balancer) drained(m *member, now time.Duration) {
	if m.presence == leaving && m.Held == 0 {
		m.presence = gone
		b.goes(m, now)
		b.broker.claim(m)
	}
}

// forget closes the books of an incarnation that will not finish what it holds.
func (b *Balancer) forget(m *member) {
	switch m.presence {
	case suspected:
		m.book.Stays.end(m.suspicion, b.Window) // it has been away since
	case gone, arriving:
	default:
		b.goes(m, b.now)
	}
	m.presence = gone
	b.closeBook(m)
}

// closeBook forgets what a member holds: it was swallowed, or is lost with an incarnation.
func (b *Balancer) closeBook(m *member) {
	m.book.count(m.Held, b.now, b.Window)
	m.book.Sojourns += time.Duration(m.Held)*b.now - m.dispatched
	b.ledger.Forgotten += m.Held
}
