package strategy

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"

	"waza/requester"
)

// A ring by hand: worker 0 at 10 and 30, worker 1 at 20, worker 2 at 40.
func TestTheRingIsWalkedClockwise(t *testing.T) {
	w := []*Worker{{ID: 0}, {ID: 1}, {ID: 2}}
	r := ring{sorted: true, points: []point{{10, w[0]}, {20, w[1]}, {30, w[0]}, {40, w[2]}}}
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
			for owner := range r.clockwise(row.from) {
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
				got[p.owner.ID]++
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

// TestPointsAreInOrder, however many there are: as if all had been compared, those of one place by id.
func TestPointsAreInOrder(t *testing.T) {
	for _, n := range []int{0, 1, 2, 15, 16, 17, 1000, 100_000} {
		points := make([]point, n)
		for i := range points {
			points[i] = point{hash(uint64(i / 2)), &Worker{ID: n - i}} // two lie in one place
		}
		want := slices.Clone(points)
		slices.SortFunc(want, clockwiseFirst)
		assert.Equal(t, want, inOrder(points), "%d points", n)
	}
}
