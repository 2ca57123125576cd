package theory

import "math"

// ChoicesLimitQuantile is the time in the system of power of d choices, d ≥ 2, over infinitely many servers that a share p, 0 ≤ p < 1, of the
// requests do not exceed: a limit. A share ρ^((d^h − 1)/(d − 1)) of the servers hold h or more (Vvedenskaya, Dobrushin and Karpelevich
// 1996), and a request finds that many where all d that are drawn do; it then stays for one exponential service more than it finds.
func ChoicesLimitQuantile(p float64, d int, load, service float64) float64 {
	if !share(p) || d < 2 || !stable(load) {
		return outside
	}
	var found []float64 // the share of the requests that find so many or more
	for exponent := 0.0; ; exponent = float64(d)*exponent + 1 {
		all := math.Pow(load, float64(d)*exponent)
		if all < 1e-18 {
			return service * stay(p, found)
		}
		found = append(found, all)
	}
}

// ChoicesQuantiles are the times in the system of Choices that shares, 0 ≤ p < 1, of the requests do not exceed, from the same chain; nil
// where that gives NaN.
func ChoicesQuantiles(n, d int, load, service float64, shares ...float64) []float64 {
	found := []float64{}
	switch {
	case n < 1 || d < 1 || d > n || !stable(load):
		return nil
	case d == 1: // each worker is M/M/1
		for all := 1.0; all >= 1e-18; all *= load {
			found = append(found, all)
		}
	default:
		c := settled(n, d, load)
		if c == nil || math.IsNaN(c.p[0]) {
			return nil
		}
		found = c.found()
	}
	var all []float64
	for _, p := range shares {
		if !share(p) {
			return nil
		}
		all = append(all, service*stay(p, found))
	}
	return all
}

// found is the share of the requests that are given to a worker which holds so many or more.
func (c *occupancies) found() []float64 {
	most := 0
	for _, s := range c.states {
		most = max(most, s[0])
	}
	found := make([]float64, most+1)
	for i, s := range c.states {
		for k, held := range s {
			found[held] += c.p[i] * c.chosen[k]
		}
	}
	for h := most - 1; h >= 0; h-- {
		found[h] += found[h+1]
	}
	return found
}

// stay is the time, in exponential services, that a share p of those do not exceed who find so many before them or more: with h before it a
// request stays beyond t if in that time at most h services end, of a Poisson process.
func stay(p float64, found []float64) float64 {
	return solve(func(t float64) float64 {
		beyond := 0.0
		for ended, more := range found {
			logs, _ := math.Lgamma(float64(ended) + 1)
			beyond += more * math.Exp(float64(ended)*math.Log(t)-t-logs)
		}
		return 1 - beyond
	}, p, 1)
}
