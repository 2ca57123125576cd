package strategy

import (
	"math"
	"math/rand/v2"

	"waza/internal/option"
	"waza/requester"
)

// boundedHash is ring-hash with a bound: a worker that holds its share of all work already, c = --hash-balance times
// over, is passed over clockwise (Mirrokni, Thorup & Zadimoghaddam, "Consistent Hashing with Bounded Loads", 2016).
// O(log(n · points)) per pick to find the place, and O(1/(c−1)²) workers passed over on average.
// Use it in the place of ring-hash where keys are of unequal heat: a hot key spreads over as many workers as it needs.
//
// No request waits for the bound alone. The bound is at least 1, rounded up from above 0, so an idle worker is below
// its own, and the walk, which passes every point, finds it if it is eligible: an idle eligible worker and a waiting
// request never coexist. Nor are all members ever at their bounds, for Σ⌈c(total+1)wᵢ/Σw⌉ ≥ c(total+1) > total. So Pick
// says none only where all that are below are full, ejected or tried. Each eligible one then is at its bound, so it is
// busy, and its Done is a message: the backlog is tried again.
type boundedHash struct {
	ring
	balance float64 // c, above 1
	total   int     // what all members hold
	weight  float64 // Σw over the members; 0: to be summed anew
}

var hashBalance = option.New("hash-balance", option.Above(1, 100), "1.25",
	"bounded-hash: what a worker may hold, in fair shares")

func newBoundedHash(p Parameters, _ *rand.Rand) Strategy {
	return &boundedHash{ring: ring{density: RingPoints.In(p.Set), hurry: p.Hurry}, balance: hashBalance.In(p.Set)}
}

func (s *boundedHash) Join(w *Worker) {
	s.ring.Join(w)
	s.total += w.Held // it may bring work
	s.weight = 0
}

func (s *boundedHash) Leave(w *Worker) {
	s.ring.Leave(w)
	s.total -= w.Held // what it still finishes is nobody's share
	s.weight = 0
}

func (s *boundedHash) Sent(*Worker)              { s.total++ }
func (s *boundedHash) Done(*Worker, Observation) { s.total-- }

func (s *boundedHash) Pick(r *requester.Request, eligible func(*Worker) bool) *Worker {
	if s.weight == 0 {
		for _, w := range s.workers { // not by adding and subtracting: weights may have changed since they joined
			s.weight += w.Weight
		}
	}
	for w := range s.clockwise(hash(r.Key)) {
		if w.Held < s.bound(w) && eligible(w) {
			return w
		}
	}
	return nil
}

// bound is the most that a worker may hold with one request more: ⌈c (total + 1) w / Σw⌉. What is above a whole number by no
// more than an error of rounding is that number: the same weights in another unit have the same bounds.
func (s *boundedHash) bound(w *Worker) int {
	return int(math.Ceil(s.balance * float64(s.total+1) * w.Weight / s.weight * (1 - 1e-12)))
}
