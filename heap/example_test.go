package heap_test

import (
	"fmt"

	"waza/heap"
)

// A machine is an item because a Place is embedded in it.
type machine struct {
	heap.Place
	name    string
	pending int
}

// The machine with the least pending comes first. Whoever changes a key says so to the heap.
func Example() {
	byPending := heap.New(func(m *machine) int { return m.pending }, func(a, b int) bool { return a < b })
	a, b, c := &machine{name: "a", pending: 2}, &machine{name: "b", pending: 0}, &machine{name: "c", pending: 1}
	byPending.Push(a)
	byPending.Push(b)
	byPending.Push(c)

	b.pending = 5
	byPending.Fix(b)
	byPending.Remove(a)
	for m := range byPending.Ascending() {
		fmt.Println(m.name, m.pending)
	}
	// Output:
	// c 1
	// b 5
}
