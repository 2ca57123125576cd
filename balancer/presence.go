package balancer

import (
	"time"

	"waza/requester"
	"waza/worker"
)

// Stays are how long a worker was there, as one balancer knows it: each stay lasts from its joining until it has left and finished what
// it held. A worker that is suspected may only stand still, and its slots are busy meanwhile: it is there for as long as it lives. One that
// has died is there until it is suspected. The zero Stays are those of a worker that has never joined.
type Stays struct {
	Past       time.Duration // the sum of the stays that are over, whole run
	PastInside time.Duration // the same inside the measured window
	Since      time.Duration // when the present stay began
	Until      time.Duration // when the latest stay that is over ended
	Here       bool          // there is a present stay
}

// begin notes that the worker is there from now on.
func (p *Stays) begin(now time.Duration) { p.Since, p.Here = now, true }

// end notes that it is there no longer.
func (p *Stays) end(now time.Duration, window worker.Window) {
	p.Past += now - p.Since
	p.PastInside += window.Known().Overlap(p.Since, now)
	p.Until, p.Here = now, false
}

// extend notes that the worker was there up to that instant after all, unless it is there now.
func (p *Stays) extend(to time.Duration, window worker.Window) {
	if p.Here || to <= p.Until {
		return
	}
	p.Past += to - p.Until
	p.PastInside += window.Known().Overlap(p.Until, to)
	p.Until = to
}

// lived notes that a member which was suspected, and has not come back, was there until it died, and tells whether it still lives. Where
// its fate is not known, it counts as away since the suspicion.
func (b *Balancer) lived(m *member) (still bool) {
	if m.ID >= len(b.Fates) {
		return false
	}
	dies, _ := b.Fates[m.ID].Death(m.book.Stays.Until)
	m.book.Stays.extend(min(b.now, dies), b.Window)
	return dies > b.now
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
