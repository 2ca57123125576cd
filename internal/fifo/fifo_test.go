package fifo

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"waza/internal/drawn"
)

// A queue is held against a slice, on which every operation is obvious.
func TestAQueueIsASlice(t *testing.T) {
	drawn.Check(t, func(t *rapid.T) {
		var q Queue[*int]
		var model []*int
		index := func(t *rapid.T) int {
			if len(model) == 0 {
				t.Skip("the queue is empty")
			}
			return rapid.IntRange(0, len(model)-1).Draw(t, "index")
		}
		t.Repeat(map[string]func(*rapid.T){
			"push": func(t *rapid.T) {
				x := new(int)
				q.Push(x)
				model = append(model, x)
			},
			"pop": func(t *rapid.T) {
				index(t)
				require.Same(t, model[0], q.Pop())
				model = model[1:]
			},
			"remove": func(t *rapid.T) {
				i := index(t)
				require.Same(t, model[i], q.Remove(i))
				model = append(append([]*int(nil), model[:i]...), model[i+1:]...)
			},
			"": func(t *rapid.T) { verify(t, &q, model) },
		})
	})
}

// verify compares all that there is, and sees that nothing is kept alive beside it: what has been
// taken out must not stay in the ring, or the collector could never free it.
func verify(t require.TestingT, q *Queue[*int], model []*int) {
	require.Equal(t, len(model), q.Len())
	for i, x := range model {
		require.Same(t, x, q.At(i))
	}
	for i := len(model); i < len(q.ring); i++ {
		require.Nil(t, *q.at(i), "a free place still points to something")
	}
}

func TestFirstInFirstOut(t *testing.T) {
	var q Queue[int]
	for i := range 1000 { // two in, one out: the ring turns and grows while it holds something
		q.Push(2 * i)
		q.Push(2*i + 1)
		require.Equal(t, i, q.Pop())
	}
	assert.Equal(t, 1000, q.Len())
	assert.Equal(t, 1000, q.At(0))
	assert.Equal(t, 1999, q.At(999))
}

func TestAQueueThatHasGrownAllocatesNothing(t *testing.T) {
	var q Queue[int]
	for range 8 {
		q.Push(0)
	}
	assert.Zero(t, testing.AllocsPerRun(100, func() { q.Push(q.Pop() + q.Remove(3)); q.Push(1) }))
}
