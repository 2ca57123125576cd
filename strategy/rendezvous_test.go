package strategy

import "testing"

// The keys of who leaves do not fall to one neighbour: any of those that stay is as likely to have the next strongest claim.
func TestTheKeysOfWhoLeavesSpreadOverAll(t *testing.T) {
	d := newCaller(t, "rendezvous", 1)
	for range 10 {
		d.enter(Worker{})
	}
	before, heirs := d.owners(50_000), make([]float64, 9)
	d.leave(d.workers[9])
	for key, owner := range d.owners(50_000) {
		if before[key] == 9 {
			heirs[owner]++
		}
	}
	equallyLikely(t, heirs)
}
