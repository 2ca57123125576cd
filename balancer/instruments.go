package balancer

import (
	"time"

	"waza/requester"
	"waza/strategy"
	"waza/worker"
)

// Instruments are what a balancer tells of itself and measures. No decision depends on them. Each is off if it is nil or false.
type Instruments struct {
	Tell       func(requester.Event) // hears what happens, event by event
	Window     worker.Window         // the measured part of the run, which there always is
	WatchQueue bool                  // count how many requests waited when
	Faults     []*worker.Episodes    // when each fault troubles which workers, to find out when the balancer ceases to send to them; a copy of its own
	Fates      []*worker.Fate        // by worker id, what happens to it, to find out how long that takes to be known, and how long who is suspected lives; a copy of its own
	Placing    strategy.Strategy     // another of the same kind, which only places keys, to find out how many a change of the members moves
}

// tell tells whoever listens what happens to a request.
func (b *Balancer) tell(e requester.Event, r *requester.Request) {
	if b.Tell != nil {
		e.Request, e.Attempt = r.ID, r.Attempt
		b.Tell(e)
	}
}

// tellOf tells whoever listens what the balancer does with a worker now.
func (b *Balancer) tellOf(what requester.Happening, m *member) { b.tellSince(b.now, what, m, "") }

// tellSince tells whoever listens what the balancer thinks of a worker since that instant, and why.
func (b *Balancer) tellSince(since time.Duration, what requester.Happening, m *member, why string) {
	if b.Tell != nil {
		b.Tell(requester.Event{At: since, What: what, Worker: m.ID, Why: why})
	}
}
