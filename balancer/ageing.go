package balancer

import (
	"time"

	"waza/internal/instant"
)

// ageingLine is a priorityLine in which a waiter rises by one level each time that it has waited for so long, up to the highest: so none waits
// for ever behind more important ones. Among equals the one that came first goes first.
type ageingLine struct {
	priorityLine
	ageing     time.Duration
	now        *time.Duration // of the balancer
	resolution instant.Resolution
}

// head looks at the oldest of each priority only: no other of that priority has risen higher.
func (l *ageingLine) head() *waiter {
	var first *waiter
	for i := range l.levels {
		if w := l.levels[i].oldest(); w != nil && (first == nil || l.before(w, first)) {
			first = w
		}
	}
	return first
}

func (l *ageingLine) before(a, b *waiter) bool {
	if one, other := l.level(a), l.level(b); one != other {
		return one < other
	}
	return a.arrival < b.arrival
}

// level is the priority to which a waiter has risen by now.
func (l *ageingLine) level(w *waiter) int {
	waited := l.resolution.Past(*l.now - w.since)
	return int(max(0, time.Duration(w.Priority)-waited/l.ageing))
}
