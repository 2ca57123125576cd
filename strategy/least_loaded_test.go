package strategy

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"
	"pgregory.net/rapid"

	"waza/internal/drawn"
	"waza/internal/option"
)

// Ties by turns: the one that was sent to longest ago.
func TestLeastLoadedTakesTurnsAmongEquals(t *testing.T) {
	d := newCallerWith(t, "least-loaded", Parameters{Set: option.Values{"tie": TieRoundRobin}}, 1)
	for range 3 {
		d.join(1, 2)
	}
	assert.Equal(t, []int{0, 1, 2, 0, 1, 2, -1}, d.picks(7), "those never sent to come by id, then all by turns, then all are full")
	d.done(d.workers[1])
	d.done(d.workers[0])
	assert.Equal(t, []int{0, 1, -1}, d.picks(3), "it counts who was sent to first, not who was done first")
	d.done(d.workers[1])
	d.done(d.workers[1])
	d.done(d.workers[2])
	assert.Equal(t, []int{1, 2, 1, -1}, d.picks(4), "fewer pending goes before any turn")
}

func TestLeastLoadedFirstPrefersTheLowestID(t *testing.T) {
	d := newCallerWith(t, "least-loaded", Parameters{Set: option.Values{"tie": TieFirst}}, 1)
	for range 3 {
		d.join(1, 2)
	}
	for range 5 {
		assert.Equal(t, []int{0}, d.picks(1), "as long as it is idle when asked")
		d.done(d.workers[0])
	}
	assert.Equal(t, []int{0, 1, 2, 0, 1, 2, -1}, d.picks(7))
}

// Ties at random: four of five are tied, and over so many seeds each wins as often as the others.
func TestLeastLoadedRandomIsUniformOverTheTied(t *testing.T) {
	const seeds = 4000
	got := make([]float64, 5)
	for seed := range uint64(seeds) {
		d := newCallerWith(t, "least-loaded", Parameters{Set: option.Values{"tie": TieRandom}}, seed)
		for range 5 {
			d.join(1, 2)
		}
		d.send(d.workers[2]) // it has more than the others
		got[d.pick().ID]++
	}
	assert.Zero(t, got[2])
	equallyLikely(t, []float64{got[0], got[1], got[3], got[4]})
}

// equallyLikely is Pearson's chi-square test. Under equal chances its statistic follows a chi-square distribution with
// one degree of freedom less than there are cells, and comes out as bad as is allowed here once in a million times.
func equallyLikely(t *testing.T, counts []float64) {
	t.Helper()
	equal := make([]float64, len(counts))
	for i := range equal {
		equal[i] = 1
	}
	asLikelyAs(t, equal, counts)
}

// asLikelyAs is the same for chances in the proportion of the weights.
func asLikelyAs(t *testing.T, weights, counts []float64) {
	t.Helper()
	var weight, all float64
	for i := range counts {
		weight += weights[i]
		all += counts[i]
	}
	expected := make([]float64, len(counts))
	for i := range expected {
		expected[i] = all * weights[i] / weight
	}
	chance := distuv.ChiSquared{K: float64(len(counts) - 1)}.Survival(stat.ChiSquare(counts, expected))
	assert.Greater(t, chance, 1e-6, "counted %v, expected %v", counts, expected)
}

// Full and barred workers stay in the heap and are passed over; of the others it is always one with the fewest pending,
// under any tie rule, and with the most for the negative control.
func TestLoadDecidesAmongTheEligible(t *testing.T) {
	rows := []struct {
		says   string
		name   string
		tie    Tie
		better func(a, b int) bool
	}{
		{"ties by turns", "least-loaded", TieRoundRobin, func(a, b int) bool { return a < b }},
		{"ties by id", "least-loaded", TieFirst, func(a, b int) bool { return a < b }},
		{"ties at random", "least-loaded", TieRandom, func(a, b int) bool { return a < b }},
		{"the other way round", "most-loaded", 0, func(a, b int) bool { return a > b }},
	}
	for _, row := range rows {
		t.Run(row.says, func(t *testing.T) {
			drawn.Check(t, func(t *rapid.T) {
				d := newCallerWith(t, row.name, Parameters{Set: option.Values{"tie": row.tie}}, 1)
				for range rapid.IntRange(1, 20).Draw(t, "workers") {
					w := d.join(1, rapid.IntRange(1, 6).Draw(t, "limit"))
					for range rapid.IntRange(0, w.Limit).Draw(t, "pending") {
						d.send(w)
					}
				}
				d.barred = rapid.SliceOfN(rapid.IntRange(0, 19), 0, 5).Draw(t, "barred")
				for range 10 { // a rule that draws might be lucky once
					best := d.pick()
					for _, w := range d.workers {
						require.False(t, d.eligible(w) && row.better(w.Pending, best.Pending),
							"worker %d has %d pending", w.ID, w.Pending)
					}
				}
			})
		})
	}
}
