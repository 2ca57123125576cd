package balancer

import (
	"iter"

	"waza/internal/fifo"
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

// before tells whether a is to go before b.
func (d Discipline) before(a, b *waiter) bool {
	switch {
	case d == Lifo:
		return a.arrival > b.arrival
	case d == Priority && a.Priority != b.Priority:
		return a.Priority < b.Priority
	}
	return a.arrival < b.arrival
}

// A line is an order in which requests are to go. Many a request stands in several lines and leaves all of them at once:
// the others find out when they come to it.
type line struct {
	discipline Discipline
	classes    []class // by priority, the highest first; without priorities there is one
}

// add lets a waiter stand in the line. O(1), amortised.
func (l *line) add(w *waiter) {
	at := 0
	if l.discipline == Priority {
		at = w.Priority
	}
	for at >= len(l.classes) {
		l.classes = append(l.classes, class{})
	}
	l.classes[at].add(w)
}

// head returns who is to go first; nil: nobody stands here. O(number of priorities), amortised.
func (l *line) head() *waiter {
	for i := range l.classes {
		w := l.classes[i].first()
		if l.discipline == Lifo {
			w = l.classes[i].last()
		}
		if w != nil {
			return w
		}
	}
	return nil
}

// each yields who stands in the line, class by class, in the order of arrival.
func (l *line) each() iter.Seq[*waiter] {
	return func(yield func(*waiter) bool) {
		for c := range l.classes {
			for i := range l.classes[c].Len() {
				if w := l.classes[c].At(i); w.waits() && !yield(w) {
					return
				}
			}
		}
	}
}

// A class is who stands in a line with one priority, in the order of arrival, among some who wait no more.
type class struct {
	fifo.Queue[*waiter]
	bound int // the length at which those are dropped
}

// add lets a waiter stand at the end. Whenever the class is twice as long as after the last time, it drops who waits no more.
func (c *class) add(w *waiter) {
	if c.Len() > c.bound {
		for range c.Len() {
			if earlier := c.Pop(); earlier.waits() {
				c.Push(earlier)
			}
		}
		c.bound = max(8, 2*c.Len())
	}
	c.Push(w)
}

// first returns who stands first, and drops who stood before; last does so from the other end.
func (c *class) first() *waiter {
	for c.Len() > 0 {
		if w := c.At(0); w.waits() {
			return w
		}
		c.Pop()
	}
	return nil
}

func (c *class) last() *waiter {
	for c.Len() > 0 {
		if w := c.At(c.Len() - 1); w.waits() {
			return w
		}
		c.Remove(c.Len() - 1)
	}
	return nil
}
