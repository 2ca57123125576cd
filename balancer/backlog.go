package balancer

import "waza/requester"

// A backlog holds the requests that wait in the balancer. The zero backlog is empty and first-in first-out.
type backlog struct {
	line   // all of them, in the order in which they are to go
	size   int
	pushed uint64    // requests so far
	unused []*waiter // to wait again
}

// A waiter is a request and its number in the order of arrival, from 1; 0: it waits no more.
type waiter struct {
	*requester.Request
	arrival uint64
}

// Len returns how many wait.
func (q *backlog) Len() int { return q.size }

// Push adds a request that has just come. O(1), amortised.
func (q *backlog) Push(r *requester.Request) *waiter {
	w := q.waiter()
	q.size++
	q.pushed++
	*w = waiter{r, q.pushed}
	q.push(w)
	return w
}

// Take takes a waiter out, of every line in which it stands. O(1).
func (q *backlog) Take(w *waiter) *requester.Request {
	r := w.Request
	*w = waiter{}
	q.size--
	q.unused = append(q.unused, w)
	return r
}

// Newest returns who came last of those that wait, of whom there must be one. O(number of priorities), amortised.
func (q *backlog) Newest() *waiter {
	var newest *waiter
	for i := range q.classes {
		if w := q.classes[i].last(); w != nil && (newest == nil || w.arrival > newest.arrival) {
			newest = w
		}
	}
	return newest
}

// waiter returns one that has waited before, if there is one: nothing is allocated for who waits only a moment.
func (q *backlog) waiter() *waiter {
	last := len(q.unused) - 1
	if last < 0 {
		return new(waiter)
	}
	w := q.unused[last]
	q.unused = q.unused[:last]
	return w
}
