package statistics_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"waza/internal/drawn"
	"waza/internal/statistics"
)

// With three strategies and three replications the limit is t(0.975, 2)/√3 = 4.302653/1.732051 = 2.484138 standard deviations of the
// difference, which are 1 here; with two strategies it is t(0.95, 2)/√3 = 1.685855, and with four t(1 − 0.05/3, 2)/√3 = 3.0827,
// where t(p, 2) = (2p − 1)/√(2p(1 − p)).
func TestWhoStaysAmongTheBest(t *testing.T) {
	best, behind := []float64{10, 20, 30}, func(by float64) []float64 { return []float64{10 + by - 1, 20 + by, 30 + by + 1} }
	far := []float64{110, 120, 130} // exactly 100 behind
	for _, row := range []struct {
		says   string
		values [][]float64
		stay   []int
	}{
		{"one is its own best", [][]float64{best}, []int{0}},
		{"two, within the limit", [][]float64{behind(1.68), best}, []int{0, 1}},
		{"two, past the limit", [][]float64{behind(1.69), best}, []int{1}},
		{"three, within the limit", [][]float64{best, behind(2.48), far}, []int{0, 1}},
		{"three, past the limit", [][]float64{best, behind(2.49), far}, []int{0}},
		{"four, within the limit", [][]float64{far, best, behind(3.08), far}, []int{1, 2}},
		{"four, past the limit", [][]float64{far, best, behind(3.09), far}, []int{1}},
		{"equals stay, a sure nanosecond is enough to go", [][]float64{best, best, {10 + 1e-9, 20 + 1e-9, 30 + 1e-9}}, []int{0, 1}},
	} {
		stay, ok := statistics.Best(row.values)
		require.True(t, ok, row.says)
		assert.Equal(t, row.stay, stay, row.says)
	}
	stay, ok := statistics.BestAt([][]float64{best, behind(2.48), far}, 0.9) // as two strategies at 95 %
	assert.True(t, ok)
	assert.Equal(t, []int{0}, stay)
}

func TestWhereTheBestCannotBeTold(t *testing.T) {
	for says, values := range map[string][][]float64{
		"no strategy":     nil,
		"no replication":  {{}, {}},
		"one replication": {{1}, {2}},
		"not a number":    {{1, 2}, {1, math.NaN()}},
	} {
		_, ok := statistics.Best(values)
		assert.False(t, ok, says)
	}
	assert.Panics(t, func() { statistics.Best([][]float64{{1, 2}, {1, 2, 3}}) })
}

func TestTheSmallestMeanStays(t *testing.T) {
	drawn.Check(t, func(t *rapid.T) {
		k, n := rapid.IntRange(1, 29).Draw(t, "strategies"), rapid.IntRange(2, 20).Draw(t, "replications")
		whole := rapid.Map(rapid.IntRange(0, 1000), func(v int) float64 { return float64(v) }) // sums of them are exact
		values := rapid.SliceOfN(rapid.SliceOfN(whole, n, n), k, k).Draw(t, "values")
		least, smallest := 0, math.Inf(1)
		for i, row := range values {
			sum := 0.0
			for _, v := range row {
				sum += v
			}
			if sum < smallest {
				least, smallest = i, sum
			}
		}
		stay, ok := statistics.Best(values)
		assert.True(t, ok)
		assert.Contains(t, stay, least)
	})
}
