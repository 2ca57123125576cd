package theory

import "math"

// Moments are the first two of a distribution: its mean, and the mean of its square.
type Moments struct{ First, Second float64 }

// Constant is always d.
func Constant(d float64) Moments { return Moments{d, d * d} }

// Exponential has this mean.
func Exponential(mean float64) Moments { return Moments{mean, 2 * mean * mean} }

// Lognormal has this mean and coefficient of variation: E[S²] = E[S]²(1 + cv²), as of any.
func Lognormal(mean, cv float64) Moments { return Moments{mean, mean * mean * (1 + cv*cv)} }

// Bimodal is b with probability p, from 0 to 1, else a.
func Bimodal(a, b, p float64) Moments {
	if p < 0 || p > 1 {
		return Moments{outside, outside}
	}
	return Moments{(1-p)*a + p*b, (1-p)*a*a + p*b*b}
}

// BoundedPareto is that of shape alpha, above 0 and neither 1 nor 2, on [low, high], whose density is in proportion to x^(−α−1) (Crovella,
// Harchol-Balter and Murta, "Task assignment in a distributed system", 1998).
func BoundedPareto(low, high, alpha float64) Moments {
	if low <= 0 || high <= low || alpha <= 0 || alpha == 1 || alpha == 2 {
		return Moments{outside, outside}
	}
	q := low / high
	moment := func(j float64) float64 {
		return alpha / (alpha - j) * math.Pow(low, j) * (1 - math.Pow(q, alpha-j)) / (1 - math.Pow(q, alpha))
	}
	return Moments{moment(1), moment(2)}
}

// BoundedParetoOf is the bounded Pareto distribution of this mean: its lower end follows, as the mean rises with it from 0 to high.
func BoundedParetoOf(mean, alpha, high float64) Moments {
	if mean <= 0 || mean >= high {
		return Moments{outside, outside}
	}
	low, top := 0.0, mean
	for range 200 {
		middle := low + (top-low)/2
		if BoundedPareto(middle, high, alpha).First < mean {
			low = middle
		} else {
			top = middle
		}
	}
	return BoundedPareto(top, high, alpha)
}
