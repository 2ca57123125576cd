package strategy

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestModHashIsTheRemainder(t *testing.T) {
	d := newCaller(t, "mod-hash", 1)
	for range 7 {
		d.enter(Worker{})
	}
	for key, owner := range d.owners(1000) {
		require.Equal(t, int(hash(uint64(key))%7), owner)
	}
	d.barred = []int{5, 6, 0}
	for key, owner := range d.owners(1000) {
		want := int(hash(uint64(key)) % 7)
		if want == 0 || want > 4 {
			want = 1
		}
		require.Equal(t, want, owner, "5, 6 and 0 pass on to the next, and that is 1")
	}
}

// A key stays if its remainders modulo n and n − 1 are the same member. They are independent (n and n − 1 have no common
// factor), and of n(n − 1) pairs n − 1 are the same member, whoever leaves: one n-th stays. The keys are draws, so the part
// that stays has a standard deviation of √((1/n)(1 − 1/n)/keys), of which four are allowed.
func TestModHashMovesAlmostAllKeys(t *testing.T) {
	const keys = 50_000
	for _, n := range []int{2, 3, 10, 50} {
		for _, leaver := range []int{0, n / 2, n - 1} {
			d := newCaller(t, "mod-hash", 1)
			for range n {
				d.enter(Worker{})
			}
			before, stay := d.owners(keys), 0.0
			d.leave(d.workers[leaver])
			for key, owner := range d.owners(keys) {
				if owner == before[key] {
					stay++
				}
			}
			p := 1 / float64(n)
			assert.InDelta(t, p, stay/keys, 4*math.Sqrt(p*(1-p)/keys), "%d of %d leaves", leaver, n)
		}
	}
}
