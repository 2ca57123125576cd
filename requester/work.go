package requester

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"time"

	"gonum.org/v1/gonum/stat/distuv"
)

// A Distribution of lengths of time: of the work of requests, or of the thinking between them.
type Distribution interface {
	Mean() time.Duration
	// Lengths returns what besides its mean it is made of: the ends of a range, the two values of a choice, or the median if that may be far
	// below the mean.
	Lengths() []time.Duration
	// Times returns the distribution of values factor times as long, a whole power of two: the same draws, before they are rounded.
	Times(factor float64) Distribution
	// Sampler returns a function that draws from the distribution, with src as its only source of randomness.
	Sampler(src rand.Source) func() time.Duration
}

// LongestDraw bounds every sample. Only the tails of very wide lognormals reach it, which would otherwise overflow a time.Duration.
const LongestDraw = 100_000 * time.Hour

// LongestInstant bounds the instants of a run: some way below what a time.Duration can hold, so that no sum of two overflows.
const LongestInstant = 1_000_000 * time.Hour

// A spread is a distribution of floats, in nanoseconds, and the mean that it was made to have.
type spread struct {
	mean    time.Duration
	lengths []time.Duration
	from    func(src rand.Source) distuv.Rander
	factor  float64 // of every draw
}

func spreadOf(mean time.Duration, from func(src rand.Source) distuv.Rander, lengths ...time.Duration) spread {
	return spread{mean: mean, lengths: lengths, from: from, factor: 1}
}

// Mean returns the mean that was asked for; rounding to whole nanoseconds moves the true one by less than one.
func (s spread) Mean() time.Duration { return s.mean }

func (s spread) Lengths() []time.Duration { return s.lengths }

func (s spread) Times(factor float64) Distribution {
	s.mean = time.Duration(float64(s.mean) * factor)
	s.factor *= factor
	s.lengths = slices.Clone(s.lengths)
	for i := range s.lengths {
		s.lengths[i] = time.Duration(float64(s.lengths[i]) * factor)
	}
	return s
}

// Sampler makes one generator; drawing from it allocates nothing.
func (s spread) Sampler(src rand.Source) func() time.Duration {
	r, longest := s.from(src), min(float64(LongestDraw)*s.factor, float64(LongestInstant))
	return func() time.Duration {
		return time.Duration(math.Round(min(max(r.Rand(), 0)*s.factor, longest)))
	}
}

// Constant is always d.
func Constant(d time.Duration) Distribution { return constant(d) }

type constant time.Duration

func (c constant) Mean() time.Duration { return time.Duration(c) }

func (c constant) Lengths() []time.Duration { return nil }

func (c constant) Times(factor float64) Distribution { return constant(float64(c) * factor) }

func (c constant) Sampler(rand.Source) func() time.Duration {
	return func() time.Duration { return time.Duration(c) }
}

// Exponential has the given mean, above 0: the M of M/M/n.
func Exponential(mean time.Duration) Distribution {
	return spreadOf(mean, func(src rand.Source) distuv.Rander {
		return distuv.Exponential{Rate: 1 / float64(mean), Src: src}
	})
}

// Uniform lies anywhere between low and high, low < high.
func Uniform(low, high time.Duration) Distribution {
	return spreadOf(low+(high-low)/2, func(src rand.Source) distuv.Rander {
		return distuv.Uniform{Min: float64(low), Max: float64(high), Src: src}
	}, low, high)
}

// Lognormal has the given mean and coefficient of variation (standard deviation / mean), both above 0.
func Lognormal(mean time.Duration, cv float64) Distribution {
	variance := math.Log1p(cv * cv) // of the logarithm
	mu := math.Log(float64(mean)) - variance/2
	return spreadOf(mean, func(src rand.Source) distuv.Rander {
		return distuv.LogNormal{Mu: mu, Sigma: math.Sqrt(variance), Src: src}
	}, time.Duration(math.Exp(mu)))
}

// Bimodal is b with probability p, else a.
func Bimodal(a, b time.Duration, p float64) Distribution {
	mean := float64(a) + p*(float64(b)-float64(a))
	return spreadOf(time.Duration(math.Round(mean)), func(src rand.Source) distuv.Rander {
		return bimodal{distuv.Bernoulli{P: p, Src: src}, float64(a), float64(b)}
	}, a, b)
}

type bimodal struct {
	isB  distuv.Bernoulli
	a, b float64
}

func (m bimodal) Rand() float64 {
	if m.isB.Rand() == 1 {
		return m.b
	}
	return m.a
}

// BoundedPareto is a Pareto distribution of shape alpha, above 1, cut off at max. Its lower end is solved for,
// so that the mean of what is left is the given one. That exists only for a mean between 0 and max.
func BoundedPareto(mean time.Duration, alpha float64, max time.Duration) (Distribution, error) {
	if mean <= 0 || mean >= max {
		return nil, fmt.Errorf("a bounded Pareto distribution up to %v cannot have the mean %v", max, mean)
	}
	whole := distuv.Pareto{Xm: lowerEnd(float64(mean), alpha, float64(max)), Alpha: alpha}
	share := whole.CDF(float64(max))
	return spreadOf(mean, func(src rand.Source) distuv.Rander {
		return boundedPareto{whole, share, rand.New(src)}
	}, time.Duration(whole.Xm), max), nil
}

type boundedPareto struct {
	whole distuv.Pareto
	share float64 // of the whole distribution that lies below the bound
	rng   *rand.Rand
}

// Rand inverts the distribution function of the part below the bound.
func (p boundedPareto) Rand() float64 { return p.whole.Quantile(p.rng.Float64() * p.share) }

// lowerEnd finds L in [0, mean] by bisection: the mean of the bounded Pareto on [L, max] grows with L,
// from 0 at L = 0 to above the wanted mean at L = mean.
func lowerEnd(mean, alpha, max float64) float64 {
	low, high := 0.0, mean
	for range 200 { // each step halves the interval: more steps than a float64 has bits, and room for a tiny L
		if mid := low + (high-low)/2; boundedParetoMean(mid, alpha, max) < mean {
			low = mid
		} else {
			high = mid
		}
	}
	return high
}

// boundedParetoMean is the textbook formula (for example Harchol-Balter, 2013), with q = L / max:
// α/(α−1) · L · (1 − q^(α−1)) / (1 − q^α). Expm1 keeps it exact where q or α is near 1.
func boundedParetoMean(lower, alpha, max float64) float64 {
	if lower <= 0 {
		return 0
	}
	logQ := math.Log(lower / max)
	return alpha / (alpha - 1) * lower * math.Expm1((alpha-1)*logQ) / math.Expm1(alpha*logQ)
}
