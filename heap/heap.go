// Package heap keeps things in order: container/heap with the indices kept, generic over what it holds.
// Whoever makes a heap supplies the order, and owns the heap: it has no lock and needs none.
//
// Next: package strategy, which supplies the orders.
package heap

import (
	"container/heap"
	"iter"
)

// An Item remembers its place in the one heap that holds it, so that the heap can find it in no time.
// Embed a Place to become one.
type Item interface {
	comparable
	place() *int
}

// A Place is where an item stands in its heap. The zero Place belongs to an item in no heap.
type Place struct{ next int } // index + 1

func (p *Place) place() *int { return &p.next }

// A Heap holds items, the least first.
type Heap[T Item] struct {
	tree     tree[T]
	frontier []int // scratch of Ascending: indices whose parents have been passed
}

// New returns an empty heap in the order of less, which must be a strict weak order.
func New[T Item](less func(a, b T) bool) *Heap[T] {
	return &Heap[T]{tree: tree[T]{less: less}}
}

// Len returns the number of items.
func (h *Heap[T]) Len() int { return len(h.tree.items) }

// Push adds an item that is in no heap. O(log n).
func (h *Heap[T]) Push(x T) { heap.Push(&h.tree, x) }

// Fix restores the order after the key of x has changed. O(log n).
func (h *Heap[T]) Fix(x T) { heap.Fix(&h.tree, *x.place()-1) }

// Remove takes x out, and does nothing if it is in no heap. O(log n).
func (h *Heap[T]) Remove(x T) {
	if at := *x.place(); at > 0 {
		heap.Remove(&h.tree, at-1)
	}
}

// Ascending yields the items from the least to the greatest without moving one: an item can come next
// only when its parent has been passed, so the candidates form a frontier that starts at the root.
// The first item costs O(1), the k-th O(log k). The heap must not change meanwhile.
func (h *Heap[T]) Ascending() iter.Seq[T] {
	return func(yield func(T) bool) {
		if h.Len() == 0 || !yield(h.tree.items[0]) {
			return
		}
		h.frontier = h.expand(h.frontier[:0], 0)
		for len(h.frontier) > 0 {
			at := h.leastOfFrontier()
			if !yield(h.tree.items[at]) {
				return
			}
			h.frontier = h.expand(h.frontier, at)
		}
	}
}

// expand adds the children of the item at index at to the frontier, itself a heap of indices.
func (h *Heap[T]) expand(frontier []int, at int) []int {
	for child := 2*at + 1; child <= 2*at+2 && child < h.Len(); child++ {
		frontier = append(frontier, child)
		for i := len(frontier) - 1; i > 0 && h.before(frontier, i, (i-1)/2); i = (i - 1) / 2 {
			frontier[i], frontier[(i-1)/2] = frontier[(i-1)/2], frontier[i]
		}
	}
	return frontier
}

// leastOfFrontier takes the least item's index out of the frontier.
func (h *Heap[T]) leastOfFrontier() int {
	f := h.frontier
	least, last := f[0], len(f)-1
	f[0], f = f[last], f[:last]
	for i := 0; 2*i+1 < len(f); {
		child := 2*i + 1
		if child+1 < len(f) && h.before(f, child+1, child) {
			child++
		}
		if !h.before(f, child, i) {
			break
		}
		f[i], f[child] = f[child], f[i]
		i = child
	}
	h.frontier = f
	return least
}

func (h *Heap[T]) before(frontier []int, i, j int) bool {
	return h.tree.less(h.tree.items[frontier[i]], h.tree.items[frontier[j]])
}

// tree is what container/heap sorts. Every move writes the item's new place.
type tree[T Item] struct {
	items []T
	less  func(a, b T) bool
}

func (t *tree[T]) Len() int           { return len(t.items) }
func (t *tree[T]) Less(i, j int) bool { return t.less(t.items[i], t.items[j]) }

func (t *tree[T]) Swap(i, j int) {
	t.items[i], t.items[j] = t.items[j], t.items[i]
	*t.items[i].place(), *t.items[j].place() = i+1, j+1
}

func (t *tree[T]) Push(x any) {
	item := x.(T)
	t.items = append(t.items, item)
	*item.place() = len(t.items)
}

func (t *tree[T]) Pop() any {
	last := len(t.items) - 1
	item := t.items[last]
	var none T
	t.items, t.items[last] = t.items[:last], none
	*item.place() = 0
	return item
}
