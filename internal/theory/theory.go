// Package theory has what queueing theory says in closed form, or by solving a small chain, of systems that the simulator can play. It is
// pure numbers: it knows neither the simulator nor its flags.
//
// A load is per server, in erlangs; a service is a mean length, and every length that comes out is in its unit. Outside of the range that its
// comment gives a function returns NaN, which no comparison takes for agreement.
//
// Next: package verify, which holds the simulator to these numbers.
package theory

import "math"

var outside = math.NaN()

// stable tells whether a queue at this load has a steady state: 0 < load < 1.
func stable(load float64) bool { return load > 0 && load < 1 }

// share tells whether p is a share of which there may be a quantile: 0 ≤ p < 1.
func share(p float64) bool { return p >= 0 && p < 1 }

// solve returns where a function that rises with x reaches the value, for x ≥ 0, given some x > 0 to begin with: by doubling, and then by
// bisection to the last bit.
func solve(rises func(x float64) float64, value, begin float64) float64 {
	low, high := 0.0, begin
	for rises(high) < value {
		if low, high = high, 2*high; math.IsInf(high, 1) {
			return outside
		}
	}
	for range 200 {
		middle := low + (high-low)/2
		if rises(middle) < value {
			low = middle
		} else {
			high = middle
		}
	}
	return high
}
