package theory

import "math"

// RetriedSuccess is the share of requests of which one try in 1 + retries succeeds, when each fails with probability p, from 0 to 1,
// whatever became of the others: 1 − p^(retries+1).
func RetriedSuccess(p float64, retries int) float64 {
	if p < 0 || p > 1 || retries < 0 {
		return outside
	}
	return 1 - math.Pow(p, float64(retries+1))
}

// RetriedAttempts is how many tries such a request has on the mean: (1 − p^(retries+1))/(1 − p).
func RetriedAttempts(p float64, retries int) float64 {
	if p < 0 || p > 1 || retries < 0 {
		return outside
	}
	sum := 0.0
	for k := range retries + 1 {
		sum += math.Pow(p, float64(k))
	}
	return sum
}
