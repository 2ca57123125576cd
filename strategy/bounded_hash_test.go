package strategy

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"waza/internal/drawn"
	"waza/requester"
)

func belowBound(d *caller, w *Worker) bool { return w.Held < d.strategy.(*boundedHash).bound(w) }

// All ask for one key. Of 100 requests nobody gets more than ⌈1.25 · 100/10⌉ = 13, so at least 8 workers share them.
func TestAHotKeySpreads(t *testing.T) {
	rows := []struct {
		says, name string
		most       int
	}{
		{"without a bound it is all one worker's", "ring-hash", 100},
		{"with one it is as many workers' as it needs", "bounded-hash", 13},
	}
	for _, row := range rows {
		t.Run(row.says, func(t *testing.T) {
			d := newCaller(t, row.name, 1)
			for range 10 {
				d.enter(Worker{})
			}
			for range 100 {
				d.send(d.workers[d.ask(requester.Request{Key: 7})])
			}
			most := 0
			for _, w := range d.workers {
				most = max(most, w.Held)
			}
			assert.Equal(t, row.most, most)
		})
	}
}

// By hand, c = 1.25: with two workers of weights 3 and 1 and nothing sent the bounds are ⌈1.25 · 3/4⌉ and ⌈1.25/4⌉.
func TestTheBoundByHand(t *testing.T) {
	d := newCaller(t, "bounded-hash", 1)
	heavy, light := d.enter(Worker{Weight: 3}), d.enter(Worker{Weight: 1})
	bounds := func() []int {
		d.pick() // sums the weights
		s := d.strategy.(*boundedHash)
		return []int{s.bound(heavy), s.bound(light)}
	}
	assert.Equal(t, []int{1, 1}, bounds())
	for range 7 {
		d.send(heavy)
	}
	assert.Equal(t, []int{8, 3}, bounds(), "1.25 · 8 = 10, of which 7.5 and 2.5")
	brings := d.enter(Worker{Weight: 4, Held: 9})
	assert.Equal(t, []int{8, 3}, bounds(), "1.25 · 17 = 21.25, of which 7.97 and 2.66: what it brings counts")
	d.leave(heavy)
	assert.Equal(t, 3, bounds()[1], "1.25 · 10 = 12.5, of which a fifth")
	d.done(brings)
	assert.Equal(t, 3, bounds()[1], "1.25 · 9 = 11.25, of which a fifth")
	d.done(brings)
	assert.Equal(t, 2, bounds()[1], "1.25 · 8 = 10, of which a fifth")
}

// Whatever happens, nobody is sent a request that takes it above ⌈c · total · w/Σw⌉, the total with that request; nobody
// waits while somebody eligible is idle; and nobody waits at all while all are eligible.
func TestNobodyHoldsMoreThanItsBound(t *testing.T) {
	drawn.Check(t, func(t *rapid.T) {
		p := defaults()
		p.Set["ring-points"] = 10
		p.Set["hash-balance"] = rapid.SampledFrom([]float64{1.01, 1.25, 2}).Draw(t, "c")
		d := newCallerWith(t, "bounded-hash", p, 1)
		total := func() (held int, weight float64) {
			for _, w := range d.workers {
				held += w.Held
				weight += w.Weight
			}
			return held, weight
		}
		t.Repeat(map[string]func(*rapid.T){
			"join": func(t *rapid.T) {
				held := rapid.IntRange(0, 4).Draw(t, "brings")
				d.enter(Worker{Weight: rapid.SampledFrom([]float64{0.3, 1, 2, 7}).Draw(t, "weight"), Held: held, Limit: held + 5})
			},
			"leave": func(t *rapid.T) { d.leave(anyOf(t, d.workers)) },
			"bar":   func(t *rapid.T) { d.barred = rapid.SliceOfN(rapid.IntRange(0, d.joined), 0, 3).Draw(t, "barred") },
			"done":  func(t *rapid.T) { d.done(anyOf(t, d.busy())) },
			"send": func(t *rapid.T) {
				r := requester.Request{Key: rapid.Uint64Range(0, 3).Draw(t, "key")}
				w := d.strategy.Pick(&r, d.eligible)
				if w != nil {
					d.send(w)
					held, weight := total()
					require.LessOrEqual(t, float64(w.Held), math.Ceil(hashBalance.In(p.Set)*float64(held)*w.Weight/weight+1e-9))
					return
				}
				eligible := 0
				for _, w := range d.workers {
					require.False(t, d.eligible(w) && w.Held == 0, "worker %d is idle", w.ID)
					if d.eligible(w) {
						eligible++
					}
				}
				require.False(t, eligible > 0 && eligible == len(d.workers), "all are eligible")
			},
		})
	})
}

// With T requests held, nobody holds more than ⌈c T w/Σw⌉, so a share is at most c w/Σw + 1/T; and what the others cannot
// take is left for it: at least 1 − Σ of their most.
func TestBoundedSharesFollowWeights(t *testing.T) {
	const held = 8000
	weights := []float64{1, 1, 2, 4}
	d := newCaller(t, "bounded-hash", 1)
	for _, w := range weights {
		d.enter(Worker{Weight: w})
	}
	d.picks(held)
	for id, w := range weights {
		share := float64(d.workers[id].Held) / held
		assert.LessOrEqual(t, share, 1.25*w/8+1.0/held, "worker %d", id)
		assert.GreaterOrEqual(t, share, 1-1.25*(8-w)/8-3.0/held, "worker %d", id)
	}
}
