package strategy

import (
	"math/rand/v2"

	"waza/requester"
)

// priority picks the least loaded worker of the request's own tier; --tiers says which worker is of which (qpool
// PriorityBalancer). If none of that tier is eligible, the tiers below come next, one after the other, then those above,
// the nearest first: help is first taken from the workers of less urgent requests.
// O(log n) per pick, and more for each full worker that is passed over.
// Use it to keep urgent work clear of the rest; it costs the capacity that stands idle in one tier while requests
// queue in another. The order of the backlog is not its business, but --discipline's.
type priority struct {
	tiers []*leastLoaded      // by number
	tier  func() *leastLoaded // makes one
}

func newPriority(p Parameters, rng *rand.Rand) Strategy {
	return &priority{tier: func() *leastLoaded { return newLeastLoaded(p, rng).(*leastLoaded) }}
}

func (s *priority) Join(w *Worker) {
	for len(s.tiers) <= w.Tier {
		s.tiers = append(s.tiers, s.tier())
	}
	s.tiers[w.Tier].Join(w)
}

func (s *priority) Leave(w *Worker)   { s.tiers[w.Tier].Leave(w) }
func (s *priority) Changed(w *Worker) { s.tiers[w.Tier].Changed(w) }

func (s *priority) Pick(r *requester.Request, eligible func(*Worker) bool) *Worker {
	own := min(r.Priority, len(s.tiers)) // a priority lower than all tiers has only tiers above it
	for _, tier := range s.tiers[own:] {
		if w := tier.Pick(r, eligible); w != nil {
			return w
		}
	}
	for above := own - 1; above >= 0; above-- {
		if w := s.tiers[above].Pick(r, eligible); w != nil {
			return w
		}
	}
	return nil
}
