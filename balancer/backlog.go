package balancer

import "waza/requester"

// A backlog holds the requests that wait in the balancer. The zero backlog is empty and first-in first-out.
type backlog struct {
	all    line // in the order in which they are to go
	size   int
	pushed uint64 // requests so far
}

// A waiter is a request that waits and its number in the order of arrival. Without a request it waits no more.
type waiter struct {
	*requester.Request
	arrival uint64
}

func (w *waiter) waits() bool { return w.Request != nil }

// Len returns how many wait.
func (q *backlog) Len() int { return q.size }

// Push adds a request that has just come, and returns it as one that waits. O(1), amortised.
func (q *backlog) Push(r *requester.Request) *waiter {
	q.size++
	q.pushed++
	w := &waiter{r, q.pushed}
	q.all.add(w)
	return w
}

// Take takes a waiter out, of every line in which it stands. O(1).
func (q *backlog) Take(w *waiter) *requester.Request {
	r := w.Request
	w.Request = nil
	q.size--
	return r
}

// Newest returns who came last of those that wait, of whom there must be one. O(number of priorities), amortised.
func (q *backlog) Newest() *waiter {
	var newest *waiter
	for i := range q.all.classes {
		if w := q.all.classes[i].last(); w != nil && (newest == nil || w.arrival > newest.arrival) {
			newest = w
		}
	}
	return newest
}
