package balancer

import (
	"time"

	"waza/requester"
	"waza/worker"
)

// Stays are how long a worker was there, as one balancer knows it: each stay lasts from its joining until it has left and finished what
// it held. The zero Stays are those of a worker that has never joined.
type Stays struct {
	Past       time.Duration // the sum of the stays that are over, whole run
	PastInside time.Duration // the same inside the measured window
	Since      time.Duration // when the present stay began
	Here       bool          // there is a present stay
}

// begin notes that the worker is there from now on.
func (p *Stays) begin(now time.Duration) { p.Since, p.Here = now, true }

// end notes that it is there no longer.
func (p *Stays) end(now time.Duration, window worker.Window) {
	p.Past += now - p.Since
	p.PastInside += window.Known().Overlap(p.Since, now)
	p.Here = false
}

// comes notes that a worker is there from now on, and goes that it is there no longer.
func (b *Balancer) comes(m *member) {
	m.book.Stays.begin(b.now)
	b.ledger.Size.Change(b.now, 1)
}

func (b *Balancer) goes(m *member, now time.Duration) {
	m.book.Stays.end(now, b.Window)
	b.ledger.Size.Change(now, -1)
}

// Inside returns how long the worker was there inside the measured window of a run that has ended; overlap returns how much of the time
// between two instants lies in that window.
func (p *Stays) Inside(overlap func(from, to time.Duration) time.Duration) time.Duration {
	if !p.Here {
		return p.PastInside
	}
	return p.PastInside + overlap(p.Since, requester.Never)
}

// Ever returns how long it was there in a run that has ended at that instant.
func (p *Stays) Ever(ended time.Duration) time.Duration {
	if !p.Here {
		return p.Past
	}
	return p.Past + max(0, ended-p.Since)
}
