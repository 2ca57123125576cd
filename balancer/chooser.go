package balancer

import (
	"slices"
	"time"

	"waza/requester"
	"waza/strategy"
)

// A chooser is a balancer's strategy, and what the strategy is asked and told.
type chooser struct {
	strategy strategy.Strategy
	observer strategy.Observer // the strategy, if it is one; else nil
	ranker   strategy.Ranker   // likewise
	prober   strategy.Prober   // likewise
	refuser  strategy.Refuser  // likewise

	eligible func(*strategy.Worker) bool // what Pick is handed
	tried    []int                       // workers that are not eligible, for earlier attempts of the request have met them
	moved    []*member                   // that have changed, and of which the ranker has not been told
}

func newChooser(s strategy.Strategy) chooser {
	c := chooser{strategy: s}
	c.observer, _ = s.(strategy.Observer)
	c.ranker, _ = s.(strategy.Ranker)
	c.prober, _ = s.(strategy.Prober)
	c.refuser, _ = s.(strategy.Refuser)
	return c
}

// pick asks the strategy for a worker: first for one that earlier attempts of the request have not met, then for any. It returns nil if
// no worker may be sent the request now.
func (b *Balancer) pick(r *requester.Request) *member {
	if b.room == 0 || !b.open() {
		return nil // nobody is eligible, or a gate is shut: there is no need to ask
	}
	b.tried = nil
	if r.Tried != nil {
		b.tried = r.Tried[b.Tier]
	}
	b.show()
	w := b.strategy.Pick(r, b.eligible)
	if w == nil && len(b.tried) > 0 {
		b.tried = nil
		w = b.strategy.Pick(r, b.eligible)
	}
	if w == nil {
		return nil
	}
	return b.members[w.ID]
}

// isEligible tells whether a member may be sent the request that is being picked for.
func (b *Balancer) isEligible(w *strategy.Worker) bool {
	return b.health.admits(w) && !slices.Contains(b.tried, w.ID)
}

// changed notes that a member holds more or less than before, since that instant.
func (b *Balancer) changed(m *member, since time.Duration) {
	b.View.changed(m, since)
	b.move(m)
}

// show brings up to date what the strategy sees: the counts as old as the View has them, and for a ranker the order. A worker that has
// changed many times since the last pick is put into its place once.
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

// move notes that something has changed by which a ranker orders the workers.
func (b *Balancer) move(m *member) {
	if b.ranker != nil && !m.moved {
		m.moved = true
		b.moved = append(b.moved, m)
	}
}
