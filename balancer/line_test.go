package balancer

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"waza/internal/drawn"
	"waza/requester"
)

// Whatever is done to a backlog and to the lines in which those that wait stand, too, each holds what a sorted list would. Waiters
// are used again, so a list tells them by their arrival.
func TestALineIsASortedList(t *testing.T) {
	drawn.Check(t, func(t *rapid.T) {
		discipline := rapid.SampledFrom(Disciplines()).Draw(t, "discipline")
		q := newBacklog(discipline, nil, &health{})
		lines := []line{q.all, discipline.line(&q.spare), discipline.line(&q.spare)}
		list := make([][]*waiter, len(lines)) // in order of arrival
		order := func(l int) []*waiter {
			sorted := slices.Clone(list[l])
			switch discipline.Name {
			case "lifo":
				slices.Reverse(sorted)
			case "priority":
				slices.SortStableFunc(sorted, func(a, b *waiter) int { return a.Priority - b.Priority })
			case "edf":
				slices.SortStableFunc(sorted, func(a, b *waiter) int { return int(a.End - b.End) })
			}
			return sorted
		}
		take := func(w *waiter) {
			want := w.Request
			require.Same(t, want, q.take(w))
			for l := range lines {
				list[l] = slices.DeleteFunc(list[l], func(other *waiter) bool { return other == w })
			}
		}
		push := func(t *rapid.T) {
			w := q.push(&requester.Request{Priority: rapid.IntRange(0, 3).Draw(t, "priority"), End: drawEnd(t)})
			require.NotContains(t, list[0], w, "no waiter is used again while it waits")
			list[0] = append(list[0], w)
			for l := range lines[1:] {
				if rapid.Bool().Draw(t, "stands here too") {
					lines[l+1].add(w)
					list[l+1] = append(list[l+1], w)
				}
			}
		}
		t.Repeat(map[string]func(*rapid.T){
			"push": push,
			"more": push,
			"call": func(t *rapid.T) {
				if w := rapid.SampledFrom(lines).Draw(t, "line").head(); w != nil {
					take(w)
				}
			},
			"turn the newest away": func(t *rapid.T) {
				if q.size > 0 {
					newest := q.all.newest()
					require.Same(t, list[0][q.size-1], newest)
					take(newest)
				}
			},
			"": func(t *rapid.T) {
				require.Equal(t, len(list[0]), q.size)
				for l := range lines {
					verifyLine(t, lines[l], order(l))
				}
			},
		})
	})
}

func drawEnd(t *rapid.T) time.Duration {
	return rapid.SampledFrom([]time.Duration{1, 2, 3, requester.Never}).Draw(t, "end")
}

// verifyLine compares a line with what ought to stand there, in that order, and sees that it yields none that has gone.
func verifyLine(t *rapid.T, l line, want []*waiter) {
	if len(want) == 0 {
		require.Nil(t, l.head())
	} else {
		require.Same(t, want[0], l.head())
	}
	var got []*waiter
	for w := range l.each() {
		got = append(got, w)
	}
	require.ElementsMatch(t, want, got)
	require.True(t, slices.IsSortedFunc(want, func(a, b *waiter) int {
		if l.before(a, b) {
			return -1
		}
		return 1
	}), "before is the order of the line")
}

// A line whose head is never called does not grow with those that have gone from its middle, and what it forgets is used again.
func TestALineForgetsWhatHasGone(t *testing.T) {
	for _, discipline := range Disciplines() {
		q := newBacklog(discipline, nil, &health{})
		other := discipline.line(&q.spare)
		made := map[*waiter]bool{}
		push := func() *waiter {
			w := q.push(&requester.Request{})
			other.add(w)
			made[w] = true
			return w
		}
		for range 10 {
			push()
		}
		for range 10_000 {
			q.take(push())
		}
		assert.LessOrEqual(t, len(made), 2*(2*11+1), "%s: ten wait, one has just come, and a line looks at twice as many", discipline.Name)
	}
}
