package strategy

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// The negative control is as unfair as the limits let it be: nobody gets anything before the one before is full.
func TestMostLoadedFillsOneAfterTheOther(t *testing.T) {
	d := newCaller(t, "most-loaded", 1)
	for range 3 {
		d.join(1, 3)
	}
	assert.Equal(t, []int{0, 0, 0, 1, 1, 1, 2, 2, 2, -1}, d.picks(10))
	d.done(d.workers[0])
	d.done(d.workers[0])
	d.done(d.workers[1])
	assert.Equal(t, []int{1, 0, 0, -1}, d.picks(4), "the fuller one first, though a slot elsewhere stands idle for longer")
}
