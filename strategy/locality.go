package strategy

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"time"

	"waza/internal/option"
	"waza/requester"
)

// locality picks the least loaded worker of the request's own zone, until the mean of what is pending there reaches
// --spill; then that of the nearest zone that is below it (qpool GeoBalancer; zone-aware routing in Envoy). If no zone
// is below it, nearness alone decides. O(log n) per pick while zones have room, O(zones · log n) when they have not.
// Use it where a hop between zones costs as much as some waiting: spill says how much.
type locality struct {
	zones  []*zone   // by number
	routes [][]*zone // by the number of the zone where they begin; nil: to be worked out
	spill  float64
	delays [][]time.Duration
	zone   func() *zone // makes one
}

// A zone is the members that stand in it.
type zone struct {
	*leastLoaded
	pending int             // Σ over the members
	counted map[*Worker]int // how much of that each worker has, since Changed does not say what it was before
}

var spill = option.New("spill", option.Above(0, option.MaxHeld), "4",
	"locality: pending requests per worker, on the mean, from which a zone is full")

func newLocality(p Parameters, rng *rand.Rand) Strategy {
	return &locality{spill: spill.In(p.Set), delays: p.Delays, zone: func() *zone {
		return &zone{leastLoaded: newLeastLoaded(p, rng).(*leastLoaded), counted: map[*Worker]int{}}
	}}
}

func (s *locality) Join(w *Worker) {
	for len(s.zones) <= w.Zone {
		s.zones = append(s.zones, s.zone())
		s.routes = nil
	}
	s.zones[w.Zone].Join(w)
	s.zones[w.Zone].count(w, w.Pending)
}

func (s *locality) Leave(w *Worker) {
	s.zones[w.Zone].Leave(w)
	s.zones[w.Zone].count(w, 0)
	delete(s.zones[w.Zone].counted, w)
}

func (s *locality) Changed(w *Worker) {
	s.zones[w.Zone].Changed(w)
	s.zones[w.Zone].count(w, w.Pending)
}

func (z *zone) count(w *Worker, pending int) {
	z.pending += pending - z.counted[w]
	z.counted[w] = pending
}

func (s *locality) Pick(r *requester.Request, eligible func(*Worker) bool) *Worker {
	route := s.route(r.Zone)
	for _, z := range route {
		if float64(z.pending) < s.spill*float64(len(z.counted)) {
			if w := z.Pick(r, eligible); w != nil {
				return w
			}
		}
	}
	for _, z := range route {
		if w := z.Pick(r, eligible); w != nil {
			return w
		}
	}
	return nil
}

// route returns the zones as they lie from one of them: itself, then the nearest, of equally near the lower number.
func (s *locality) route(from int) []*zone {
	for len(s.routes) <= from {
		s.routes = append(s.routes, nil)
	}
	if s.routes[from] == nil {
		numbers := make([]int, len(s.zones))
		for i := range numbers {
			numbers[i] = i
		}
		slices.SortStableFunc(numbers, func(a, b int) int { return cmp.Compare(s.hop(from, a), s.hop(from, b)) })
		for _, n := range numbers {
			s.routes[from] = append(s.routes[from], s.zones[n])
		}
	}
	return s.routes[from]
}

// hop is how far it is from one zone to another; nowhere is nearer than home.
func (s *locality) hop(from, to int) time.Duration {
	switch {
	case from == to:
		return -1
	case s.delays == nil:
		return 0
	default:
		return s.delays[from][to] + s.delays[to][from] // the answer comes back
	}
}
