// Package heap keeps things in order. It is container/heap, generic over the items, and knows where in the heap each of them is. Whoever
// makes a heap supplies the order and owns the heap: it has no lock and needs none.
//
// Next: package worker, which does the work. Package strategy supplies the orders.
package heap

import (
	"container/heap"
	"iter"
)

// An Item carries the number that its heap knows it by, so that the heap finds it without a search. It is in one heap at most. A type that
// embeds a Place is an Item.
type Item interface {
	comparable
	place() *int
}

// A Place is an item's number in its heap. The zero Place is that of an item in no heap.
type Place struct{ number int } // from 1

func (p *Place) place() *int { return &p.number }

// A Heap holds items of type T in the order of their keys, of type K, the least first. The heap keeps the keys itself, next to each other:
// with thousands of items, looking into every item that is compared would cost a cache miss each. So a key is read when its item is pushed
// or fixed, and at no other time.
type Heap[T Item, K any] struct {
	key      func(T) K
	tree     tree[T, K]
	numbers  []int // that no item has any more, to be used again
	frontier []int // scratch of Ascending: the indices of items that may come next
}

// New returns an empty heap in the order of less, which must be a strict weak order of the keys that key returns.
func New[T Item, K any](key func(T) K, less func(a, b K) bool) *Heap[T, K] {
	return &Heap[T, K]{key: key, tree: tree[T, K]{less: less, index: []int{0}}}
}

// Len returns the number of items.
func (h *Heap[T, K]) Len() int { return len(h.tree.entries) }

// Push adds an item that is in no heap. O(log n).
func (h *Heap[T, K]) Push(x T) {
	number := len(h.tree.index)
	if last := len(h.numbers) - 1; last >= 0 {
		number, h.numbers = h.numbers[last], h.numbers[:last]
	} else {
		h.tree.index = append(h.tree.index, 0)
	}
	*x.place() = number
	heap.Push(&h.tree, entry[T, K]{h.key(x), x, number})
}

// Fix restores the order after the key of x has changed. O(log n).
func (h *Heap[T, K]) Fix(x T) {
	at := h.tree.index[*x.place()]
	h.tree.entries[at].key = h.key(x)
	heap.Fix(&h.tree, at)
}

// Remove takes x out, and does nothing if it is in no heap. O(log n).
func (h *Heap[T, K]) Remove(x T) {
	number := *x.place()
	if number == 0 {
		return
	}
	heap.Remove(&h.tree, h.tree.index[number])
	h.numbers = append(h.numbers, number)
	*x.place() = 0
}

// Ascending yields the items from the least to the greatest, and moves none of them. An item can come next only once its parent has been
// yielded: so the candidates form a frontier, which starts at the root. The first item costs O(1), the k-th O(log k). The heap must not
// change meanwhile.
func (h *Heap[T, K]) Ascending() iter.Seq[T] {
	return func(yield func(T) bool) {
		if h.Len() == 0 || !yield(h.tree.entries[0].item) {
			return
		}
		h.frontier = h.expand(h.frontier[:0], 0)
		for len(h.frontier) > 0 {
			at := h.leastOfFrontier()
			if !yield(h.tree.entries[at].item) {
				return
			}
			h.frontier = h.expand(h.frontier, at)
		}
	}
}

// expand adds the children of the item at index at to the frontier, which is a heap of indices itself.
func (h *Heap[T, K]) expand(frontier []int, at int) []int {
	for child := 2*at + 1; child <= 2*at+2 && child < h.Len(); child++ {
		frontier = append(frontier, child)
		for i := len(frontier) - 1; i > 0 && h.tree.Less(frontier[i], frontier[(i-1)/2]); i = (i - 1) / 2 {
			frontier[i], frontier[(i-1)/2] = frontier[(i-1)/2], frontier[i]
		}
	}
	return frontier
}

// leastOfFrontier takes the index of the least item out of the frontier.
func (h *Heap[T, K]) leastOfFrontier() int {
	f := h.frontier
	least, last := f[0], len(f)-1
	f[0], f = f[last], f[:last]
	for i := 0; 2*i+1 < len(f); {
		child := 2*i + 1
		if child+1 < len(f) && h.tree.Less(f[child+1], f[child]) {
			child++
		}
		if !h.tree.Less(f[child], f[i]) {
			break
		}
		f[i], f[child] = f[child], f[i]
		i = child
	}
	h.frontier = f
	return least
}

// A tree is what container/heap keeps in order. Whenever an entry moves, its new index is noted.
type tree[T Item, K any] struct {
	entries []entry[T, K]
	index   []int // by the number of an item, where it is in entries; no item has the number 0
	less    func(a, b K) bool
}

// An entry is an item, its key and its number.
type entry[T Item, K any] struct {
	key    K
	item   T
	number int
}

func (t *tree[T, K]) Len() int           { return len(t.entries) }
func (t *tree[T, K]) Less(i, j int) bool { return t.less(t.entries[i].key, t.entries[j].key) }

func (t *tree[T, K]) Swap(i, j int) {
	t.entries[i], t.entries[j] = t.entries[j], t.entries[i]
	t.index[t.entries[i].number], t.index[t.entries[j].number] = i, j
}

func (t *tree[T, K]) Push(x any) {
	e := x.(entry[T, K])
	t.index[e.number] = len(t.entries)
	t.entries = append(t.entries, e)
}

func (t *tree[T, K]) Pop() any {
	last := len(t.entries) - 1
	t.entries[last] = entry[T, K]{}
	t.entries = t.entries[:last]
	return nil
}
