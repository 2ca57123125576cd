package balancer

import (
	"slices"
	"time"

	"waza/requester"
)

// next returns whose turn it is; nil: nobody's.
// Under a particular strategy a request waits for a few workers, and stands in the line of each. So a worker that has room
// calls the head of its line, and nobody is asked about who waits for others.
func (b *Balancer) next(now time.Duration) *waiter {
	head := b.waiting.head()
	if b.particular == nil || head == nil || b.verdict(head.Request, now) != requester.Succeeded {
		return head // with nothing to wait for, or no more
	}
	var next *waiter
	b.calling = slices.DeleteFunc(b.calling, func(m *member) bool {
		w := m.call()
		if w != nil && (next == nil || b.Discipline.before(w, next)) {
			next = w
		}
		m.calling = w != nil
		return w == nil
	})
	return next
}

// call returns whom a member calls: nobody while it has no room.
func (m *member) call() *waiter {
	if m.gone || m.Held == m.Limit {
		return nil
	}
	return m.line.head()
}

// stand lets a request stand in the lines of its workers, those that have room too: they call it at once.
func (b *Balancer) stand(w *waiter) {
	if b.particular == nil {
		return
	}
	for _, worker := range b.particular.Shard(w.Request) {
		m := b.members[worker.ID]
		m.line.push(w)
		b.mayCall(m)
	}
}

// mayCall notes a member that may have somebody to call.
func (b *Balancer) mayCall(m *member) {
	if b.particular != nil && !m.calling {
		m.calling = true
		b.calling = append(b.calling, m)
	}
}

// reshuffle lets all stand anew after a change of the members, which may have changed whom each waits for.
func (b *Balancer) reshuffle() {
	if b.particular == nil || b.waiting.Len() == 0 {
		return
	}
	for _, m := range b.members {
		if m != nil {
			m.line = line{discipline: b.Discipline}
		}
	}
	for w := range b.waiting.all() {
		b.stand(w)
	}
}
