package balancer

import (
	"container/heap"
	"time"
)

// edfLine lets the waiter go first whose end is earliest, and among those of one end the one that came first: earliest deadline first (Liu
// and Layland, 1973). Those without an end go last. Its head costs O(log n), amortised.
type edfLine struct {
	queue // in the order of arrival
	ends  ends
	bound int // if there are more ends than this it is time to drop those of waiters that have been taken
}

func newEDFLine(spare *spares) line { return &edfLine{queue: queue{spare: spare}} }

// add lets a waiter stand here. The heap drops waiters that have been taken in the way in which the queue does. O(log n), amortised.
func (l *edfLine) add(w *waiter) {
	l.queue.add(w)
	if len(l.ends) > l.bound {
		kept := l.ends[:0]
		for _, e := range l.ends {
			if e.waits() {
				kept = append(kept, e)
			}
		}
		clear(l.ends[len(kept):])
		l.ends, l.bound = kept, max(8, 2*len(kept))
		heap.Init(&l.ends)
	}
	heap.Push(&l.ends, end{w.End, w.arrival, w})
}

func (l *edfLine) head() *waiter {
	for len(l.ends) > 0 {
		if first := l.ends[0]; first.waits() {
			return first.waiter
		}
		heap.Pop(&l.ends)
	}
	return nil
}

func (l *edfLine) before(a, b *waiter) bool {
	return end{a.End, a.arrival, a}.before(end{b.End, b.arrival, b})
}

// An end is when a waiter's time is over. If the waiter has another arrival by now, it has been taken and used again.
type end struct {
	at      time.Duration
	arrival uint64
	waiter  *waiter
}

func (e end) waits() bool { return e.waiter.waits() && e.waiter.arrival == e.arrival }

func (e end) before(other end) bool {
	if e.at != other.at {
		return e.at < other.at
	}
	return e.arrival < other.arrival
}

// ends are what container/heap sorts.
type ends []end

func (s ends) Len() int           { return len(s) }
func (s ends) Less(i, j int) bool { return s[i].before(s[j]) }
func (s ends) Swap(i, j int)      { s[i], s[j] = s[j], s[i] }
func (s *ends) Push(x any)        { *s = append(*s, x.(end)) }

func (s *ends) Pop() any {
	last := len(*s) - 1
	e := (*s)[last]
	(*s)[last] = end{}
	*s = (*s)[:last]
	return e
}
