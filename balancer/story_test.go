package balancer

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

// Changes the same way that follow one another within a second are one move.
func TestAStoryIsToldInMoves(t *testing.T) {
	const s = time.Second
	var story Story
	told := teller{Story: &story, apart: s}
	now := 2
	step := func(at time.Duration, to int) { told.changes(at, now, to, 2); now = to }
	told.changes(0, 0, 1, 2)
	told.changes(0, 1, 2, 2) // the start
	step(s, 3)
	step(s, 4)
	step(s+s/2, 5) // half a second later
	step(3*s, 6)   // a second and a half
	step(3*s, 5)   // the other way
	step(3*s+s-1, 4)
	step(4*s+s-1, 1)
	assert.Equal(t, []Move{{2, 5, s, s + s/2}, {5, 6, 3 * s, 3 * s}, {6, 4, 3 * s, 4*s - 1}, {4, 1, 5*s - 1, 5*s - 1}}, story.Moves)
	assert.Equal(t, 1, story.Least)
	for i := range 2 * mostMoves {
		step(time.Duration(10+2*i)*s, 2+i%2)
	}
	assert.Len(t, story.Moves, mostMoves)
	assert.Equal(t, 4+2*mostMoves-mostMoves, story.More)
}
