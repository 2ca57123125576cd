package strategy

import "math/rand/v2"

// weighted-least-loaded picks the worker with the least (pending + 1) / weight, the share of it that would be in use
// with this request (leastconn in HAProxy, least_conn in nginx): least-loaded in another order, with the same tie rules.
// O(log n) per pick, and O(ties · log ties) under TieRandom.
// For workers of known and different speed; with weights in the proportion of the speeds all are done equally soon.
func newWeightedLeastLoaded(p Parameters, rng *rand.Rand) Strategy {
	return newLeast(share, tie.In(p.Set), p, rng)
}

// share divides, for a heap needs an order in which ties are transitive: numbers that are equal are. To multiply
// crosswise rounds each pair in its own way, and then 6/0.6 ties with 5/0.5, and that with 7/0.7, but 6/0.6 is before 7/0.7.
// Of the quotients only the first 24 bits count: 3/0.3 and 7/0.7, whose others differ, are equal as 3/3 and 7/7 are.
func share(w *Worker) float64 { return float64(float32(float64(w.Pending+1) / w.Weight)) }
