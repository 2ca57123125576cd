package strategy

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestPullGivesToTheSlotThatIsFreeLongest(t *testing.T) {
	d := newCaller(t, "pull", 1)
	a, b := d.join(2, 10), d.join(2, 10)
	assert.Equal(t, []int{0, 0, 1, 1, -1}, d.picks(5), "at the start by worker id; a queue of ten is not used")
	d.done(b)
	d.done(a)
	d.done(a)
	d.done(b)
	assert.Equal(t, []int{1, 0, 0, 1, -1}, d.picks(5), "then in the order in which slots became free")
	d.done(a)
	d.done(b)
	d.done(b)
	assert.Equal(t, []int{0, 1}, d.picks(2))
	d.done(a)
	assert.Equal(t, []int{1, 0, -1}, d.picks(3), "a slot of worker 1 has been free for longer than that of worker 0")
}

func TestPullPassesOverWhoIsNotEligible(t *testing.T) {
	d := newCaller(t, "pull", 1)
	for range 3 {
		d.join(1, 1)
	}
	d.barred = []int{0}
	assert.Equal(t, []int{1}, d.picks(1))
	d.barred = nil
	assert.Equal(t, []int{0, 2}, d.picks(2), "who was passed over has kept its place")
}

func TestPullForgetsTheSlotsOfWhoHasLeft(t *testing.T) {
	d := newCaller(t, "pull", 1)
	a := d.join(3, 3)
	d.join(1, 1)
	assert.Equal(t, []int{0}, d.picks(1))
	d.leave(a)
	assert.Equal(t, []int{1, -1}, d.picks(2))
}

func TestPullFindsTheSlotsBusyThatAWorkerBrings(t *testing.T) {
	d := newCaller(t, "pull", 1)
	w := &Worker{Concurrency: 3, Limit: 9, Held: 2}
	d.workers = append(d.workers, w)
	d.strategy.Join(w)
	assert.Equal(t, []int{0, -1}, d.picks(2), "two of three slots are taken")
}
