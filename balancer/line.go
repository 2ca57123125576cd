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

// push lets a waiter stand in the line. O(1), amortised.
func (l *line) push(w *waiter) {
	at := 0
	if l.discipline == Priority {
		at = w.Priority
	}
	for at >= len(l.classes) {
		l.classes = append(l.classes, class{})
	}
	l.classes[at].push(w)
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

// all yields who stands in the line, class by class, each in the order of arrival.
func (l *line) all() iter.Seq[*waiter] {
	return func(yield func(*waiter) bool) {
		for c := range l.classes {
			for i := range l.classes[c].Len() {
				if t := l.classes[c].At(i); !t.gone() && !yield(t.waiter) {
					return
				}
			}
		}
	}
}

// A class is who stands in a line with one priority, in the order of arrival, among some who have gone.
type class struct {
	fifo.Queue[ticket]
	bound int // the length at which those are dropped
}

// A ticket says that a waiter stands in a line: for as long as it has this number.
type ticket struct {
	*waiter
	number uint64
}

func (t ticket) gone() bool { return t.arrival != t.number }

// push drops who has gone whenever the class is twice as long as it was after the last time.
func (c *class) push(w *waiter) {
	if c.Len() > c.bound {
		for range c.Len() {
			if t := c.Pop(); !t.gone() {
				c.Push(t)
			}
		}
		c.bound = max(8, 2*c.Len())
	}
	c.Push(ticket{w, w.arrival})
}

func (c *class) first() *waiter {
	for c.Len() > 0 {
		if t := c.At(0); !t.gone() {
			return t.waiter
		}
		c.Pop()
	}
	return nil
}

func (c *class) last() *waiter {
	for c.Len() > 0 {
		if t := c.At(c.Len() - 1); !t.gone() {
			return t.waiter
		}
		c.Remove(c.Len() - 1)
	}
	return nil
}
