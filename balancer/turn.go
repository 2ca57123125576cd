package balancer

import (
	"time"

	"waza/requester"
)

// next returns whose turn it is; nil: nobody's. Whose time is over is refused, whoever has room.
// Under a particular strategy a request waits for a few workers, and stands in the line of each. So a worker that has room
// calls the head of its line, and nobody is asked about who waits for others.
func (b *Balancer) next(now time.Duration) *waiter {
	head := b.waiting.all.head()
	if b.particular == nil || head == nil || b.verdict(head.Request, now) != requester.Succeeded {
		return head
	}
	return b.called()
}

// called returns the first of those who are called, and drops the workers that call nobody.
// O(calling): one per message, unless messages come in bunches.
func (b *Balancer) called() *waiter {
	var first *waiter
	calling := b.calling[:0]
	for _, m := range b.calling {
		w := m.calls()
		m.calling = w != nil
		if w == nil {
			continue
		}
		calling = append(calling, m)
		if first == nil || b.Discipline.before(w, first) {
			first = w
		}
	}
	b.calling = calling
	return first
}

// calls returns whom a member calls: nobody while it has no room, or has left.
func (m *member) calls() *waiter {
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
		m.line.add(w)
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
// O(members + backlog · shard), and what it takes the strategy to make the shards anew.
func (b *Balancer) reshuffle() {
	if b.particular == nil || b.waiting.Len() == 0 {
		return
	}
	for _, m := range b.members {
		if m != nil {
			m.line = line{discipline: b.Discipline}
		}
	}
	for w := range b.waiting.all.each() {
		b.stand(w)
	}
}
