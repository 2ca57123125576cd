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

// The differences are −1, −2, −3: mean −2, S = 1, t(0.975, 2) = 4.302653, half-width 4.302653/√3 = 2.484138. What the replications have in
// common, here hundreds, does not widen it.
func TestADifferenceIsPaired(t *testing.T) {
	a, b := []float64{100, 300, 500}, []float64{101, 302, 503}
	i, ok := statistics.Difference(a, b)
	require.True(t, ok)
	assert.InDelta(t, -2, i.Mean, 1e-12)
	assert.InDelta(t, -4.484138, i.Low, 1e-5)
	assert.InDelta(t, 0.484138, i.High, 1e-5)
	alone, _ := statistics.MeanInterval(a)
	assert.Less(t, i.HalfWidth(), alone.HalfWidth()/100)
	i, _ = statistics.DifferenceAt(a, b, 0.9) // t(0.95, 2) = 2.919986
	assert.InDelta(t, -2+1.685855, i.High, 1e-5)
	assert.Panics(t, func() { statistics.Difference(a, b[1:]) })
	assert.Panics(t, func() { statistics.Ratio(a, b[1:]) })
}

func TestAVerdictNeedsAnIntervalWithoutZero(t *testing.T) {
	for _, row := range []struct {
		low, high float64
		verdict   statistics.Verdict
		words     string
	}{
		{-3, -1, statistics.Better, "better"},
		{1, 3, statistics.Worse, "worse"},
		{-1, 3, statistics.Indistinguishable, "not distinguishable"},
		{-1, 0, statistics.Indistinguishable, "not distinguishable"},
		{0, 0, statistics.Indistinguishable, "not distinguishable"},
		{-1, -1, statistics.Better, "better"},
	} {
		v := statistics.Judge(statistics.Interval{Mean: (row.low + row.high) / 2, Low: row.low, High: row.high})
		assert.Equal(t, row.verdict, v, "%+v", row)
		assert.Equal(t, row.words, v.String())
	}
}

// Over a constant baseline the interval is that of the mean, divided: 4 ± 2.484138 over 2. Over a constant above it, its limits are those
// of the mean, inverted.
func TestARatioOfAConstant(t *testing.T) {
	a, b := []float64{4, 3, 5}, []float64{2, 2, 2}
	i, ok := statistics.Ratio(a, b)
	require.True(t, ok)
	assert.InDelta(t, 2, i.Mean, 1e-12)
	assert.InDelta(t, 1.515862/2, i.Low, 1e-6)
	assert.InDelta(t, 6.484138/2, i.High, 1e-6)
	i, ok = statistics.Ratio(b, a)
	require.True(t, ok)
	assert.InDelta(t, 0.5, i.Mean, 1e-12)
	assert.InDelta(t, 2/6.484138, i.Low, 1e-6)
	assert.InDelta(t, 2/1.515862, i.High, 1e-6)
}

func TestWhereThereIsNoRatio(t *testing.T) {
	good := []float64{1, 2, 3}
	for says, bad := range map[string][]float64{
		"a zero":          {1, 0, 3},
		"a negative":      {1, -2, 3},
		"not a number":    {1, math.NaN(), 3},
		"an infinite one": {1, math.Inf(1), 3},
	} {
		_, ok := statistics.Ratio(bad, good)
		assert.False(t, ok, says)
		_, ok = statistics.Ratio(good, bad)
		assert.False(t, ok, says)
	}
	_, ok := statistics.Ratio([]float64{1}, []float64{2})
	assert.False(t, ok, "one value")
	_, ok = statistics.Ratio([]float64{1, 1, 1}, []float64{1, 100, 1})
	assert.False(t, ok, "a baseline that may be anything")
	i, ok := statistics.Ratio([]float64{1, 100, 1}, []float64{1, 1, 1})
	assert.True(t, ok, "over a sure baseline")
	assert.Zero(t, i.Low, "a ratio of positive means is not negative")
}

// At a limit θ the paired interval of a − θb ends at zero: that is Fieller's definition. And 1 lies between the limits exactly when zero
// lies in the interval of the difference.
func TestARatioAgreesWithTheDifference(t *testing.T) {
	bounded, different := 0, 0
	drawn.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 20).Draw(t, "values")
		values := rapid.SliceOfN(rapid.Float64Range(1, 3), n, n)
		a, b := values.Draw(t, "a"), values.Draw(t, "b")
		if rapid.Bool().Draw(t, "far apart") { // else few would be told apart
			for j := range a {
				a[j] += 10
			}
		}
		i, ok := statistics.Ratio(a, b)
		if !ok {
			return
		}
		bounded++
		difference, _ := statistics.Difference(a, b)
		if min(math.Abs(difference.Low), math.Abs(difference.High)) > 1e-9 { // not just at the limit
			assert.Equal(t, difference.Covers(0), i.Covers(1), "%+v and %+v", difference, i)
		}
		if !difference.Covers(0) {
			different++
		}
		for _, limit := range []float64{i.Low, i.High} {
			scaled := make([]float64, n)
			for j := range b {
				scaled[j] = limit * b[j]
			}
			at, _ := statistics.Difference(a, scaled)
			if limit > 0 {
				assert.InDelta(t, 0, min(math.Abs(at.Low), math.Abs(at.High)), 1e-6*(1+limit))
			}
		}
	})
	assert.Positive(t, bounded)
	assert.Positive(t, different)
}

func TestAStrategyIsAsGoodAsItself(t *testing.T) {
	drawn.Check(t, func(t *rapid.T) {
		a := rapid.SliceOfN(rapid.Float64Range(10, 11), 3, 20).Draw(t, "a")
		i, ok := statistics.Difference(a, a)
		assert.True(t, ok)
		assert.Equal(t, statistics.Interval{}, i)
		i, ok = statistics.Ratio(a, a)
		assert.True(t, ok)
		assert.Equal(t, statistics.Interval{Mean: 1, Low: 1, High: 1}, i)
	})
}
