package strategy

import (
	"cmp"
	"math"
	"math/rand/v2"
	"time"

	"waza/requester"
)

// balanced picks the worker with the least ⌊pending + 10 f⌋, where f counts its failures and fades with a half-life of
// 30 s; at random among equals (Palantir dialogue, BALANCED, 2020). It rounds down, so that one failure counts for
// less than one request after 100 s and is forgotten. O(n) per pick, for scores change with time and keep no order.
// For workers that fail, fast or slowly: least-loaded, but a failure weighs as ten requests pending.
type balanced struct {
	members
	failures perWorker[fading]
	rng      *rand.Rand
	epoch    time.Time
	halfLife time.Duration // of failures
	tied     []*Worker     // scratch
}

func newBalanced(p Parameters, rng *rand.Rand) Strategy {
	return &balanced{rng: rng, epoch: p.Epoch, halfLife: 30 * cmp.Or(p.Second, time.Second)}
}

func (s *balanced) Join(w *Worker) {
	s.members.Join(w)
	s.failures.renew(w.ID)
}

func (s *balanced) Pick(_ *requester.Request, eligible func(*Worker) bool) *Worker {
	now, best := time.Since(s.epoch), math.MaxInt
	s.tied = s.tied[:0]
	for _, w := range s.workers {
		if !eligible(w) {
			continue
		}
		score := s.score(w, now)
		if score < best {
			best, s.tied = score, s.tied[:0]
		}
		if score == best {
			s.tied = append(s.tied, w)
		}
	}
	if len(s.tied) == 0 {
		return nil
	}
	return s.tied[s.rng.IntN(len(s.tied))]
}

const failureWeight = 10 // requests

func (s *balanced) score(w *Worker, now time.Duration) int {
	return w.Pending + int(failureWeight*s.failures[w.ID].at(now, s.halfLife))
}

func (s *balanced) Sent(*Worker) {}

func (s *balanced) Done(w *Worker, o Observation) {
	if o.Verdict == requester.Failed {
		s.failures[w.ID] = fading{count: s.failures[w.ID].at(o.At, s.halfLife) + 1, since: o.At}
	}
}

// A fading count halves in every half-life.
type fading struct {
	count float64
	since time.Duration
}

func (f fading) at(now, halfLife time.Duration) float64 {
	if f.count == 0 {
		return 0 // most workers, and no power of two to compute
	}
	return f.count * math.Exp2(-float64(now-f.since)/float64(halfLife))
}
