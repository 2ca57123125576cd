package requester

import (
	"math"
	"math/rand/v2"

	"waza/internal/option"
)

// A wave has the rate 1 + amplitude·sin(2πt/period).
type wave struct{ amplitude, period float64 }

var (
	waveAmplitude = option.New("amplitude", option.Number(0, 1), "0.5", "how far the rate goes above and below its mean, as a part of it")
	wavePeriod    = option.New("period", option.Length(1), "1m", "from peak to peak")
)

func waveOver(set option.Values, _ float64, _ rand.Source) (curve, error) {
	return wave{waveAmplitude.In(set), float64(wavePeriod.In(set))}, nil
}

// mass is t + amplitude·(1 − cos ωt)/ω, with ω = 2π/period. A whole period is as much as at the mean rate.
func (w wave) mass(t float64) float64 {
	part := math.Mod(t, w.period)
	mass, _ := w.inPeriod(part)
	return t - part + mass
}

// inPeriod is what arrives in the first t of a period, and the rate then. 1 − cos x = 2·sin²(x/2) loses nothing near 0.
func (w wave) inPeriod(t float64) (mass, rate float64) {
	sin, cos := math.Sincos(math.Pi * t / w.period)
	return t + w.amplitude*sin*sin*w.period/math.Pi, 1 + 2*w.amplitude*sin*cos
}

// when looks for the instant in its period, by steps of Newton, and where such a step would leave the bracket, or the step before has not been
// halved, by bisection (Press et al., "Numerical Recipes", 9.4). At amplitude 1 the rate comes down to 0, and there bisection carries it.
func (w wave) when(mass float64) float64 {
	wanted := math.Mod(mass, w.period)
	low, high := max(0, wanted-w.amplitude*w.period/math.Pi), wanted // what arrives is never less than at the mean rate
	t, step := high, high-low
	fine := max(0.125, 4*(math.Nextafter(mass, math.Inf(1))-mass)) // nanoseconds, or what the numbers have
	for high-low > fine && math.Abs(step) > fine/2 {
		is, rate := w.inPeriod(t)
		if is < wanted {
			low = t
		} else {
			high = t
		}
		before := step
		step = (is - wanted) / rate
		if next := t - step; !(low <= next && next <= high) || math.Abs(step) > math.Abs(before)/2 {
			step = t - (low + (high-low)/2)
		}
		t -= step
	}
	return mass - wanted + t
}

func (w wave) peak() float64 { return 1 + w.amplitude }
