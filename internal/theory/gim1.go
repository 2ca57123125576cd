package theory

import "math"

// ErlangM1 is what is known of E_n/M/1, to which every n-th arrival of a Poisson process comes, as to each of n workers under round robin
// (Kleinrock, 1975: GI/M/1). Its root is that of σ = A*(μ − μσ), between 0 and 1, here σ = (nρ/(nρ + 1 − σ))ⁿ. It is NaN unless n ≥ 1 and 0
// < load < 1.
type ErlangM1 struct{ root, service float64 }

// NewErlangM1 finds the root, from below by repetition.
func NewErlangM1(n int, load, service float64) ErlangM1 {
	if n < 1 || !stable(load) {
		return ErlangM1{outside, service}
	}
	sigma, rate := 0.0, float64(n)*load
	for range 1_000_000 {
		next := math.Pow(rate/(rate+1-sigma), float64(n))
		if next <= sigma {
			break
		}
		sigma = next
	}
	return ErlangM1{sigma, service}
}

// Waited is the share of requests that find the server busy.
func (e ErlangM1) Waited() float64 { return e.root }

// Mean is the mean time in the system.
func (e ErlangM1) Mean() float64 { return e.service / (1 - e.root) }

// Quantile is the time in the system, which is exponential, that a share p, 0 ≤ p < 1, do not exceed.
func (e ErlangM1) Quantile(p float64) float64 {
	if !share(p) {
		return outside
	}
	return -math.Log1p(-p) * e.Mean()
}
