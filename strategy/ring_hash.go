package strategy

import (
	"math/rand/v2"

	"waza/internal/option"
	"waza/requester"
)

// ringHash picks the owner of the key on a ring with --ring-points points per worker, in proportion to its weight, and
// passes over the ineligible clockwise (ketama, Last.fm 2007; ring_hash in Envoy; the ring is Karger's, 1997).
// O(log(n · points)) per pick while most workers are eligible.
// Use it where workers hold caches or sessions. Shares are uneven by about 1/√points, 8 % with 160 and a third with the ten that
// the lightest has at least, and a hot key is still one worker's.
type ringHash struct{ ring }

// MaxRingPoints is how many points all rings may have together: what a hundred thousand workers have if nothing else is said.
// The ring by which it is judged whose keys move, where members change, is not counted.
const MaxRingPoints = 16_000_000

// RingPoints is how many points a worker of mean weight has on the ring, at least: see pointScale.
var RingPoints = option.New("ring-points", option.Whole(1, MaxRingPoints), "160",
	"points on the hash ring of a worker of mean weight; the lightest has 10 at least, or as many as that")

func newRingHash(p Parameters, _ *rand.Rand) Strategy {
	return &ringHash{ring{density: RingPoints.In(p.Set), hurry: p.Hurry}}
}

func (s *ringHash) Pick(r *requester.Request, eligible func(*Worker) bool) *Worker {
	for w := range s.clockwise(hash(r.Key)) {
		if eligible(w) {
			return w
		}
	}
	return nil
}
