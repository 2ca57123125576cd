package balancer

import (
	"iter"
	"time"

	"waza/internal/fifo"
	"waza/requester"
)

// A waiter is a request that waits, and its number in the order of arrival. Once it has been taken it has no request.
type waiter struct {
	*requester.Request
	arrival uint64
	lines   int           // how many lines have not dropped it yet
	since   time.Duration // when it came; set only under ageing and controlled delay
	limited uint32        // the regulators of which it has been told that they hold it back, a bit each
}

func (w *waiter) waits() bool { return w.Request != nil }

// spares are waiters that every line has dropped, to be used again.
type spares []*waiter

// take returns a waiter for a request that has just come.
func (s *spares) take(r *requester.Request, arrival uint64) *waiter {
	last := len(*s) - 1
	if last < 0 {
		return &waiter{Request: r, arrival: arrival}
	}
	w := (*s)[last]
	*s = (*s)[:last]
	w.Request, w.arrival, w.limited = r, arrival, 0
	return w
}

// A queue holds waiters in the order of arrival, and among them some that have been taken.
type queue struct {
	spare  *spares
	places fifo.Queue[*waiter]
	bound  int // if it is longer than this it is time to drop those that have been taken
}

// add lets a waiter stand at the end. Whenever the queue is twice as long as after the last time, it drops those that have been taken.
// O(1), amortised.
func (q *queue) add(w *waiter) {
	if q.places.Len() > q.bound {
		for range q.places.Len() {
			if earlier := q.places.Pop(); earlier.waits() {
				q.places.Push(earlier)
			} else {
				q.drop(earlier)
			}
		}
		q.bound = max(8, 2*q.places.Len())
	}
	w.lines++
	q.places.Push(w)
}

// drop notes that one line less holds a waiter that has been taken; once none does, it may be used again.
func (q *queue) drop(w *waiter) {
	if w.lines--; w.lines == 0 {
		*q.spare = append(*q.spare, w)
	}
}

// oldest returns the waiter that came first and still waits, and drops those before it that have been taken; newest does the same from
// the other end. O(1), amortised.
func (q *queue) oldest() *waiter {
	for q.places.Len() > 0 {
		if w := q.places.At(0); w.waits() {
			return w
		}
		q.drop(q.places.Pop())
	}
	return nil
}

func (q *queue) newest() *waiter {
	for q.places.Len() > 0 {
		last := q.places.Len() - 1
		if w := q.places.At(last); w.waits() {
			return w
		}
		q.drop(q.places.Remove(last))
	}
	return nil
}

// each yields those that wait here, the oldest first.
func (q *queue) each() iter.Seq[*waiter] {
	return func(yield func(*waiter) bool) {
		for i := range q.places.Len() {
			if w := q.places.At(i); w.waits() && !yield(w) {
				return
			}
		}
	}
}
