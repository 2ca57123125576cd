package plots

import (
	"fmt"
	"slices"
)

// proxies says of those in front of the workers, which have no curves, what share of the requests each had, how busy they were, and how long
// a request took there: the least and the most of all that there are.
func (rs runs) proxies() []string {
	var shares, busy, tails, longest []float64
	number := 0
	add := func(to *[]float64, v *float64) {
		if v != nil {
			*to = append(*to, *v)
		}
	}
	for _, r := range rs {
		number = max(number, len(r.Proxies))
		for i := range r.Proxies {
			add(&shares, r.Proxies[i].Share)
			add(&busy, r.Proxies[i].Utilization)
			add(&tails, r.Proxies[i].ResponseSeconds.P99)
			add(&longest, r.Proxies[i].ResponseSeconds.Max)
		}
	}
	response, slow := "p99 of its response", tails
	if len(tails) < len(longest) { // some had too few for a p99
		response, slow = "its longest response", longest
	}
	if len(shares) == 0 || len(busy) == 0 || len(slow) == 0 {
		return nil
	}
	who := "A proxy in front of the workers:"
	if number > 1 {
		who = fmt.Sprintf("%d proxies in front of the workers, each:", number)
	}
	percent := func(v float64) string { return inPercent(100 * v) }
	return []string{fmt.Sprintf("%s %s of the requests, slots busy for %s of the time, %s %s.",
		who, leastToMost(shares, percent), leastToMost(busy, percent), response, leastToMost(slow, inTime))}
}

// leastToMost tells the least and the most of some values, or both at once where they read alike.
func leastToMost(vs []float64, tell func(float64) string) string {
	low, high := tell(slices.Min(vs)), tell(slices.Max(vs))
	if low == high {
		return low
	}
	return low + " to " + high
}
