package balancer

import (
	"time"

	"waza/strategy"
	"waza/worker"
)

// A member is what the balancer knows about one worker, or rather about one incarnation of it: a worker that has died and comes back is
// another member with the same id.
type member struct {
	strategy.Worker
	incarnation int
	queue       chan<- *worker.Job
	tokens      chan struct{}
	out         int           // jobs sent to the worker, whichever incarnation it was in, that have not come back
	dispatched  time.Duration // Σ dispatch instants of what it holds
	presence    presence
	causes      cause // why it is unfit; Unfit tells whether there is any
	moved       bool  // it is among the moved of the chooser
	book        Book

	// No dispatch and no completion needs these. They stand last, so that the fields above lie in few lines of a core's cache.
	probes chan<- worker.Probe
	vitals *worker.Vitals
	taken  chan struct{} // closed when it learns that what it had been sent before has been claimed
	heard  time.Duration // when it beat last, or joined
	speed  float64       // as it has joined with it; the weight may be another, and change
}

// A presence is where a member stands between its joining and its end.
type presence uint8

const (
	joined    presence = iota // it is sent jobs
	leaving                   // it finishes what it holds, and is sent nothing more
	arriving                  // it has come back, but jobs of its earlier incarnations take so much room that it cannot be sent any yet
	suspected                 // it has not beaten for its lease: it may be dead, or come back
	gone                      // it holds nothing any more, or another incarnation has taken its place
)

// include lets the strategy choose a member.
func (b *Balancer) include(m *member) {
	m.presence = joined
	b.room += m.Limit - m.Held
	b.strategy.Join(&m.Worker)
	b.health.joined(m, b.now)
	for _, w := range b.watchers {
		w.joined(m)
	}
}

// exclude keeps the strategy from choosing a member from now on.
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

// drain lets a member leave: it is sent nothing more, and is gone once it has finished what it holds.
func (b *Balancer) drain(m *member) {
	b.exclude(m)
	b.drained(m, b.now)
}

// drained ends the membership of a member that leaves, if it holds nothing any more. Some of what it was sent may have been swallowed by
// its death, and given up by the requesters: a broker claims that now, for a member that is gone is never suspected.
func (b *Balancer) drained(m *member, now time.Duration) {
	if m.presence == leaving && m.Held == 0 {
		m.presence = gone
		b.goes(m, now)
		b.broker.claim(m)
	}
}

// forget ends the membership of an incarnation that will not finish what it holds.
func (b *Balancer) forget(m *member) {
	switch m.presence {
	case suspected:
		if b.lived(m) {
			m.book.Stays.begin(b.now)
		}
	case gone, arriving:
	default:
		b.goes(m, b.now)
	}
	m.presence = gone
	b.closeBook(m)
}

// closeBook ends the counting of what a member holds: that was swallowed, or is lost with its incarnation.
func (b *Balancer) closeBook(m *member) {
	m.book.count(m.Held, b.now, b.Window)
	m.book.Sojourns += time.Duration(m.Held)*b.now - m.dispatched
	b.ledger.Forgotten += m.Held
}

// withPlace returns a slice by worker id that has a place for that id: a zero value, if it is new. Ids are small and have no gaps.
func withPlace[T any](byID []T, id int) []T {
	for id >= len(byID) {
		var zero T
		byID = append(byID, zero)
	}
	return byID
}
