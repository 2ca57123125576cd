package balancer

import (
	"waza/requester"
	"waza/strategy"
)

// A backlog holds the requests that wait in the balancer. Under most strategies they stand in one line, and its head is sent to the next
// worker that has room. Under a strategy with shards each request waits for a few workers only: see shards.go.
type backlog struct {
	all    line    // in which every waiter stands
	shards *shards // in whose lines each waiter stands, too; nil: the strategy has none
	size   int     // how many wait
	pushed uint64  // how many have come so far
	spare  spares
}

// newBacklog returns an empty backlog in the order of d.
func newBacklog(d Discipline, s strategy.Strategy, h *health) *backlog {
	q := &backlog{}
	q.all = d.line(&q.spare)
	if particular, is := s.(strategy.Particular); is {
		q.shards = &shards{of: particular, discipline: d, spare: &q.spare, health: h}
	}
	return q
}

// push lets a request wait that has just come. O(1), amortised; with shards, times the size of one.
func (q *backlog) push(r *requester.Request) *waiter {
	q.size++
	q.pushed++
	w := q.spare.take(r, q.pushed)
	q.all.add(w)
	q.shards.stand(w)
	return w
}

// called returns the waiter that is to go next: the given head of the line of all or, with shards, the first for which one of its workers
// has room; nil: there is none.
func (q *backlog) called(head *waiter) *waiter {
	if q.shards == nil {
		return head
	}
	return q.shards.called()
}

// take takes a waiter out of every line in which it stands: each line drops it when it comes upon it. O(1).
func (q *backlog) take(w *waiter) *requester.Request {
	r := w.Request
	w.Request = nil
	q.size--
	return r
}

// room notes that a member may have room.
func (q *backlog) room(m *member) { q.shards.room(m) }

// roomAnywhere notes that any member may have room.
func (q *backlog) roomAnywhere() { q.shards.roomAnywhere() }

// changed notes that m has become a member, or has ceased to be one.
func (q *backlog) changed(m *member) { q.shards.changed(m, q.all, q.size) }
