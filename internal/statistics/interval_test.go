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

// The published limits are rounded to two decimals: by hand the squares of the distances from 7288.3 add up to 1818.1, so S = 14.21306 and
// S/√10 = 4.49456, and with t(0.975, 9) = 2.262157 the half-width is 10.16740.
func TestThePublishedIntervalIsFound(t *testing.T) {
	i, ok := statistics.MeanInterval([]float64{7299, 7280, 7285, 7296, 7283, 7303, 7286, 7255, 7301, 7295})
	require.True(t, ok)
	assert.InDelta(t, 7288.3, i.Mean, 1e-9)
	assert.InDelta(t, 7278.1326, i.Low, 1e-4)
	assert.InDelta(t, 7298.4674, i.High, 1e-4)
	assert.InDelta(t, 7278.13, i.Low, 0.005, "as it is published")
	assert.InDelta(t, 7298.47, i.High, 0.005, "as it is published")
	share, ok := i.Share()
	assert.True(t, ok)
	assert.InDelta(t, 10.16740/7288.3, share, 1e-8)
}

// n values 1, −1, 1, −1, … have mean 0 and S² = n/(n−1), so the half-width is t/√(n−1): the quantiles are those of the printed tables.
func TestTheQuantilesAreThoseOfTheTables(t *testing.T) {
	for _, row := range []struct {
		values   int
		level, t float64
	}{
		{2, 0.95, 12.7062}, {4, 0.95, 3.1824}, {10, 0.95, 2.2622}, {30, 0.95, 2.0452}, {100, 0.95, 1.9842}, {1000, 0.95, 1.9623},
		{10, 0.9, 1.8331}, {10, 0.99, 3.2498}, {2, 0.99, 63.6567}, {30, 0.999, 3.6594},
	} {
		values := make([]float64, row.values)
		for i := range values {
			values[i] = 1 - 2*float64(i%2)
		}
		i, ok := statistics.MeanIntervalAt(values, row.level)
		require.True(t, ok)
		assert.InDelta(t, row.t, i.HalfWidth()*math.Sqrt(float64(row.values-1)), 0.00006, "%+v", row)
	}
}

func TestWhereThereIsNoInterval(t *testing.T) {
	for says, values := range map[string][]float64{
		"no value":            nil,
		"one value":           {5},
		"not a number":        {1, math.NaN(), 3},
		"infinite":            {1, math.Inf(1)},
		"more than a float64": {-math.MaxFloat64, math.MaxFloat64},
	} {
		i, ok := statistics.MeanInterval(values)
		assert.False(t, ok, says)
		assert.False(t, math.IsNaN(i.Low) || math.IsNaN(i.High), says)
	}
	for _, level := range []float64{0, 1, -1, 95, math.NaN()} {
		assert.Panics(t, func() { statistics.MeanIntervalAt([]float64{1, 2}, level) }, "level %v", level)
	}
}

func TestEqualValuesHaveNoWidth(t *testing.T) {
	drawn.Check(t, func(t *rapid.T) {
		v := rapid.Float64Range(-1e9, 1e9).Draw(t, "value")
		values := make([]float64, rapid.IntRange(2, 50).Draw(t, "values"))
		for i := range values {
			values[i] = v
		}
		i, ok := statistics.MeanInterval(values)
		assert.True(t, ok)
		assert.Equal(t, statistics.Interval{Mean: v, Low: v, High: v}, i)
		assert.True(t, i.Within(0))
		assert.False(t, i.Known())
	})
}

func TestAShareIsOfTheSizeOfTheMean(t *testing.T) {
	for _, row := range []struct {
		says   string
		i      statistics.Interval
		share  float64
		known  bool
		within bool // 5 %
	}{
		{"half of the mean", statistics.Interval{Mean: 4, Low: 2, High: 6}, 0.5, true, false},
		{"of a negative mean", statistics.Interval{Mean: -4, Low: -6, High: -2}, 0.5, true, false},
		{"exactly what is wanted", statistics.Interval{Mean: 20, Low: 19, High: 21}, 0.05, true, true},
		{"narrow", statistics.Interval{Mean: 100, Low: 99, High: 101}, 0.01, true, true},
		{"of nothing, which is sure", statistics.Interval{}, 0, false, true},
		{"of a mean of zero, which is not sure", statistics.Interval{Low: -1, High: 1}, 0, false, false},
	} {
		share, ok := row.i.Share()
		assert.Equal(t, row.known, ok, row.says)
		assert.InDelta(t, row.share, share, 1e-15, row.says)
		assert.Equal(t, row.within, row.i.Within(0.05), row.says)
	}
}
