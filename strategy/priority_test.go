package strategy

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"waza/internal/drawn"
	"waza/internal/option"
	"waza/requester"
)

// Workers 0 and 1 are of tier 0, worker 2 is of tier 1, worker 3 of tier 3; nobody is of tier 2.
func TestTheTierIsThePriority(t *testing.T) {
	rows := []struct {
		says     string
		priority int
		barred   []int
		want     int
	}{
		{"the highest", 0, nil, 0},
		{"inside a tier another will do", 0, []int{0}, 1},
		{"each has its own tier", 1, nil, 2},
		{"all of it is out: the next below", 0, []int{0, 1}, 2},
		{"and the next below that", 0, []int{0, 1, 2}, 3},
		{"below comes before above", 1, []int{2}, 3},
		{"nobody below: above", 1, []int{2, 3}, 0},
		{"from the last tier the nearest above", 3, []int{3}, 2},
		{"a tier of nobody is a tier that is out", 2, nil, 3},
		{"a priority without a tier takes the last", 9, nil, 3},
		{"or the next above it", 9, []int{3}, 2},
		{"everybody is out", 1, []int{0, 1, 2, 3}, -1},
	}
	for _, row := range rows {
		t.Run(row.says, func(t *testing.T) {
			d := newCaller(t, "priority", 1)
			for _, tier := range []int{0, 0, 1, 3} {
				d.enter(Worker{Tier: tier})
			}
			d.barred = row.barred
			assert.Equal(t, row.want, d.ask(requester.Request{Priority: row.priority}))
		})
	}
}

func TestNobodyIsOfAnyTier(t *testing.T) {
	assert.Equal(t, -1, newCaller(t, "priority", 1).ask(requester.Request{Priority: 3}))
}

func TestTiersBreakTiesAsTold(t *testing.T) {
	rows := []struct {
		says string
		tie  Tie
		want []int
	}{
		{"in turn", TieRoundRobin, []int{0, 1, 2, 0}},
		{"the lowest id", TieFirst, []int{0, 0, 0, 0}},
	}
	for _, row := range rows {
		t.Run(row.says, func(t *testing.T) {
			for _, name := range []string{"priority", "locality"} {
				d, got := newCallerWith(t, name, Parameters{Set: option.Values{"tie": row.tie, "spill": 4.0}}, 1), []int(nil)
				for range 3 {
					d.enter(Worker{})
				}
				for range row.want {
					got = append(got, d.picks(1)...)
					d.done(d.workers[got[len(got)-1]])
				}
				assert.Equal(t, row.want, got, name)
			}
		})
	}
}

// Whatever happens, a pick is of the first tier on the way that has somebody eligible, and has the fewest pending there.
func TestPriorityIsLeastLoadedInItsTier(t *testing.T) {
	drawn.Check(t, func(t *rapid.T) {
		d := newCaller(t, "priority", 1)
		t.Repeat(map[string]func(*rapid.T){
			"join":  func(t *rapid.T) { d.enter(Worker{Tier: rapid.IntRange(0, 4).Draw(t, "tier"), Limit: 3}) },
			"leave": func(t *rapid.T) { d.leave(anyOf(t, d.workers)) },
			"done":  func(t *rapid.T) { d.done(anyOf(t, d.busy())) },
			"send": func(t *rapid.T) {
				r := requester.Request{Priority: rapid.IntRange(0, 6).Draw(t, "priority")}
				w := d.strategy.Pick(&r, d.eligible)
				for _, other := range d.workers {
					if !d.eligible(other) {
						continue
					}
					require.NotNil(t, w, "worker %d was to be had", other.ID)
					mine, its := farFrom(r.Priority, w.Tier), farFrom(r.Priority, other.Tier)
					require.False(t, its < mine, "tier %d before tier %d", other.Tier, w.Tier)
					require.False(t, its == mine && other.Pending < w.Pending, "worker %d has less", other.ID)
				}
				if w != nil {
					d.send(w)
				}
			},
		})
	})
}

// farFrom is the place of a tier on the way of a priority: itself, below, above.
func farFrom(priority, tier int) int {
	if tier >= priority {
		return tier - priority
	}
	return 100 + priority - tier
}
