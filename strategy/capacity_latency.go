package strategy

import (
	"errors"
	"math/rand/v2"
	"time"
)

// ErrNoAvailableWorkers is what qpool calls it when all workers are at capacity. Pick says it as nil; whoever turns a
// request away for it may name it so.
var ErrNoAvailableWorkers = errors.New("no available workers")

// capacityLatency picks the worker with the fewest pending requests among those below their capacity, which is their
// limit: slots and queue. Among equals it is the one of the lower average latency, where the newest answer weighs a
// fifth and nothing known counts as 0, then the one sent to longest ago (qpool LoadBalancer). O(log n) per pick.
// For workers of different speed under light load, when counts tie; under heavy load it is least-loaded.
type capacityLatency struct {
	*leastLoaded // its ties are decided here
	latency      perWorker[time.Duration]
}

func newCapacityLatency(Parameters, *rand.Rand) Strategy {
	s := &capacityLatency{}
	s.leastLoaded = byOrder(fewerPending(s.faster), nil)
	return s
}

func (s *capacityLatency) faster(a, b *Worker) bool {
	if x, y := s.latency[a.ID], s.latency[b.ID]; x != y {
		return x < y
	}
	return sentLongerAgo(a, b)
}

func (s *capacityLatency) Join(w *Worker) {
	s.latency.renew(w.ID)
	s.leastLoaded.Join(w)
}

func (s *capacityLatency) Sent(*Worker) {}

func (s *capacityLatency) Done(w *Worker, o Observation) {
	mean := &s.latency[w.ID]
	if *mean == 0 {
		*mean = o.Took // the first one
	} else {
		*mean = (4**mean + o.Took) / 5
	}
	s.Changed(w)
}
