package balancer

import (
	"waza/strategy"
	"waza/worker"
)

// A Control is a message on a balancer's control channel: everything that is neither a request nor a completion. It changes what is
// known, and a dispatch follows as after any other message.
type Control interface{ apply(*Balancer) }

// Join makes a worker a member. If it is one already, it has died and comes back as a new incarnation with a new queue: what the earlier
// one held is forgotten, and when a job of that one comes back, no count of the new one changes.
type Join struct {
	Worker      int
	Concurrency int                 // slots
	Limit       int                 // the most that it may hold of this balancer, at least 1
	Weight      float64             // its share of the work, relative to the others
	Speed       float64             // how fast it works, relative to the others: its fair share; 0: nobody asks what that is
	Zone        int                 // where it stands
	Tier        int                 // the priority whose requests it serves first
	Queue       chan<- *worker.Job  // with room for the Limits of all balancers: sending never blocks
	Probes      chan<- worker.Probe // to its gauge; nil: it has none
	Reserve     bool                // it stands in the reserve of the pool, which there must be, until it is needed
	Vitals      *worker.Vitals      // answer its health checks; nil: nobody checks
	Tokens      chan struct{}       // one for each job that it holds, of all balancers, with room as in Queue; nil: nobody counts them
}

func (j Join) apply(b *Balancer) {
	b.hear()
	b.members = withPlace(b.members, j.Worker)
	if b.standsBy(j) {
		return
	}
	m := &member{queue: j.Queue, probes: j.Probes, vitals: j.Vitals, tokens: j.Tokens, speed: j.Speed, Worker: strategy.Worker{
		ID: j.Worker, Concurrency: j.Concurrency, Limit: j.Limit, Weight: j.Weight, Zone: j.Zone, Tier: j.Tier,
	}}
	if earlier := b.members[j.Worker]; earlier != nil {
		b.broker.claim(earlier)
		b.drain(earlier)
		b.forget(earlier)
		m.incarnation, m.out, m.book = earlier.incarnation+1, earlier.out, earlier.book
	}
	b.members[j.Worker] = m
	if m.out > m.Limit {
		m.presence = arriving
		b.waiting.changed(m)
		return
	}
	b.join(m)
}

// join makes a member of a worker that has come: from now on it is sent jobs.
func (b *Balancer) join(m *member) {
	m.heard = b.now
	if b.broker != nil {
		m.taken = make(chan struct{})
	}
	b.comes(m)
	b.include(m)
	if !b.isQuiet() && b.Lease > 0 {
		b.expectBeat(m)
	}
	b.waiting.changed(m)
}

// Leave ends a membership: the worker is sent nothing more, and is gone once it has finished what it holds.
type Leave struct{ Worker int }

func (l Leave) apply(b *Balancer) {
	if l.Worker < len(b.members) && b.members[l.Worker] != nil {
		b.hear()
		b.drain(b.members[l.Worker])
		b.waiting.changed(b.members[l.Worker])
	}
}

// Stop says that no request will come any more: the balancer ends once everything that it received has been answered.
type Stop struct{}

func (Stop) apply(b *Balancer) { b.stopped = true }

// Cancel says that the run is over: what waits, and what still comes, is answered as cancelled.
type Cancel struct{}

func (Cancel) apply(b *Balancer) {
	b.cancelled = true
	b.hush() // nothing is sent any more, so beats no longer matter; and a service that is under way may last for hours of them
	b.broker.end()
}
