package statistics_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"waza/internal/drawn"
	"waza/internal/statistics"
)

// batches makes five observations of each mean, which are not equal.
func batches(means ...float64) []float64 {
	var series []float64
	for _, m := range means {
		series = append(series, m-2, m+1, m, m+3, m-2)
	}
	return series
}

func TestWhereATransientEnds(t *testing.T) {
	for _, row := range []struct {
		says   string
		series []float64
		cut    statistics.Truncation
	}{
		// By hand: 60.92/12² = 0.423 without a cut, 13.64/11² = 0.113 for d = 1, 2.5/10² = 0.0250 for d = 2, 2.222/9² = 0.0274 for
		// d = 3, 2/8² = 0.0313 for d = 4, and it grows on.
		{"two batches of transient", batches(9, 5, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2), statistics.Truncation{Observations: 10}},
		{"no transient", batches(1, 2, 1, 2, 1, 2, 1, 2, 1, 2), statistics.Truncation{}},
		{"all equal: of equal cuts the first", batches(3, 3, 3, 3, 3, 3, 3, 3, 3, 3), statistics.Truncation{}},
		{"a trend has no end", batches(10, 9, 8, 7, 6, 5, 4, 3, 2, 1), statistics.Truncation{Observations: 25, AtLimit: true}},
		// By hand: 154.9/11² = 1.28 without a cut, and 0.833/6² = 0.023 for d = 5, the last that is tried.
		{"what is quiet only at the end cuts half", batches(9, 0, 9, 0, 9, 0, 1, 1, 1, 1, 1), statistics.Truncation{Observations: 25, AtLimit: true}},
		{"what fills no batch is not looked at", append(batches(9, 5, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2), 1e6, 1e6, 1e6, 1e6), statistics.Truncation{Observations: 10}},
	} {
		cut, ok := statistics.MSER5(row.series)
		require.True(t, ok, row.says)
		assert.Equal(t, row.cut, cut, row.says)
	}
}

func TestWhereNoTransientIsTold(t *testing.T) {
	_, ok := statistics.MSER5(make([]float64, 49))
	assert.False(t, ok, "too short")
	series := make([]float64, 50)
	_, ok = statistics.MSER5(series)
	assert.True(t, ok)
	series[7] = math.NaN()
	_, ok = statistics.MSER5(series)
	assert.False(t, ok, "not a number")
}

// plain is the rule as it is written, for each cut from the start.
func plain(series []float64) int {
	var z []float64
	for i := 0; i+5 <= len(series); i += 5 {
		z = append(z, (series[i]+series[i+1]+series[i+2]+series[i+3]+series[i+4])/5)
	}
	best, least := 0, math.Inf(1)
	for d := 0; d <= len(z)/2; d++ {
		mean, squares, n := 0.0, 0.0, float64(len(z)-d)
		for _, v := range z[d:] {
			mean += v / n
		}
		for _, v := range z[d:] {
			squares += (v - mean) * (v - mean)
		}
		if squares/n/n < least {
			best, least = d, squares/n/n
		}
	}
	return 5 * best
}

func TestOnePassIsTheRuleAsWritten(t *testing.T) {
	drawn.Check(t, func(t *rapid.T) {
		series := rapid.SliceOfN(rapid.Float64Range(0, 1000), 50, 300).Draw(t, "series")
		cut, ok := statistics.MSER5(series)
		assert.True(t, ok)
		if want := plain(series); cut.Observations != want { // only where two cuts are as good as equal
			assert.InDelta(t, standardError2(series, want), standardError2(series, cut.Observations), 1e-9)
		}
		assert.LessOrEqual(t, 2*cut.Observations, len(series))
	})
}

func standardError2(series []float64, from int) float64 {
	var z []float64
	for i := from; i+5 <= len(series); i += 5 {
		z = append(z, (series[i]+series[i+1]+series[i+2]+series[i+3]+series[i+4])/5)
	}
	mean, squares, n := 0.0, 0.0, float64(len(z))
	for _, v := range z {
		mean += v / n
	}
	for _, v := range z {
		squares += (v - mean) * (v - mean)
	}
	return squares / n / n
}

// A transient b(i) = 10·e^(−i/100) lies on noise of standard deviation 1 around 5. The expected error of what is left is least where b²
// has fallen to the variance of a batch mean, 1/5 (the derivative of (A(n−d) + Σb²)/(n−d)² is zero at b² ≈ A): at i = 100·ln(10·√5) = 311.
// There the transient leaves a bias of 1000·e^(−3.11)/4689 = 0.0095 in the mean, of 0.2 without a cut. Allowed are four standard errors
// over 400 series, of 1/√4700/20 for the bias, and a tenth of what is expected, because the error of one series is least where noise
// lets it be.
func TestASyntheticTransientIsCut(t *testing.T) {
	const length, runs = 5000, 400
	random := rand.New(rand.NewPCG(5, 6))
	var biases, cuts []float64
	for range runs {
		series := make([]float64, length)
		for i := range series {
			series[i] = 5 + 10*math.Exp(-float64(i)/100) + random.NormFloat64()
		}
		cut, ok := statistics.MSER5(series)
		require.True(t, ok)
		mean, _ := statistics.MeanInterval(series[cut.Observations:])
		biases, cuts = append(biases, mean.Mean-5), append(cuts, float64(cut.Observations))
	}
	bias, _ := statistics.MeanInterval(biases)
	cut, _ := statistics.MeanInterval(cuts)
	t.Logf("cut at %.0f ± %.0f, bias %.4f ± %.4f", cut.Mean, cut.HalfWidth(), bias.Mean, bias.HalfWidth())
	assert.InDelta(t, 311, cut.Mean, 2*cut.HalfWidth()+31)
	assert.InDelta(t, 0.0095, bias.Mean, 4/math.Sqrt(4700)/20+0.001)
}
