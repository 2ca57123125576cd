package strategy

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// inTurn is what n picks must be if the turns begin at start.
func inTurn(start, workers, n int) []int {
	ids := make([]int, n)
	for i := range ids {
		ids[i] = (start + i) % workers
	}
	return ids
}

func TestRoundRobinTakesTurns(t *testing.T) {
	d := newCaller(t, "round-robin", 1)
	for range 4 {
		d.join(1, 100)
	}
	start := d.pick().ID
	d = newCaller(t, "round-robin", 1) // anew: that pick was a turn
	for range 4 {
		d.join(1, 100)
	}
	assert.Equal(t, inTurn(start, 4, 12), d.picks(12))
}

func TestRoundRobinPassesOverWhoIsNotEligible(t *testing.T) {
	d := newCaller(t, "round-robin", 1)
	for range 4 {
		d.join(1, 100)
	}
	for d.picks(1)[0] != 3 { // from now on it is worker 0's turn
	}
	d.barred = []int{0, 2}
	assert.Equal(t, []int{1, 3, 1, 3}, d.picks(4))
	d.barred = nil
	assert.Equal(t, []int{0, 1, 2, 3}, d.picks(4), "they get no turn later for those they have missed")
}

// A change of membership may cost somebody one turn, for turns are counted by index; the order stays.
func TestRoundRobinGoesOnWhenMembershipChanges(t *testing.T) {
	d := newCaller(t, "round-robin", 1)
	for range 4 {
		d.join(1, 100)
	}
	d.leave(d.workers[2]) // 0, 1 and 3 are left
	got := d.picks(9)
	after := map[int]int{0: 1, 1: 3, 3: 0}
	for i := range got[1:] {
		assert.Equal(t, after[got[i]], got[i+1], "in %v", got)
	}
	d.join(1, 100)
	got = d.picks(4)
	assert.ElementsMatch(t, []int{0, 1, 3, 4}, got, "who joins is part of the next round")
}

// Several balancers must not march in step: over many seeds the first turn is anybody's.
func TestRoundRobinStartsAnywhere(t *testing.T) {
	first := make([]float64, 8)
	for seed := range uint64(4000) {
		d := newCaller(t, "round-robin", seed)
		for range first {
			d.join(1, 100)
		}
		first[d.pick().ID]++
	}
	equallyLikely(t, first)
}
