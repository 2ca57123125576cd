package balancer

import (
	"time"

	"waza/requester"
)

// Failover says what becomes of the work of a worker that dies, or that stands still for so long that it may be dead. The zero Failover
// leaves it where it is.
type Failover struct {
	Lease         time.Duration // a worker that has not beaten for so long is suspected to be dead; 0: none is
	Claims        bool          // the balancer answers requesters in the place of the workers, and gives what a dead one held to others
	Announcements Announcements // with Claims: how the workers hear that there is something to take over
}

// A Beat says that a worker is alive.
type Beat struct{ Worker int }

func (t Beat) apply(b *Balancer) {
	b.look()
	if b.isQuiet() || t.Worker >= len(b.members) || b.members[t.Worker] == nil {
		return // not a member yet: it stands in reserve, or the run was interrupted while workers joined
	}
	m := b.members[t.Worker]
	m.heard = b.now
	if m.presence == suspected {
		b.hear()
		b.broker.learns(m)
		b.tellOf(requester.Returns, m)
		m.book.Stays.extend(b.now, b.Window)
		b.comes(m)
		b.include(m)
		b.waiting.changed(m)
		b.expectBeat(m)
	}
}

// expectBeat makes an appointment for the end of the member's lease. If it has not beaten by then it is suspected.
func (b *Balancer) expectBeat(m *member) {
	heard := m.heard
	end := b.Resolution.Past(heard + b.Lease) // a beat at its end is in time
	b.at(b.Aim(end, end), func(time.Duration) {
		switch {
		case b.members[m.ID] != m || m.presence == gone || m.presence == suspected || b.isQuiet():
		case b.stopped: // the hearts have ended, and nobody waits for an answer
		case m.heard != heard:
			b.expectBeat(m)
		default:
			b.suspect(m)
		}
	})
}

// suspect excludes a member that has not beaten for its lease. Its books stay open, for it may only stand still and come back, unless it
// was about to leave.
func (b *Balancer) suspect(m *member) {
	next := suspected
	if m.presence == leaving {
		next = gone
	}
	b.ledger.Suspicions++
	b.tellOf(requester.Suspects, m)
	b.broker.suspects(m)
	b.exclude(m)
	m.presence = next
	b.goes(m, b.now)
	b.waiting.changed(m)
	b.broker.claim(m)
}
