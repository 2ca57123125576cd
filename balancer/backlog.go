package balancer

import (
	"waza/requester"
	"waza/strategy"
)

// A backlog holds the requests that wait in the balancer. Under most strategies they stand in one line, and whoever has room
// takes its head; where a strategy has shards, each request waits for a few workers only: see shards.go.
type backlog struct {
	all    line
	shards *shards // nil: the strategy has none
	size   int     // how many wait
	pushed uint64  // requests so far
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

// push adds a request that has just come. O(1), amortised; with shards, times the size of one.
func (q *backlog) push(r *requester.Request) *waiter {
	q.size++
	q.pushed++
	w := q.spare.take(r, q.pushed)
	q.all.add(w)
	q.shards.stand(w)
	return w
}

// called returns which waiter is to go if that at the head may: it itself, or with shards the first for whom a worker has room; nil:
// none.
func (q *backlog) called(head *waiter) *waiter {
	if q.shards == nil {
		return head
	}
	return q.shards.called()
}

// take takes a waiter out, of every line in which it stands. O(1).
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
