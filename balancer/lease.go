package balancer

import (
	"time"

	"waza/requester"
)

// A Beat says that a worker is alive.
type Beat struct{ Worker int }

func (t Beat) apply(b *Balancer) {
	b.look()
	if b.isQuiet() || t.Worker >= len(b.members) || b.members[t.Worker] == nil {
		return // it has stood in reserve until now, or the run is interrupted, and not all have joined
	}
	m := b.members[t.Worker]
	m.heard = b.now
	if m.presence == suspected {
		b.hear()
		b.broker.learns(m)
		b.tellOf(requester.Returns, m)
		b.enter(m)
		b.waiting.changed(m)
		b.expectBeat(m)
	}
}

// expectBeat makes an appointment for the end of the member's lease. Whoever has not beaten since is suspected then.
func (b *Balancer) expectBeat(m *member) {
	heard := m.heard
	end := b.Resolution.Past(heard + b.Lease) // a beat at its end is in time
	b.at(b.Aim(end, end), func(time.Duration) {
		switch {
		case b.members[m.ID] != m || m.presence == gone || m.presence == suspected || b.isQuiet():
		case b.stopped: // all have their answers, and hearts have ended
		case m.heard != heard:
			b.expectBeat(m)
		default:
			b.suspect(m)
		}
	})
}

// suspect takes a member out of everybody's choice that has not beaten for a lease. It may come back, unless it was about to leave: its
// books stay open, for it may only have stood still.
func (b *Balancer) suspect(m *member) {
	next := suspected
	if m.presence == leaving {
		next = gone
	}
	b.ledger.Suspicions++
	b.tellOf(requester.Suspects, m)
	b.broker.suspects(m)
	b.exclude(m)
	if m.presence = next; next == gone {
		b.goes(m, b.now)
	} else {
		m.suspicion = b.now
		b.ledger.Size.Change(b.now, -1)
	}
	b.waiting.changed(m)
	b.broker.claim(m)
}

// tellOf says what happens to a worker, as the balancer sees it, to whoever listens.
func (b *Balancer) tellOf(what requester.Happening, m *member) {
	b.tellSince(b.now, what, m, "")
}

// isQuiet tells whether nothing has been asked nor done for so long that nothing more will be, or whether the run is to end at once. What
// comes back by itself then comes no more: else it would hide that all others wait for ever, and a person would wait for millions of beats.
func (b *Balancer) isQuiet() bool {
	if news := b.ledger.Admitted + b.ledger.Completed; news != b.news.count {
		b.news.count, b.news.at = news, b.now
	}
	forLong := b.Quiet > 0 && b.now-max(b.news.at, b.Last) > b.Quiet
	if !b.quiet && (forLong || b.Hurry != nil && b.Hurry()) {
		b.hush()
	}
	return b.quiet
}

// hush tells the hearts that the balancer wants to hear no more.
func (b *Balancer) hush() {
	if !b.quiet && b.Silence != nil {
		close(b.Silence)
	}
	b.quiet = true
}
