package heap

import (
	"fmt"
	"math/bits"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"waza/internal/drawn"
)

// A box is what these tests keep in order: by key, and boxes of equal keys by id.
type box struct {
	Place
	key, id int
}

func compare(a, b *box) int { return a.rank().compare(b.rank()) }

// A rank is the key of a box in the heap.
type rank struct{ key, id int }

func (b *box) rank() rank { return rank{b.key, b.id} }

func (a rank) compare(b rank) int {
	if a.key != b.key {
		return a.key - b.key
	}
	return a.id - b.id
}

func (a rank) before(b rank) bool { return a.compare(b) < 0 }

// A pair is a heap beside the plainest thing that does the same: a slice that is sorted after every operation.
type pair struct {
	heap  *Heap[*box, rank]
	model []*box
	made  int
}

func newPair() *pair {
	return &pair{heap: New((*box).rank, rank.before)}
}

func (p *pair) push(key int) {
	b := &box{key: key, id: p.made}
	p.made++
	p.heap.Push(b)
	p.model = append(p.model, b)
}

func (p *pair) fix(i, key int) {
	b := p.model[i]
	b.key = key
	p.heap.Fix(b)
}

// remove takes the i-th box out of both, and returns it.
func (p *pair) remove(i int) *box {
	b := p.model[i]
	p.heap.Remove(b)
	p.model = slices.Delete(p.model, i, i+1)
	return b
}

// verify looks at the whole heap: no item is before its parent, each knows its place, and together they are the model.
func (p *pair) verify(t require.TestingT) {
	slices.SortFunc(p.model, compare)
	entries := p.heap.tree.entries
	require.Equal(t, len(p.model), p.heap.Len())
	for i, e := range entries {
		require.Equal(t, e.number, *e.item.place(), "the item at index %d has another number", i)
		require.Equal(t, i, p.heap.tree.index[e.number], "the item at index %d is not found there", i)
		require.Equal(t, e.item.rank(), e.key, "the item at index %d has another key", i)
		require.False(t, compare(e.item, entries[max(0, i-1)/2].item) < 0, "the item at index %d is before its parent", i)
	}
	before := slices.Clone(entries)
	require.True(t, slices.Equal(p.model, slices.Collect(p.heap.Ascending())), "Ascending is not the sorted model")
	require.True(t, slices.Equal(before, entries), "Ascending has moved something")
}

func TestAnyOperationsKeepTheOrder(t *testing.T) {
	drawn.Check(t, func(t *rapid.T) {
		p, key := newPair(), rapid.IntRange(0, 9) // few keys: many ties
		one := func(t *rapid.T) int {
			if len(p.model) == 0 {
				t.Skip("there is nothing in the heap")
			}
			return rapid.IntRange(0, len(p.model)-1).Draw(t, "item")
		}
		t.Repeat(map[string]func(*rapid.T){
			"push": func(t *rapid.T) { p.push(key.Draw(t, "key")) },
			"fix":  func(t *rapid.T) { p.fix(one(t), key.Draw(t, "key")) },
			"remove": func(t *rapid.T) {
				b := p.remove(one(t))
				require.Zero(t, *b.place(), "what has been taken out has no place")
				p.heap.Remove(b) // a second time: verify will see that nothing happens
			},
			"": func(t *rapid.T) { p.verify(t) },
		})
	})
}

// FuzzHeap reads bytes as operations: the first of each pair says what, the second to which item or with which key.
func FuzzHeap(f *testing.F) {
	f.Add([]byte{})
	f.Add([]byte{0, 5, 0, 5, 0, 5, 2, 1})                    // three equal ones, the middle one is removed
	f.Add([]byte{0, 3, 0, 2, 0, 1, 0, 0, 1, 0, 1, 3})        // pushed in falling order, then the ends are changed
	f.Add([]byte{0, 1, 2, 0, 0, 1, 2, 0})                    // empty in between
	f.Add([]byte{0, 9, 0, 8, 0, 7, 0, 6, 0, 5, 2, 0, 2, 3})  // the root and a leaf are removed
	f.Add([]byte{0, 1, 0, 9, 0, 2, 0, 9, 0, 9, 0, 3, 2, 3})  // the one that fills the gap has to rise
	f.Add([]byte{0, 1, 1, 0, 255, 255, 254, 128, 253, 7, 0}) // an odd number of bytes
	f.Fuzz(func(t *testing.T, operations []byte) {
		p := newPair()
		for ; len(operations) >= 2 && p.made < 200; operations = operations[2:] {
			what, number := operations[0]%3, int(operations[1])
			switch {
			case what == 0 || len(p.model) == 0:
				p.push(number)
			case what == 1:
				p.fix(number%len(p.model), number/2)
			default:
				p.remove(number % len(p.model))
			}
			p.verify(t)
		}
	})
}

func TestRemoveOfWhatIsInNoHeapDoesNothing(t *testing.T) {
	p := newPair()
	p.push(1)
	p.heap.Remove(&box{})
	p.verify(t)
}

func TestAscendingCanBeStopped(t *testing.T) {
	p := newPair()
	for key := range 100 {
		p.push(99 - key)
	}
	p.verify(t)
	for _, stopAfter := range []int{1, 2, 3, 50, 100} {
		t.Run(fmt.Sprint(stopAfter), func(t *testing.T) {
			var seen []*box
			for b := range p.heap.Ascending() {
				if seen = append(seen, b); len(seen) == stopAfter {
					break
				}
			}
			assert.Equal(t, p.model[:stopAfter], seen)
			p.verify(t) // the next one starts anew
		})
	}
}

// Items of equal keys may come in any order when the heap's order does not tell them apart, but all of them come.
func TestAscendingYieldsEqualsTogether(t *testing.T) {
	h, count := New(func(b *box) int { return b.key }, func(a, b int) bool { return a < b }), map[int]int{}
	for i := range 300 {
		h.Push(&box{key: i % 3, id: i})
	}
	last := 0
	for b := range h.Ascending() {
		require.GreaterOrEqual(t, b.key, last)
		last = b.key
		count[b.key]++
	}
	assert.Equal(t, map[int]int{0: 100, 1: 100, 2: 100}, count)
}

// Ascending promises the first item in O(1) and the k-th in O(log k), however many there are. In comparisons: after
// k items the frontier holds at most k + 1. To go on takes one out, 2 comparisons per level, and puts two children
// in, 1 per level each: at most 4·log2(k+1), and nothing at all for the first.
func TestAscendingLooksAtFewItems(t *testing.T) {
	comparisons := 0
	h := New((*box).rank, func(a, b rank) bool { comparisons++; return a.before(b) })
	rng := rand.New(rand.NewPCG(1, 1))
	for i := range 10_000 {
		h.Push(&box{key: rng.IntN(1000), id: i})
	}
	comparisons = 0
	k := 0
	for range h.Ascending() {
		k++
		require.LessOrEqual(t, comparisons, (k-1)*4*bits.Len(uint(k)), "for the first %d", k)
		if k == 100 {
			break
		}
	}
}

func BenchmarkFix(b *testing.B) {
	for _, n := range []int{10, 1000, 10_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			p, rng := newPair(), rand.New(rand.NewPCG(1, 1))
			for range n {
				p.push(rng.IntN(n))
			}
			for b.Loop() {
				p.fix(rng.IntN(n), rng.IntN(n))
			}
		})
	}
}
