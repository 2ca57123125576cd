package strategy

import "math/rand/v2"

// most-loaded picks the worker with the most pending requests, the lowest id among equals: least-loaded with
// its order turned round. It is the negative control: a metric that does not show it to be bad shows nothing. So several
// balancers go by the same order, too.
// O(k log k) per pick, with k full workers passed over.
func newMostLoaded(Parameters, *rand.Rand) Strategy {
	return newLeast(func(w *Worker) float64 { return -pending(w) }, TieFirst, Parameters{}, nil)
}
