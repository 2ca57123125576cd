package strategy

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"waza/internal/drawn"
	"waza/internal/option"
)

// joinWeighing lets one worker join for each weight.
func joinWeighing(d *caller, weights ...float64) {
	for _, weight := range weights {
		w := d.join(1, 100)
		w.Weight = weight
		if d.ranker != nil {
			d.ranker.Changed(w)
		}
	}
}

// (pending + 1) / weight decides, and the tie rule where it is equal: 1/2 and 2/4, and 1/1, 2/2 and 4/4.
func TestWeightedLeastLoadedGoesByShare(t *testing.T) {
	rows := []struct {
		says string
		tie  Tie
		want []int
	}{
		{"ties by id: the heavier are before the lighter here", TieFirst, []int{0, 0, 1, 0, 0, 1, 2}},
		{"ties by turns: who has never been sent to is before the others", TieRoundRobin, []int{0, 1, 0, 0, 2, 1, 0}},
	}
	for _, row := range rows {
		t.Run(row.says, func(t *testing.T) {
			d := newCallerWith(t, "weighted-least-loaded", Parameters{Set: option.Values{"tie": row.tie}}, 1)
			joinWeighing(d, 4, 2, 1)
			assert.Equal(t, row.want, d.picks(7))
			assert.Equal(t, []int{4, 2, 1}, d.counts(), "in the proportion of the weights, whatever the ties")
		})
	}
}

func TestWeightedLeastLoadedRandomIsUniformOverTheTied(t *testing.T) {
	const seeds = 4000
	got := make([]float64, 4)
	for seed := range uint64(seeds) {
		d := newCallerWith(t, "weighted-least-loaded", Parameters{Set: option.Values{"tie": TieRandom}}, seed)
		joinWeighing(d, 1, 2, 3, 0.5)
		d.send(d.workers[1])
		d.send(d.workers[2])
		d.send(d.workers[2]) // 1/1, 2/2 and 3/3 are tied, 1/0.5 is more
		got[d.pick().ID]++
	}
	assert.Zero(t, got[3])
	equallyLikely(t, got[:3])
}

// Equal weights make no difference, whatever they are: pick by pick it is least-loaded. (Under TieRandom the same only
// in the long run, for it draws from the tied in the order in which they stand in the heap.)
func TestEqualWeightsAreLeastLoaded(t *testing.T) {
	drawn.Check(t, func(t *rapid.T) {
		p := Parameters{Set: option.Values{"tie": rapid.SampledFrom([]Tie{TieRoundRobin, TieFirst}).Draw(t, "tie")}}
		a, b := newCallerWith(t, "weighted-least-loaded", p, 1), newCallerWith(t, "least-loaded", p, 1)
		weight := rapid.Float64Range(0.01, 100).Draw(t, "weight")
		for range rapid.IntRange(1, 10).Draw(t, "workers") {
			joinWeighing(a, weight)
			b.join(1, 100)
		}
		samePicks(t, a, b)
	})
}

// samePicks lets both have the same requests sent and done, and requires that they pick the same workers.
func samePicks(t *rapid.T, a, b *caller) {
	for range rapid.IntRange(1, 50).Draw(t, "steps") {
		if busy := a.busy(); len(busy) > 0 && rapid.Bool().Draw(t, "done") {
			id := rapid.SampledFrom(busy).Draw(t, "worker").ID
			a.done(a.workers[id])
			b.done(b.workers[id])
			continue
		}
		require.Equal(t, b.picks(1), a.picks(1))
	}
}

// 6/0.6, 5/0.5 and 7/0.7 are tied, each with each, though not all products of these floating-point numbers are equal.
func TestSharesThatAreEqualAreTied(t *testing.T) {
	for _, w := range []*Worker{{Pending: 5, Weight: 0.6}, {Pending: 4, Weight: 0.5}, {Pending: 6, Weight: 0.7}} {
		assert.Equal(t, 10.0, share(w), "%d/%g", w.Pending+1, w.Weight)
	}
}
