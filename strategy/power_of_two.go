package strategy

import (
	"math/rand/v2"

	"waza/internal/option"
	"waza/requester"
)

// powerOfTwo draws --choices distinct eligible workers (two, if not told otherwise) and picks the one with the
// fewest pending requests, the first drawn among equals (Mitzenmacher, "The Power of Two Choices in Randomized
// Load Balancing", 2001; p2c in Finagle). O(choices²) per pick, whatever the number of workers.
// Nearly as good as least-loaded at the cost of random, and it does not herd when the counts are old.
type powerOfTwo struct {
	members
	drawer
	choices int
	drawn   []*Worker // scratch
}

var choices = option.New("choices", option.Whole(1, 100), "2",
	"workers that are drawn to choose from")

func newPowerOfTwo(p Parameters, rng *rand.Rand) Strategy {
	return &powerOfTwo{drawer: drawer{rng: rng}, choices: choices.In(p.Set)}
}

func (s *powerOfTwo) Pick(_ *requester.Request, eligible func(*Worker) bool) *Worker {
	var best *Worker
	s.drawn = s.drawn[:0]
	for range s.choices {
		w := s.draw(s.workers, eligible, s.drawn)
		if w == nil {
			break // fewer are eligible than may be drawn
		}
		s.drawn = append(s.drawn, w)
		if best == nil || w.Pending < best.Pending {
			best = w
		}
	}
	return best
}
