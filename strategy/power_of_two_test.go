package strategy

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"waza/internal/drawn"
	"waza/internal/option"
)

// The two that are drawn are never the same: of two workers the busier gets nothing. (Drawn with replacement, as Envoy
// does, it would get a quarter: when it is drawn twice.)
func TestPowerOfTwoDrawsTwoDifferentOnes(t *testing.T) {
	d := newCaller(t, "power-of-two", 1)
	busy, idle := d.join(1, 10), d.join(1, 10)
	d.send(busy)
	for range 1000 {
		require.Same(t, idle, d.pick())
	}
}

// With all loads different, the worker with the i-th least wins if it is drawn together with one of the n − 1 − i that
// have more: chances in the proportion n−1 : n−2 : … : 1 : 0.
func TestPowerOfTwoWinsAsOftenAsMitzenmacherSays(t *testing.T) {
	const n = 6
	d, weights := newCaller(t, "power-of-two", 1), make([]float64, n)
	for id := range n {
		w := d.join(1, 10)
		for range id {
			d.send(w)
		}
		weights[id] = float64(n - 1 - id)
	}
	got := make([]float64, n)
	for range 30_000 {
		got[d.pick().ID]++
	}
	assert.Zero(t, got[n-1], "the busiest of all never wins")
	asLikelyAs(t, weights[:n-1], got[:n-1])
}

func TestPowerOfTwoPrefersTheFirstDrawnAmongEquals(t *testing.T) {
	for seed := range uint64(200) {
		d := newCaller(t, "power-of-two", seed)
		for range 10 {
			d.join(1, 10)
		}
		same := drawer{rng: rand.New(rand.NewPCG(seed, 1))} // the generator that the caller has given it
		require.Same(t, same.draw(d.workers, d.eligible, nil), d.pick())
	}
}

// Who draws as many as there are sees all loads, and that is least-loaded.
func TestAsManyChoicesAsWorkersAreLeastLoaded(t *testing.T) {
	drawn.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 12).Draw(t, "workers")
		d := newCallerWith(t, "power-of-two", Parameters{Set: option.Values{"choices": n + rapid.IntRange(0, 3).Draw(t, "more")}}, 1)
		for range n {
			w := d.join(1, 6)
			for range rapid.IntRange(0, 5).Draw(t, "pending") {
				d.send(w)
			}
		}
		d.barred = rapid.SliceOfN(rapid.IntRange(0, 11), 0, 5).Draw(t, "barred")
		best := d.pick()
		for _, w := range d.workers {
			require.False(t, d.eligible(w) && w.Pending < best.Pending)
		}
	})
}

func TestOneChoiceIsRandom(t *testing.T) {
	d := newCallerWith(t, "power-of-two", Parameters{Set: option.Values{"choices": 1}}, 1)
	for id := range 5 {
		w := d.join(1, 10)
		for range id {
			d.send(w) // loads make no difference
		}
	}
	got := make([]float64, 5)
	for range 10_000 {
		got[d.pick().ID]++
	}
	equallyLikely(t, got)
}
