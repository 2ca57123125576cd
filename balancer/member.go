package balancer

import (
	"time"

	"waza/requester"
	"waza/strategy"
	"waza/worker"
)

// A member is a worker as its balancer knows it, one incarnation of it.
type member struct {
	strategy.Worker
	incarnation int
	queue       chan<- *worker.Job
	probes      chan<- worker.Probe
	tokens      chan struct{}
	presence    presence
	moved       bool          // among the moved of its balancer
	dispatched  time.Duration // Σ dispatch instants of what it holds
	book        Book
}

// A presence is where a member stands between its joining and its end.
type presence uint8

const (
	joined  presence = iota // jobs are sent to it
	leaving                 // it finishes what it holds, and gets nothing more
	gone                    // it holds nothing any more, or has come back as another incarnation
)

// hasRoom tells whether another job may be sent to the member.
func (m *member) hasRoom() bool { return m.presence == joined && m.Held < m.Limit }

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

// expel takes a member out of everybody's choice.
func (b *Balancer) expel(m *member) {
	if m.presence != joined {
		return
	}
	m.presence = leaving
	b.room -= m.Limit - m.Held
	b.strategy.Leave(&m.Worker)
	b.drained(m, b.now)
}

// drained notes that a member which leaves holds nothing any more, if that is so.
func (b *Balancer) drained(m *member, now time.Duration) {
	if m.presence == leaving && m.Held == 0 {
		m.presence = gone
	}
}

// forget closes the books of an incarnation that will not finish what it holds.
func (b *Balancer) forget(m *member) {
	m.presence = gone
	m.book.count(m.Held, b.now, b.Window)
	m.book.Held += time.Duration(m.Held)*b.now - m.dispatched
	b.out -= m.Held
	b.ledger.Forgotten += m.Held
}

// A Ledger is what a balancer has counted over the whole run.
type Ledger struct {
	Admitted   int // requests received
	Dispatched int // sent to a worker
	Completed  int // seen done
	Forgotten  int // held by a worker that came back as a new incarnation
	Rejected   int // no room in the backlog
	Skipped    int // their time was over when they reached the head of the backlog
	Cancelled  int // waiting when the run ended
	Workers    []Book
}

// A Book is what a balancer has counted of one worker, all its incarnations.
type Book struct {
	Pending     time.Duration // ∫ pending dt, whole run; it may wrap, and Held with it
	Held        time.Duration // Σ over its jobs of done − dispatched: equals Pending
	PendEver    float64       // Pending in nanoseconds, to be read: a sum of a million months has no room in a Duration
	PendInside  float64       // the same inside the measured window
	MostPending int           // inside the measured window
	MostEver    int
	since       time.Duration // the last change
}

// Ledger returns the counts of a balancer whose Run has returned.
func (b *Balancer) Ledger() Ledger {
	b.ledger.Workers = nil
	for _, m := range b.members {
		if m == nil {
			m = &member{}
		}
		b.ledger.Workers = append(b.ledger.Workers, m.book)
	}
	return b.ledger
}

// count adds the time since the last change, over which pending jobs were held.
func (k *Book) count(pending int, now time.Duration, window worker.Window) {
	inside := window.Overlap(k.since, now)
	k.Pending += time.Duration(pending) * (now - k.since)
	k.PendEver += float64(pending) * float64(now-k.since)
	k.PendInside += float64(pending) * float64(inside)
	k.MostEver = max(k.MostEver, pending)
	if inside > 0 {
		k.MostPending = max(k.MostPending, pending)
	}
	k.since = now
}

func (l *Ledger) refused(v requester.Verdict) {
	switch v {
	case requester.Rejected:
		l.Rejected++
	case requester.TimedOut:
		l.Skipped++
	case requester.Cancelled:
		l.Cancelled++
	}
}
