package requester

import "container/heap"

// An agenda keeps the calls that their requester must act on at some instant, in order of (instant, id):
// one timer behind which everything waits.
type agenda []*call

// set moves a call to its place for the instant due, or takes it out for Never.
func (a *agenda) set(c *call) {
	switch in := c.place > 0; {
	case c.due == Never && in:
		heap.Remove(a, c.place-1)
	case c.due == Never:
	case in:
		heap.Fix(a, c.place-1)
	default:
		heap.Push(a, c)
	}
}

func (a agenda) Len() int { return len(a) }

func (a agenda) Less(i, j int) bool {
	if a[i].due != a[j].due {
		return a[i].due < a[j].due
	}
	return a[i].ID < a[j].ID
}

func (a agenda) Swap(i, j int) {
	a[i], a[j] = a[j], a[i]
	a[i].place, a[j].place = i+1, j+1
}

func (a *agenda) Push(x any) {
	c := x.(*call)
	*a = append(*a, c)
	c.place = len(*a)
}

func (a *agenda) Pop() any {
	last := len(*a) - 1
	c := (*a)[last]
	(*a)[last] = nil
	*a = (*a)[:last]
	c.place = 0
	return c
}
