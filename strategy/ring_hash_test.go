package strategy

import (
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/requester"
)

// A ring by hand: worker 0 at 10 and 30, worker 1 at 20, worker 2 at 40.
func TestTheRingIsWalkedClockwise(t *testing.T) {
	const unit = 1 << (hashBits - 32) // of places on the ring
	r := ring{
		placed: true, owners: []*Worker{{ID: 0}, {ID: 1}, {ID: 2}},
		points: []point{newPoint(10*unit, 0), newPoint(20*unit, 1), newPoint(30*unit, 0), newPoint(40*unit, 2)},
	}
	rows := []struct {
		says string
		from uint64
		want []int
	}{
		{"from before the first point", 0, []int{0, 1, 0, 2}},
		{"a point belongs to its own arc", 10, []int{0, 1, 0, 2}},
		{"and what comes right after it to the next", 11, []int{1, 0, 2, 0}},
		{"the last arc", 31, []int{2, 0, 1, 0}},
		{"beyond the last point it is the first one's again", 41, []int{0, 1, 0, 2}},
	}
	for _, row := range rows {
		t.Run(row.says, func(t *testing.T) {
			var got []int
			for owner := range r.clockwise(row.from * unit) {
				got = append(got, owner.ID)
			}
			assert.Equal(t, row.want, got)
		})
	}
}

func TestWeightsArePointsOnTheRing(t *testing.T) {
	rows := []struct {
		says    string
		points  int
		weights []float64
		want    []int
	}{
		{"--ring-points each", 160, []float64{1, 1}, []int{160, 160}},
		{"in the proportion of the weights", 160, []float64{1, 3}, []int{80, 240}},
		{"whatever their unit", 160, []float64{0.001, 0.003}, []int{80, 240}},
		{"rounded", 160, []float64{1, 1, 5}, []int{69, 69, 343}},
		{"the lightest has ten, and the others so many times more", 160, []float64{1, 99}, []int{10, 990}},
		{"or as many as the mean was to have", 2, []float64{1, 99}, []int{2, 198}},
		{"at least one", 1, []float64{1, 1}, []int{1, 1}},
	}
	for _, row := range rows {
		t.Run(row.says, func(t *testing.T) {
			p := defaults()
			p.Set["ring-points"] = row.points
			d := newCallerWith(t, "ring-hash", p, 1)
			for _, weight := range row.weights {
				d.enter(Worker{Weight: weight})
			}
			d.ask(requester.Request{})
			got, all := make([]int, len(row.want)), 0
			for _, p := range pointsOn(d.strategy) {
				got[p.owner()]++
				all++
			}
			assert.Equal(t, row.want, got)
			assert.Equal(t, float64(all), RingSize(row.points, row.weights))
			w := d.workers[0]
			w.Weight = 7 // a weight that changes changes no points
			d.leave(w)
			assert.Len(t, pointsOn(d.strategy), all-got[0])
		})
	}
}

// TestPointsAreInOrder, however many there are: as if all had been compared.
func TestPointsAreInOrder(t *testing.T) {
	for _, n := range []int{0, 1, 2, 15, 1000} {
		r := ring{density: 100}
		for id := range n {
			r.Join(&Worker{ID: n - 1 - id, Weight: 1})
		}
		r.place()
		require.Len(t, r.points, 100*n)
		assert.True(t, slices.Equal(slices.Sorted(r.drawn()), r.points), "%d workers", n)
	}
}

// Those of one place are in the order of their ids.
func TestAPointIsAPlaceAndAnOwner(t *testing.T) {
	const last = 1<<hashBits - 1
	assert.Less(t, newPoint(7<<20, 100_000), newPoint(8<<20, 0))
	assert.Less(t, newPoint(7<<20, 1), newPoint(7<<20, 2))
	assert.Equal(t, 100_000, newPoint(last, 100_000).owner())
	assert.Equal(t, point(math.MaxUint32)<<32, newPoint(last, 0))
}

// In a hurry, whenever it begins, there is no ring: nobody waits for a pick any more.
func TestInAHurryNoPointIsPlaced(t *testing.T) {
	for _, first := range []int{1, 2, 3, 4, 5, 100} { // it is asked twice in each round of the points, and then for each part
		asked := 0
		r := ring{density: 100_000, hurry: func() bool { asked++; return asked >= first }}
		r.Join(&Worker{ID: 0, Weight: 1})
		r.Join(&Worker{ID: 1, Weight: 1})
		for range r.clockwise(0) {
			require.Fail(t, "a worker", "in a hurry from the look of that number on: %d", first)
		}
	}
}
