package strategy

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

// A strategy reads Pending if and only if it picks otherwise when Pending stays 0: the table must say so, or --stale and
// --refresh would be refused where they matter, or accepted and ignored.
func TestTheTableSaysWhoReadsPending(t *testing.T) {
	for _, kind := range Table() {
		t.Run(kind.Name, func(t *testing.T) {
			assert.Equal(t, kind.Counts, !assert.ObjectsAreEqual(busyPicks(t, kind.Name, false), busyPicks(t, kind.Name, true)))
		})
	}
}

// busyPicks are the picks of a strategy among workers that are busy for unequal times; if it is blind, it sees none busy.
func busyPicks(t *testing.T, name string, blind bool) (ids []int) {
	d, rng := newCaller(t, name, 1), rand.New(rand.NewPCG(1, 1))
	see := func(w *Worker) {
		if !blind {
			return
		}
		if w.Pending = 0; d.ranker != nil {
			d.ranker.Changed(w)
		}
	}
	for range 20 {
		d.join(2, 8)
	}
	for step := range 500 {
		for range 1 + rng.IntN(3) {
			id := -1
			if w := d.pick(); w != nil {
				id = w.ID
				d.send(w)
				see(w)
			}
			ids = append(ids, id)
		}
		for range min(step/10, rng.IntN(5)) { // at first they fill
			if busy := d.busy(); len(busy) > 0 {
				w := busy[rng.IntN(len(busy))]
				d.observe(w, Observation{Took: time.Millisecond, Idle: w.Held == 1})
				see(w)
			}
		}
	}
	return ids
}
