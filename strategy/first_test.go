package strategy

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"waza/internal/option"
)

// It packs: nobody gets anything while one with a lower id holds fewer than the bound.
func TestFirstPacks(t *testing.T) {
	d := newCallerWith(t, "first", Parameters{Set: option.Values{"bound": 2}}, 1)
	for range 3 {
		d.join(1, 100)
	}
	assert.Equal(t, []int{0, 0, 1, 1, 2, 2, -1}, d.picks(7))
	d.done(d.workers[2])
	d.done(d.workers[1])
	d.done(d.workers[0])
	assert.Equal(t, []int{0, 1, 2, -1}, d.picks(4), "whoever was done when")
	d.done(d.workers[1])
	d.barred = []int{0, 1}
	assert.Equal(t, []int{-1}, d.picks(1))
}

func TestFirstKeepsToIDsWhenMembersComeBack(t *testing.T) {
	d := newCallerWith(t, "first", Parameters{Set: option.Values{"bound": 1}}, 1)
	for range 4 {
		d.join(1, 100)
	}
	for _, id := range []int{0, 2} {
		d.strategy.Leave(d.workers[id])
		d.strategy.Join(d.workers[id])
	}
	assert.Equal(t, []int{0, 1, 2, 3, -1}, d.picks(5))
}

// Under --stale a count may be old. A bound is a limit: it goes by what is held now.
func TestABoundIsNeverStale(t *testing.T) {
	for _, name := range []string{"first", "bounded-pull"} {
		t.Run(name, func(t *testing.T) {
			d := newCallerWith(t, name, Parameters{Set: option.Values{"bound": 2}}, 1)
			a, b := d.join(1, 100), d.join(1, 100)
			a.Pending = 50
			assert.Same(t, a, d.pick(), "it looks busy and is idle")
			for _, w := range []*Worker{a, a, b, b} {
				d.send(w)
			}
			a.Pending, b.Pending = 0, 0
			assert.Nil(t, d.pick(), "they look idle and are full")
		})
	}
}
