package strategy

import (
	"testing"

	"github.com/stretchr/testify/assert"
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
		says   string
		weight float64
		want   int
	}{
		{"--ring-points each", 1, 160},
		{"times the weight", 2.5, 400},
		{"rounded", 0.021, 3},
		{"but nobody is without a point: it would never be found", 0.0001, 1},
	}
	for _, row := range rows {
		t.Run(row.says, func(t *testing.T) {
			d := newCaller(t, "ring-hash", 1)
			w := d.enter(Worker{Weight: row.weight})
			assert.Len(t, d.strategy.(*ringHash).points, row.want)
			w.Weight = 1 // a weight that changes changes no points
			d.leave(w)
			assert.Empty(t, d.strategy.(*ringHash).points)
		})
	}
}
