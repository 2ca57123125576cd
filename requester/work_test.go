package requester

import (
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gonum.org/v1/gonum/stat"
)

const ms = time.Millisecond

// pareto is BoundedPareto where the test knows that it exists.
func pareto(t testing.TB, mean time.Duration, alpha float64, max time.Duration) Distribution {
	d, err := BoundedPareto(mean, alpha, max)
	require.NoError(t, err)
	return d
}

// distributions returns one row for each kind, and the awkward ends of some.
func distributions(t testing.TB) map[string]struct {
	Distribution
	mean, low, high time.Duration
} {
	type row = struct {
		Distribution
		mean, low, high time.Duration
	}
	return map[string]row{
		"a constant is itself":                         {Constant(10 * ms), 10 * ms, 10 * ms, 10 * ms},
		"nothing is a constant too":                    {Constant(0), 0, 0, 0},
		"exponential work has no upper end":            {Exponential(10 * ms), 10 * ms, 0, LongestDraw},
		"uniform work stays between its ends":          {Uniform(5*ms, 15*ms), 10 * ms, 5 * ms, 15 * ms},
		"uniform work may start at nothing":            {Uniform(0, 2*ms), ms, 0, 2 * ms},
		"a narrow lognormal":                           {Lognormal(10*ms, 0.1), 10 * ms, 0, LongestDraw},
		"a wide lognormal":                             {Lognormal(10*ms, 2), 10 * ms, 0, LongestDraw},
		"a light Pareto tail":                          {pareto(t, 10*ms, 3, 10*time.Second), 10 * ms, 0, 10 * time.Second},
		"a heavy Pareto tail, bounded":                 {pareto(t, 10*ms, 1.5, 10*time.Second), 10 * ms, 0, 10 * time.Second},
		"the heaviest Pareto tail":                     {pareto(t, 10*ms, 1.000001, time.Second), 10 * ms, 0, time.Second},
		"a Pareto whose mean is close to its bound":    {pareto(t, 999*ms, 1.5, time.Second), 999 * ms, 0, time.Second},
		"two modes, the larger one rare":               {Bimodal(9*ms, 110*ms, 0.01), 10010 * time.Microsecond, 9 * ms, 110 * ms},
		"two modes, the second one smaller":            {Bimodal(20*ms, 10*ms, 0.5), 15 * ms, 10 * ms, 20 * ms},
		"a bound of a thousand hours and a small mean": {pareto(t, 10*ms, 2.5, 1000*time.Hour), 10 * ms, 0, 1000 * time.Hour},
	}
}

func TestDistributionsHaveTheMeanThatWasAskedFor(t *testing.T) {
	const draws = 400_000
	for name, d := range distributions(t) {
		t.Run(name, func(t *testing.T) {
			require.Equal(t, d.mean, d.Mean())
			draw, x := d.Sampler(rand.NewPCG(1, 2)), make([]float64, draws)
			for i := range x {
				v := draw()
				if v < d.low || d.high < v { // a call for each of so many would take longer than to draw them
					require.Fail(t, "outside", "%v is not in [%v, %v]", v, d.low, d.high)
				}
				x[i] = float64(v)
			}
			mean, sd := stat.MeanStdDev(x, nil)
			// Four standard errors, and half a nanosecond for the rounding.
			assert.InDelta(t, float64(d.mean), mean, 4*sd/math.Sqrt(draws)+0.5)
		})
	}
}

func TestEqualSeedsDrawEqualSamples(t *testing.T) {
	for name, d := range distributions(t) {
		a, b := d.Sampler(rand.NewPCG(7, 7)), d.Sampler(rand.NewPCG(7, 7))
		for range 100 {
			require.Equal(t, a(), b(), name)
		}
	}
}

func TestLognormalHasItsCoefficientOfVariation(t *testing.T) {
	draw, x := Lognormal(10*ms, 0.5).Sampler(rand.NewPCG(3, 4)), make([]float64, 400_000)
	for i := range x {
		x[i] = float64(draw())
	}
	mean, sd := stat.MeanStdDev(x, nil)
	// The relative standard error of a sample's cv is about √((kurtosis−1)/4n), with a kurtosis of 8.04 at cv 0.5: 0.0021.
	assert.InDelta(t, 0.5, sd/mean, 4*0.0021*0.5)
}

func TestBimodalDrawsEachModeAsOftenAsItShould(t *testing.T) {
	const draws, p = 400_000, 0.01
	draw, large := Bimodal(9*ms, 110*ms, p).Sampler(rand.NewPCG(5, 6)), 0
	for range draws {
		switch draw() {
		case 110 * ms:
			large++
		case 9 * ms:
		default:
			t.Fatal("a bimodal draw is one of its two modes")
		}
	}
	assert.InDelta(t, p, float64(large)/draws, 4*math.Sqrt(p*(1-p)/draws))
}

func TestParetoThatCannotExistIsAnError(t *testing.T) {
	for _, mean := range []time.Duration{-ms, 0, time.Second, 2 * time.Second} {
		_, err := BoundedPareto(mean, 1.5, time.Second)
		assert.Error(t, err, "mean %v below 1s", mean)
	}
}

func TestSamplesNeverOverflow(t *testing.T) {
	draw := Lognormal(1000*time.Hour, 100).Sampler(rand.NewPCG(8, 9))
	for range 200_000 {
		d := draw()
		require.True(t, 0 <= d && d <= LongestDraw)
	}
}

func TestDrawingAllocatesNothing(t *testing.T) {
	for name, d := range distributions(t) {
		draw := d.Sampler(rand.NewPCG(1, 1))
		assert.Zero(t, testing.AllocsPerRun(1000, func() { draw() }), name)
	}
}

func BenchmarkSampler(b *testing.B) {
	for name, d := range distributions(b) {
		b.Run(name, func(b *testing.B) {
			draw := d.Sampler(rand.NewPCG(1, 1))
			for b.Loop() {
				draw()
			}
		})
	}
}
