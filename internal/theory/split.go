package theory

import "math"

// A Split is a Poisson process that is split at random between servers, each of which is M/M/1 by itself (Kingman, "Poisson Processes",
// 1993: thinning): random and weighted-random. Shares add up to 1.
type Split struct {
	Rate    float64   // of all requests
	Shares  []float64 // that each server gets
	Service []float64 // mean of each server
}

// Mean is the mean time in the system of all requests: NaN if one of the servers has no steady state.
func (s Split) Mean() float64 {
	mean := 0.0
	for i, share := range s.Shares {
		mean += share * MM1Mean(s.load(i), s.Service[i])
	}
	return mean
}

// Quantile is the time in the system that a share p, 0 ≤ p < 1, of all requests do not exceed.
func (s Split) Quantile(p float64) float64 {
	if !share(p) || math.IsNaN(s.Mean()) {
		return outside
	}
	return solve(func(t float64) float64 {
		within := 0.0
		for i, share := range s.Shares {
			within += share * MM1Within(t, s.load(i), s.Service[i])
		}
		return within
	}, p, s.Mean())
}

func (s Split) load(i int) float64 { return s.Rate * s.Shares[i] * s.Service[i] }
