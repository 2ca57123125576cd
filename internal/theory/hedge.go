package theory

import "math"

// HedgedMean is the mean of the first of two independent times, the second of which begins after a delay from 0 if the first is not over
// then (Dean and Barroso, "The tail at scale", 2013). Either takes nothing with probability 1 − q, 0 ≤ q ≤ 1, and else an exponential time
// of the mean: the first of two exponentials with q = 1 and no delay, mean/2 (Feller, "An Introduction to Probability Theory and Its
// Applications", volume 2, 1971).
func HedgedMean(q, mean, delay float64) float64 {
	if q < 0 || q > 1 || mean < 0 || delay < 0 {
		return outside
	}
	alone := math.Exp(-delay / mean) // the share of those that take any time which is not over by then
	return q*mean*(1-alone) + q*q*alone*mean/2
}
