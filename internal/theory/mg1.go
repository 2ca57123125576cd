package theory

import "math"

// MG1Wait is the mean wait of M/G/1 to which so many requests come per unit of time, λE[S²]/2(1−ρ) (Pollaczek 1930, Khinchine 1932), where
// 0 < λE[S] < 1.
func MG1Wait(rate float64, service Moments) float64 {
	load := rate * service.First
	if !stable(load) {
		return outside
	}
	return rate * service.Second / (2 * (1 - load))
}

// MG1Mean is the mean time in the system of M/G/1.
func MG1Mean(rate float64, service Moments) float64 { return MG1Wait(rate, service) + service.First }

// MD1Wait is the mean wait of M/D/1, ρS/2(1−ρ) (Erlang, 1909), for 0 < load < 1.
func MD1Wait(load, service float64) float64 { return MG1Wait(load/service, Constant(service)) }

// MD1WaitQuantile is the wait in M/D/1 that a share p, 0 ≤ p < 1, of the requests do not exceed, for 0 < load < 1: of md1Waits, which has no
// differences of large numbers, unlike Erlang's of 1909.
func MD1WaitQuantile(p, load, service float64) float64 {
	if !stable(load) || !share(p) {
		return outside
	}
	if p <= 1-load+1e-12 { // so many do not wait
		return 0
	}
	return service * solve(md1Waits(load), p, 1)
}

// md1Waits returns the distribution function of the wait of M/D/1 in services. With x = k − v, 0 < v ≤ 1, a request waits at most x if, v
// earlier than it comes, at most k − 1 − j were waiting, of whom and of those who came meanwhile, j, no more than k − 1 are left before it
// (Franx, "A simple solution for the M/D/c waiting time distribution", 2001).
func md1Waits(load float64) func(x float64) float64 {
	waiting := md1Waiting(load)
	return func(x float64) float64 {
		k := int(math.Floor(x)) + 1
		came := load * (float64(k) - x) // expected
		sum, p := 0.0, math.Exp(-came)
		for j := range k {
			sum += waiting(k-1-j) * p
			p *= came / float64(j+1)
		}
		return sum
	}
}

// md1Waiting returns the probability that at most m wait in M/D/1, from the numbers in the system at ends of services: p(n+1)·a(0) = p(n) −
// a(n)p(0) − Σ p(i)·a(n+1−i) over i from 1 to n, a(n) being the probability that n come during a service (Kendall, 1951), taken as sums,
// which stay positive: p(n+1)·a(0) = p(0)·P(more than n come) + Σ p(i)·P(more than n+1−i come).
func md1Waiting(load float64) func(m int) float64 {
	p, total := []float64{1 - load}, []float64{1 - load}
	more := func(n int) float64 { // P(more than n come), by the terms beyond, of which each is smaller than that before
		term := math.Exp(-load)
		for i := 1; i <= n; i++ {
			term *= load / float64(i)
		}
		sum := 0.0
		for i := n + 1; term > 0 && i < n+60; i++ {
			term *= load / float64(i)
			sum += term
		}
		return sum
	}
	var beyond []float64
	return func(m int) float64 {
		for len(total) <= m+1 { // at most m wait: at most m + 1 are there
			n := len(p) - 1
			beyond = append(beyond, more(n))
			next := p[0] * beyond[n]
			for i := 1; i <= n; i++ {
				next += p[i] * beyond[n+1-i]
			}
			p = append(p, next*math.Exp(load))
			total = append(total, total[n]+p[n+1])
		}
		return total[m+1]
	}
}
