package balancer

import (
	"time"

	"waza/internal/instant"
)

// ageingLine is a priorityLine in which whoever waits rises by one level each time so much has passed, up to the highest: so nobody
// waits for ever behind those that are more important. Among equals the one that came first goes first.
type ageingLine struct {
	priorityLine
	ageing     time.Duration
	now        *time.Duration // of the balancer
	resolution instant.Resolution
}

// head looks at the oldest of each priority only: no other of it has risen as high.
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
