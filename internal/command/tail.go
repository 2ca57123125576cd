package command

import (
	"math"
	"time"
)

// The tails of the distributions: how probable it is that a draw is longer than so many seconds.

func certain(is time.Duration) func(float64) float64 {
	return func(x float64) float64 { return indicator(is.Seconds() > x) }
}

func exponentialTail(mean time.Duration) func(float64) float64 {
	return func(x float64) float64 { return math.Exp(-x / mean.Seconds()) }
}

func uniformTail(from, to time.Duration) func(float64) float64 {
	return func(x float64) float64 { return min(1, max(0, (to.Seconds()-x)/(to-from).Seconds())) }
}

func bimodalTail(a, b time.Duration, p float64) func(float64) float64 {
	return func(x float64) float64 { return (1-p)*indicator(a.Seconds() > x) + p*indicator(b.Seconds() > x) }
}

// lognormalTail is that of a mean, in seconds, and a coefficient of variation.
func lognormalTail(mean, cv float64) func(float64) float64 {
	variance := math.Log1p(cv * cv) // of the logarithm
	return func(x float64) float64 {
		return math.Erfc((math.Log(x/mean)+variance/2)/math.Sqrt(2*variance)) / 2
	}
}

// paretoTail takes the lower end of the distribution without a bound, which is a little higher than that of the one with it.
func paretoTail(mean time.Duration, alpha float64, longest time.Duration) func(float64) float64 {
	low := mean.Seconds() * (alpha - 1) / alpha
	return func(x float64) float64 { return indicator(longest.Seconds() > x) * min(1, math.Pow(low/x, alpha)) }
}

func indicator(is bool) float64 {
	if is {
		return 1
	}
	return 0
}
