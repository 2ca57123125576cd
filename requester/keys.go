package requester

import (
	"math"
	"math/rand/v2"
	"sort"
)

// Keys are a distribution of keys over the numbers from 0 to N−1. Strategies hash a key, so the plain number will do.
// Nothing writes it once it is made: all requesters of all runs may draw from one.
type Keys struct {
	n uint64
	// upTo[k] is proportional to the probability of a key up to k; nil: all are equally likely.
	upTo []float64
}

// UniformKeys are n keys, at least 1, all equally likely.
func UniformKeys(n int) *Keys { return &Keys{n: uint64(n)} }

// ZipfKeys are n keys, at least 1, of which k is drawn with a probability proportional to 1/(k+1)^s, for any s.
// The rejection sampling of math/rand needs s > 1, and popularity is often flatter than that: so this inverts
// the distribution function, of which it keeps a table of 8 bytes per key.
func ZipfKeys(s float64, n int) *Keys {
	keys, sum := &Keys{n: uint64(n), upTo: make([]float64, n)}, 0.0
	for k := range keys.upTo {
		sum += math.Pow(float64(k+1), -s)
		keys.upTo[k] = sum
	}
	return keys
}

// Sampler returns a function that draws from the distribution, with rng as its only source of randomness.
// O(1) where keys are uniform, else O(log N).
func (k *Keys) Sampler(rng *rand.Rand) func() uint64 {
	if k.upTo == nil {
		return func() uint64 { return rng.Uint64N(k.n) }
	}
	last := len(k.upTo) - 1
	return func() uint64 {
		x := rng.Float64() * k.upTo[last]
		return uint64(sort.Search(last, func(i int) bool { return x < k.upTo[i] }))
	}
}
