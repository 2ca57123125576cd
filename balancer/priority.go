package balancer

import "iter"

// priorityLine lets the highest priority go first, and first in, first out among equals. Every cost below is multiplied by
// the number of priorities.
type priorityLine struct {
	spare  *spares
	levels []queue // by priority, the highest first
}

func newPriorityLine(spare *spares) line { return &priorityLine{spare: spare} }

func (l *priorityLine) add(w *waiter) {
	for w.Priority >= len(l.levels) {
		l.levels = append(l.levels, queue{spare: l.spare})
	}
	l.levels[w.Priority].add(w)
}

func (l *priorityLine) head() *waiter {
	for i := range l.levels {
		if w := l.levels[i].oldest(); w != nil {
			return w
		}
	}
	return nil
}

func (l *priorityLine) newest() *waiter {
	var newest *waiter
	for i := range l.levels {
		if w := l.levels[i].newest(); w != nil && (newest == nil || w.arrival > newest.arrival) {
			newest = w
		}
	}
	return newest
}

func (l *priorityLine) each() iter.Seq[*waiter] {
	return func(yield func(*waiter) bool) {
		for i := range l.levels {
			for w := range l.levels[i].each() {
				if !yield(w) {
					return
				}
			}
		}
	}
}

func (l *priorityLine) before(a, b *waiter) bool {
	if a.Priority != b.Priority {
		return a.Priority < b.Priority
	}
	return a.arrival < b.arrival
}
