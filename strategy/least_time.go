package strategy

import (
	"math/rand/v2"

	"waza/internal/option"
)

// leastTime picks the worker with the least E · (pending + 1), where E is an exponential average of the latencies of
// its answers, the newest weighing --latency-alpha (nginx least_time). Without an answer yet E is 0, so that the
// unknown are tried first, with one request. Among equals it is the one sent to longest ago. O(log n) per pick.
// For workers of unknown and different speed. Only answers change E: a worker that was slow once, and is avoided since,
// keeps counting as slow; and one that fails fast counts as fast.
type leastTime struct {
	*leastLoaded // in another order
	latency      perWorker[float64]
	alpha        float64
	unknown      float64 // what a request costs at a worker of which nothing is known
}

var latencyAlpha = option.New("latency-alpha", option.Above(0, 1), "0.3",
	"least-time: weight of the newest latency against the past")

func newLeastTime(p Parameters, rng *rand.Rand) Strategy {
	s := &leastTime{alpha: latencyAlpha.In(p.Set), unknown: p.times(unknownCost)}
	s.leastLoaded = newLeast(s.time, TieRoundRobin, p, rng)
	return s
}

func (s *leastTime) time(w *Worker) float64 {
	if s.latency[w.ID] == 0 && w.Pending > 0 {
		return s.unknown * float64(w.Pending+1) // one request finds out, and no other is sent there until it has
	}
	return s.latency[w.ID] * float64(w.Pending+1)
}

func (s *leastTime) Join(w *Worker) {
	s.latency.renew(w.ID)
	s.leastLoaded.Join(w)
}

func (s *leastTime) Sent(*Worker) {}

func (s *leastTime) Done(w *Worker, o Observation) {
	mean, took := &s.latency[w.ID], float64(o.Took)
	if *mean == 0 {
		*mean = took // the first one
	} else {
		*mean += s.alpha * (took - *mean)
	}
	s.workers.Fix(w)
}
