package strategy

import (
	"cmp"
	"slices"

	"waza/requester"
)

// hash returns 52 well mixed bits of what it is about: requester.Chance without the fraction. It knows neither the
// seed nor the balancer, so a key finds the same worker in every run and through every balancer.
func hash(about ...uint64) uint64 { return uint64(requester.Chance(about...) * (1 << hashBits)) }

const hashBits = 52

// A roster is the members in the order of their ids, whatever the order in which they came: what is made from it is
// the same in every balancer, and a worker that comes back finds its old place. Embedded, it is the Join and Leave of
// a strategy that makes a table, and does so at the first pick after a change: ten thousand joins are one change.
type roster struct {
	members
	changed bool // since the table was made
}

func (r *roster) Join(w *Worker) {
	at, _ := slices.BinarySearchFunc(r.workers, w, func(a, b *Worker) int { return cmp.Compare(a.ID, b.ID) })
	r.workers = slices.Insert(r.workers, at, w)
	r.changed = true
}

func (r *roster) Leave(w *Worker) {
	r.members.Leave(w)
	r.changed = true
}
