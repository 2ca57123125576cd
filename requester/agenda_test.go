package requester

import (
	"cmp"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// Whatever is planned, moved and taken out: the head is the earliest, among equals the lowest id, and every call knows
// its place.
func TestAgenda(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var a agenda
		calls := make([]*call, 12)
		for id := range calls {
			calls[id] = &call{Outcome: Outcome{ID: id}, due: Never}
		}
		t.Repeat(map[string]func(*rapid.T){
			"set": func(t *rapid.T) {
				c := rapid.SampledFrom(calls).Draw(t, "call")
				c.due = rapid.SampledFrom([]time.Duration{1, 2, 3, Never}).Draw(t, "due") // few instants: many ties
				a.set(c)
			},
			"": func(t *rapid.T) {
				var planned []*call
				for _, c := range calls {
					if c.due != Never {
						planned = append(planned, c)
						require.Same(t, c, a[c.place-1], "it knows its place")
					} else {
						require.Zero(t, c.place, "it has none")
					}
				}
				require.Len(t, a, len(planned))
				if len(a) > 0 {
					first := slices.MinFunc(planned, func(x, y *call) int {
						return cmp.Or(cmp.Compare(x.due, y.due), cmp.Compare(x.ID, y.ID))
					})
					require.Same(t, first, a[0])
				}
			},
		})
		for last := time.Duration(0); len(a) > 0; { // taken out one by one they come in order
			c := a[0]
			require.GreaterOrEqual(t, c.due, last)
			last, c.due = c.due, Never
			a.set(c)
		}
	})
}
