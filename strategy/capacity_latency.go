package strategy

import (
	"errors"
	"math/rand/v2"
	"time"

	"waza/heap"
	"waza/requester"
)

// ErrNoAvailableWorkers is what qpool calls it when all workers are at capacity. Pick says it as nil, and a rejection
// names it.
var ErrNoAvailableWorkers = errors.New("no available workers")

// capacityLatency picks the worker with the fewest pending requests among those below their capacity, which is their
// limit: slots and queue. Among equals it is the one of the lower average latency, where the newest answer weighs a
// fifth and nothing known counts as 0, then the one sent to longest ago (qpool LoadBalancer). O(log n) per pick.
// For workers of different speed under light load, when counts tie; under heavy load it is least-loaded.
type capacityLatency struct {
	workers *heap.Heap[*Worker, speedRank]
	latency perWorker[time.Duration]
	turns   *turns
}

// A speedRank is a rank in which the faster comes first among those equally loaded.
type speedRank struct {
	rank
	latency time.Duration
}

func (a speedRank) before(b speedRank) bool {
	if a.load == b.load && a.latency != b.latency {
		return a.latency < b.latency
	}
	return a.rank.before(b.rank)
}

func newCapacityLatency(p Parameters, rng *rand.Rand) Strategy {
	s := &capacityLatency{turns: newTurns(p, rng)}
	turn := s.turns.order()
	s.workers = heap.New(func(w *Worker) speedRank {
		return speedRank{rank{pending(w), turn(w)}, s.latency[w.ID]}
	}, speedRank.before)
	return s
}

// Refusal names what Pick says as nil.
func (s *capacityLatency) Refusal() error { return ErrNoAvailableWorkers }

func (s *capacityLatency) Join(w *Worker) {
	s.latency.renew(w.ID)
	s.turns.join(w)
	s.workers.Push(w)
}

func (s *capacityLatency) Leave(w *Worker) { s.workers.Remove(w) }
func (s *capacityLatency) Sent(*Worker)    {}

func (s *capacityLatency) Changed(w *Worker) {
	s.turns.changed(w)
	s.workers.Fix(w)
}

func (s *capacityLatency) Pick(_ *requester.Request, eligible func(*Worker) bool) *Worker {
	for w := range s.workers.Ascending() {
		if eligible(w) {
			return w
		}
	}
	return nil
}

func (s *capacityLatency) Done(w *Worker, o Observation) {
	mean := &s.latency[w.ID]
	if *mean == 0 {
		*mean = o.Took // the first one
	} else {
		*mean = (4**mean + o.Took) / 5
	}
	s.workers.Fix(w)
}
