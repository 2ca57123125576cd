package strategy

import (
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"waza/internal/drawn"
	"waza/internal/option"
)

func TestBoundedPullGivesToWhoHoldsTheFewest(t *testing.T) {
	d := newCallerWith(t, "bounded-pull", Parameters{Set: option.Values{"bound": 2}}, 1)
	for range 3 {
		d.join(1, 100)
	}
	assert.Equal(t, []int{0, 1, 2, 0, 1, 2, -1}, d.picks(7), "by turns, until all hold two")
	d.done(d.workers[2])
	d.done(d.workers[1])
	d.done(d.workers[1])
	assert.Equal(t, []int{1, 2, 1, -1}, d.picks(4), "1 holds none, then one as 2 does, which was sent to longer ago")
	d.done(d.workers[0])
	d.barred = []int{0}
	assert.Equal(t, []int{-1}, d.picks(1))
}

func TestBoundedPullNeverHoldsMoreThanTheBound(t *testing.T) {
	drawn.Check(t, func(t *rapid.T) {
		k := rapid.IntRange(1, 4).Draw(t, "bound")
		d := newCallerWith(t, "bounded-pull", Parameters{Set: option.Values{"bound": k}}, 1)
		for range rapid.IntRange(1, 6).Draw(t, "workers") {
			d.join(1, rapid.IntRange(1, 6).Draw(t, "limit"))
		}
		t.Repeat(map[string]func(*rapid.T){
			"send": func(t *rapid.T) { d.picks(1) },
			"done": func(t *rapid.T) { d.done(anyOf(t, d.busy())) },
			"":     func(t *rapid.T) { require.LessOrEqual(t, slices.Max(d.counts()), k) },
		})
	})
}

// k = ∞: pick by pick it is least-loaded.
func TestBoundedPullWithoutABoundIsLeastLoaded(t *testing.T) {
	drawn.Check(t, func(t *rapid.T) {
		p := Parameters{Set: option.Values{"bound": math.MaxInt}}
		a, b := newCallerWith(t, "bounded-pull", p, 1), newCallerWith(t, "least-loaded", p, 1)
		for range rapid.IntRange(1, 8).Draw(t, "workers") {
			limit := rapid.IntRange(1, 6).Draw(t, "limit")
			a.join(1, limit)
			b.join(1, limit)
		}
		samePicks(t, a, b)
	})
}

// k = concurrency: the work belongs to the request and the workers are equal, so whoever serves it, each request begins
// at the same instant as under pull. (Who serves it may differ: pull goes by slots and by when they became free.)
func TestBoundedPullOfTheConcurrencyIsPull(t *testing.T) {
	drawn.Check(t, func(t *rapid.T) {
		slots, workers := rapid.IntRange(1, 3).Draw(t, "slots"), rapid.IntRange(1, 5).Draw(t, "workers")
		gaps := rapid.SliceOfN(rapid.IntRange(0, 5), 1, 60).Draw(t, "gaps")
		works := rapid.SliceOfN(rapid.IntRange(1, 20), len(gaps), len(gaps)).Draw(t, "works")
		begin := func(name string) []int {
			d := newCallerWith(t, name, Parameters{Set: option.Values{"bound": slots}}, 1)
			for range workers {
				d.join(slots, slots+5)
			}
			return begins(d, gaps, works)
		}
		require.Equal(t, begin("pull"), begin("bounded-pull"))
	})
}

// begins serves requests, which come with these gaps between them, from one central queue. Nobody is given more than it
// has slots, so a service begins when its request is sent; begins returns when. The instants are units of some time.
func begins(d *caller, gaps, works []int) []int {
	type service struct {
		end    int
		worker *Worker
	}
	var out []service // the earliest end first
	var began []int
	arrival, now := 0, 0
	for i := range gaps {
		arrival += gaps[i]
		now = max(now, arrival)
		w := d.pick()
		for len(out) > 0 && (out[0].end <= now || w == nil) {
			now = max(now, out[0].end)
			d.done(out[0].worker)
			out, w = out[1:], d.pick()
		}
		began = append(began, now)
		d.send(w)
		out = append(out, service{now + works[i], w})
		slices.SortStableFunc(out, func(a, b service) int { return a.end - b.end })
	}
	return began
}
