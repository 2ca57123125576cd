package strategy

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"waza/internal/drawn"
	"waza/internal/option"
	"waza/requester"
)

// A weight is a share, in whatever unit: the same weights times any factor lead to the same picks, whoever comes and goes.
func TestPicksDoNotDependOnTheUnitOfWeights(t *testing.T) {
	forEach(t, func(t *testing.T, name string) {
		if kind, _ := Find(name); !kind.Heeds("weights") {
			return
		}
		drawn.Check(t, func(t *rapid.T) {
			factor := rapid.OneOf(rapid.SampledFrom([]float64{0.001, 0.1, 0.3, 7, 1000}), rapid.Float64Range(1e-6, 1e6)).Draw(t, "factor")
			balancer := rapid.IntRange(0, 1).Draw(t, "balancer")
			p := defaults()
			p.Set["table-size"], p.Set["ring-points"] = 251, rapid.IntRange(1, 40).Draw(t, "points")
			p.Balancer, p.Balancers = balancer, 2
			one, other := newCallerWith(t, name, p, 1), newCallerWith(t, name, p, 1)
			enter := func(t *rapid.T) {
				w := Worker{Weight: rapid.SampledFrom([]float64{0.1, 0.3, 0.6, 0.7, 1, 1, 2, 3, 5, 7}).Draw(t, "weight"), Limit: 20}
				one.enter(w)
				w.Weight *= factor
				other.enter(w)
			}
			for range 4 {
				enter(t)
			}
			t.Repeat(map[string]func(*rapid.T){
				"enter": enter,
				"leave": func(t *rapid.T) {
					if len(one.workers) > 1 {
						at := rapid.IntRange(0, len(one.workers)-1).Draw(t, "who")
						one.leave(one.workers[at])
						other.leave(other.workers[at])
					}
				},
				"send": func(t *rapid.T) {
					want, got := one.pick(), other.pick()
					require.Equal(t, want == nil, got == nil)
					if want != nil {
						require.Equal(t, want.ID, got.ID)
						one.send(want)
						other.send(got)
					}
				},
				"done": func(t *rapid.T) {
					if busy := one.busy(); len(busy) > 0 {
						at := rapid.IntRange(0, len(busy)-1).Draw(t, "who")
						one.done(busy[at])
						other.done(other.busy()[at])
					}
				},
			})
		})
	})
}

// Turns of unequal weights go on as they have begun, also where weights are no sums of powers of two: 1,000 picks are 100 times the
// first ten.
func TestErrorsOfRoundingTurnNoTurn(t *testing.T) {
	for _, unit := range []float64{1, 0.1, 0.001, 1.0 / 3} {
		d := newCaller(t, "weighted-round-robin", 1)
		joinWeighing(d, 1*unit, 1*unit, 3*unit, 5*unit)
		for _, w := range d.workers {
			w.Limit = math.MaxInt
		}
		first := d.picks(10)
		for range 99 {
			require.Equal(t, first, d.picks(10), "in units of %g", unit)
		}
	}
}

// On a ring of N points a share p varies by √(p(1 − p)/(N + 1)), and K = 100,000 keys as draws add √(p(1 − p)/K). Four are allowed.
func TestSharesOnTheRingAreRatiosOfWeights(t *testing.T) {
	const keys = 100_000
	rows := []struct {
		says    string
		weights []float64
		first   float64 // share of the workers of the first weight
		points  float64 // on the whole ring
	}{
		{"of the issue: it was 28.5 %", []float64{0.001, 0.001, 0.001, 0.001, 0.001, 0.009, 0.009, 0.009, 0.009, 0.009}, 0.1, 1600},
		{"the same, in another unit", []float64{1, 1, 1, 1, 1, 9, 9, 9, 9, 9}, 0.1, 1600},
		{"the greatest that there are", []float64{1000, 1000, 250, 250}, 0.8, 640},
		{"one in a hundred: ten points for it, and a thousand for the other", []float64{1, 100}, 1.0 / 101, 1010},
		{"all equal", []float64{0.001, 0.001}, 1, 320},
	}
	for _, row := range rows {
		for _, name := range []string{"ring-hash", "bounded-hash"} {
			t.Run(name+": "+row.says, func(t *testing.T) {
				d, got := newCaller(t, name, 1), 0.0
				for _, w := range row.weights {
					d.enter(Worker{Weight: w})
				}
				for _, owner := range d.owners(keys) {
					if row.weights[owner] == row.weights[0] {
						got++
					}
				}
				p := row.first
				assert.InDelta(t, p, got/keys, 4*math.Sqrt(p*(1-p)*(1.0/keys+1/(row.points+1))))
				assert.Equal(t, row.points, RingSize(RingPoints.In(nil), row.weights), "as the limit counts them")
				assert.Len(t, pointsOn(d.strategy), int(row.points))
			})
		}
	}
}

func pointsOn(s Strategy) []point {
	if bounded, ok := s.(*boundedHash); ok {
		return bounded.points
	}
	return s.(*ringHash).points
}

// Points follow the weights that there were at the first pick. Were they counted anew after each change of members, the mean
// weight would move points, and so keys, of all.
func TestWhoComesAndGoesMovesNoPointOfOthers(t *testing.T) {
	d := newCallerWith(t, "ring-hash", defaults(), 1)
	for _, weight := range []float64{1, 1, 9, 9} {
		d.enter(Worker{Weight: weight})
	}
	before := d.owners(10_000)
	heavy := d.workers[3]
	d.leave(heavy)
	for key, owner := range d.owners(10_000) {
		require.True(t, owner == before[key] || before[key] == 3)
	}
	d.comeBack(heavy)
	assert.Equal(t, before, d.owners(10_000))
	d.enter(Worker{Weight: 20})
	for key, owner := range d.owners(10_000) {
		require.True(t, owner == before[key] || owner == 4)
	}
	d.enter(Worker{Weight: 0.01}) // it would have had a third of a point
	d.ask(requester.Request{})
	owned := 0
	for _, p := range pointsOn(d.strategy) {
		if p.owner() == 5 {
			owned++
		}
	}
	assert.Equal(t, 10, owned)
}

// Where a quotient is a whole number in one unit it is in another.
func TestBoundsDoNotDependOnTheUnitOfWeights(t *testing.T) {
	for _, unit := range []float64{1, 0.1, 0.3, 0.7, 1e-3} {
		p := defaults()
		p.Set = option.Values{"hash-balance": 1.25}
		d := newCallerWith(t, "bounded-hash", p, 1)
		for range 10 {
			d.enter(Worker{Weight: unit})
		}
		d.picks(7)
		d.ask(requester.Request{})
		assert.Equal(t, 1, d.strategy.(*boundedHash).bound(d.workers[0]), "1.25 · 8 / 10, in units of %g", unit)
	}
}
