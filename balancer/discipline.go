package balancer

import "iter"

// A Discipline is an order in which requests leave the backlog: a file, and a line in Disciplines. The zero Discipline is fifo.
type Discipline struct {
	Name string // as in --discipline
	Does string // for --help
	make func(*spares) line
}

// Disciplines lists all that there are.
func Disciplines() []Discipline {
	return []Discipline{
		{Name: "fifo", Does: "the oldest first", make: newFifoLine},
		{Name: "lifo", Does: "the newest first", make: newLifoLine},
		{Name: "priority", Does: "the highest first; inside it fifo", make: newPriorityLine},
		{Name: "edf", Does: "the one whose end is earliest first", make: newEDFLine},
		{Name: "codel", Does: "fifo, and while all wait too long some are rejected from its head", make: newFifoLine},
	}
}

// FindDiscipline returns the discipline of that name, if there is one.
func FindDiscipline(name string) (Discipline, bool) {
	for _, d := range Disciplines() {
		if d.Name == name {
			return d, true
		}
	}
	return Discipline{}, false
}

// line returns an empty line in this order.
func (d Discipline) line(spare *spares) line {
	if d.make == nil {
		return newFifoLine(spare)
	}
	return d.make(spare)
}

// A line keeps waiters in an order. A waiter may stand in several lines. Once it has been taken it stands in none, but is not looked for in
// each of them: a line drops it when it comes upon it.
type line interface {
	add(*waiter)              // lets a waiter stand here that has come after all who do. O(1), amortised
	head() *waiter            // the waiter that is to go first; nil: none waits here
	newest() *waiter          // the waiter that came last; nil: none waits here
	each() iter.Seq[*waiter]  // all that wait here, equals in the order of arrival
	before(a, b *waiter) bool // whether a is to go before b, which may stand in other lines of this order
}
