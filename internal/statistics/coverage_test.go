package statistics_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"

	"waza/internal/statistics"
)

// experiments is how many are played: what is allowed goes with the root of it, and is twice as much in the short form.
func experiments() int {
	if testing.Short() {
		return 2500
	}
	return 10_000
}

// count plays the experiments, and allows four standard errors of how many of them come true.
func count(t *testing.T, p float64, comesTrue func(*rand.Rand) bool) {
	t.Helper()
	random := rand.New(rand.NewPCG(1, 2))
	n, all := 0, float64(experiments())
	for range experiments() {
		if comesTrue(random) {
			n++
		}
	}
	se := math.Sqrt(p * (1 - p) / all)
	assert.InDelta(t, p, float64(n)/all, 4*se, "%d of %g, standard error %.4f", n, all, se)
}

func values(n int, draw func() float64) []float64 {
	all := make([]float64, n)
	for i := range all {
		all[i] = draw()
	}
	return all
}

// covers tells whether there is an interval, with the truth in it.
func covers(truth float64) func(statistics.Interval, bool) bool {
	return func(i statistics.Interval, ok bool) bool { return ok && i.Covers(truth) }
}

func TestNormalValuesAreCovered(t *testing.T) {
	for _, n := range []int{2, 5, 10, 40} {
		for _, level := range []float64{0.8, 0.95} {
			count(t, level, func(random *rand.Rand) bool {
				return covers(7)(statistics.MeanIntervalAt(values(n, func() float64 { return 7 + 3*random.NormFloat64() }), level))
			})
		}
	}
}

// Two exponentials have a sum s of density s·e^−s, and their distance is uniform in [0, s], so the interval with t = t(0.975, 1) covers the
// mean of 1 unless that distance is less than |s − 2|/t: with s₀ = 2/(1+t), in a share of
// (1+s₀)·e^−s₀ − (2e^−2 + (1−s₀)·e^−s₀)/t = 0.9110 of the experiments. What is not normal is covered less often, and this is how much less.
func TestTwoExponentialsAreCoveredAsOftenAsIsKnown(t *testing.T) {
	const quantile = 12.7062
	s := 2 / (1 + quantile)
	known := (1+s)*math.Exp(-s) - (2*math.Exp(-2)+(1-s)*math.Exp(-s))/quantile
	assert.InDelta(t, 0.9110, known, 0.0001)
	count(t, known, func(random *rand.Rand) bool { return covers(1)(statistics.MeanInterval(values(2, random.ExpFloat64))) })
}

// A replication gives the mean of 200 exponentials, as a run gives the mean of its requests: that is nearly normal. What is
// lost for their skewness γ is less than γ²/n, here 0.02/10, and so less than one standard error, 0.0022.
func TestMeansOfExponentialsAreCovered(t *testing.T) {
	count(t, 0.95, func(random *rand.Rand) bool {
		return covers(1)(statistics.MeanInterval(values(10, func() float64 {
			sum := 0.0
			for range 200 {
				sum += random.ExpFloat64()
			}
			return sum / 200
		})))
	})
}

// pair draws two normal values with means 12 and 10 and a correlation of 0.8.
func pair(random *rand.Rand) (a, b float64) {
	common := random.NormFloat64()
	return 12 + 2*(0.8*common+0.6*random.NormFloat64()), 10 + common
}

func TestDifferencesAndRatiosAreCovered(t *testing.T) {
	draw := func(random *rand.Rand) (a, b []float64) {
		a, b = make([]float64, 10), make([]float64, 10)
		for i := range a {
			a[i], b[i] = pair(random)
		}
		return a, b
	}
	count(t, 0.95, func(random *rand.Rand) bool { return covers(2)(statistics.Difference(draw(random))) })
	count(t, 0.95, func(random *rand.Rand) bool { return covers(1.2)(statistics.Ratio(draw(random))) })
}

// Of k strategies one is best and the others equal it, with a common part in each replication. By Bonferroni a best one goes in at
// most 5 %; two are a single one-sided test, so there it is 5 % exactly.
func TestATrueBestIsSeldomExcluded(t *testing.T) {
	for _, k := range []int{2, 3, 8} {
		random := rand.New(rand.NewPCG(3, uint64(k)))
		lost, all := 0, float64(experiments())
		for range experiments() {
			values := make([][]float64, k)
			for range 10 {
				common := random.NormFloat64()
				for i := range values {
					values[i] = append(values[i], common+random.NormFloat64())
				}
			}
			if stay, ok := statistics.Best(values); !ok || stay[0] != 0 {
				lost++
			}
		}
		se := math.Sqrt(0.05 * 0.95 / all)
		share := float64(lost) / all
		assert.LessOrEqual(t, share, 0.05+4*se, "%d strategies", k)
		if k == 2 {
			assert.GreaterOrEqual(t, share, 0.05-4*se)
		}
		t.Logf("%d strategies: a best one is excluded in %.4f, standard error %.4f", k, share, se)
	}
}
