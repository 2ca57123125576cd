package balancer

import (
	"waza/internal/fifo"
	"waza/requester"
)

// A Discipline is the order in which waiting requests are to go.
type Discipline int

// The disciplines. Lifo is fair to nobody, but under overload those that it serves have waited little; the others
// would have timed out anyway.
const (
	Fifo     Discipline = iota // the oldest first
	Lifo                       // the newest first
	Priority                   // the highest priority first, inside it the oldest
)

// A backlog holds the requests that wait in the balancer, in the order in which they are to go.
// The zero backlog is empty and first-in first-out.
type backlog struct {
	discipline Discipline
	lines      []fifo.Queue[waiter] // by priority, the highest first; without priorities there is one
	size       int
	pushed     uint64 // requests so far
}

// A waiter is a request and its number in the order of arrival, which says who came last when there are several lines.
type waiter struct {
	*requester.Request
	arrival uint64
}

// Len returns how many wait.
func (q *backlog) Len() int { return q.size }

// Push adds a request that has just come. O(1), amortised.
func (q *backlog) Push(r *requester.Request) {
	line := 0
	if q.discipline == Priority {
		line = r.Priority
	}
	for line >= len(q.lines) {
		q.lines = append(q.lines, fifo.Queue[waiter]{})
	}
	q.pushed++
	q.lines[line].Push(waiter{r, q.pushed})
	q.size++
}

// At returns the i-th to go, counted from 0. O(number of priorities).
func (q *backlog) At(i int) *requester.Request {
	line, i := q.place(i)
	return line.At(i).Request
}

// Remove takes the i-th to go out; the others keep their order. At the head, of a line too, O(number of priorities).
func (q *backlog) Remove(i int) *requester.Request {
	line, i := q.place(i)
	q.size--
	return line.Remove(i).Request
}

// RemoveNewest takes out the request that came last, wherever it stands.
func (q *backlog) RemoveNewest() *requester.Request {
	var in *fifo.Queue[waiter]
	for i := range q.lines {
		line := &q.lines[i]
		if n := line.Len(); n > 0 && (in == nil || line.At(n-1).arrival > in.At(in.Len()-1).arrival) {
			in = line
		}
	}
	q.size--
	return in.Remove(in.Len() - 1).Request
}

// place returns the line in which the i-th to go stands, and its place there.
func (q *backlog) place(i int) (*fifo.Queue[waiter], int) {
	if q.discipline == Lifo {
		return &q.lines[0], q.size - 1 - i
	}
	line := 0
	for i >= q.lines[line].Len() {
		i -= q.lines[line].Len()
		line++
	}
	return &q.lines[line], i
}
