// Package fifo is a first-in first-out queue in a ring: nothing is allocated once it has grown to its size.
package fifo

// A Queue holds values in the order of their arrival. The zero Queue is empty and ready.
type Queue[T any] struct {
	ring []T // its length is a power of two, or 0
	head int // index of the first
	size int
}

// Len returns the number of values.
func (q *Queue[T]) Len() int { return q.size }

// Push adds a value at the end. O(1), amortised.
func (q *Queue[T]) Push(x T) {
	if q.size == len(q.ring) {
		q.grow()
	}
	*q.at(q.size) = x
	q.size++
}

// At returns the i-th value, counted from 0, the first.
func (q *Queue[T]) At(i int) T { return *q.at(i) }

// Pop takes the first value out. O(1).
func (q *Queue[T]) Pop() T { return q.Remove(0) }

// Remove takes the i-th value out; those behind it keep their order. O(min(i, n−i)).
func (q *Queue[T]) Remove(i int) T {
	taken := q.At(i)
	if i < q.size/2 {
		for ; i > 0; i-- {
			*q.at(i) = *q.at(i - 1)
		}
		q.clear(0)
		q.head = (q.head + 1) & (len(q.ring) - 1)
	} else {
		for ; i < q.size-1; i++ {
			*q.at(i) = *q.at(i + 1)
		}
		q.clear(i)
	}
	q.size--
	return taken
}

func (q *Queue[T]) at(i int) *T { return &q.ring[(q.head+i)&(len(q.ring)-1)] }

// clear forgets what a free place pointed to.
func (q *Queue[T]) clear(i int) {
	var none T
	*q.at(i) = none
}

func (q *Queue[T]) grow() {
	ring := make([]T, max(8, 2*len(q.ring)))
	for i := range q.size {
		ring[i] = q.At(i)
	}
	q.ring, q.head = ring, 0
}
