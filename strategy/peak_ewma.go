package strategy

import (
	"math"
	"math/rand/v2"
	"time"

	"waza/internal/option"
	"waza/requester"
)

// peakEWMA draws two distinct eligible workers and picks the one of less cost, the first drawn among equals. The cost
// is E · (pending + 1), where E is an average of the round-trip times that jumps up with a peak and comes down
// slowly, with mean lifetime τ (Finagle PeakEwma). O(1) per pick, whatever the number of workers.
// For workers whose speed differs or changes: it turns away from a slow one at its first slow answer, and comes back
// as E fades. It takes a worker that fails fast for a fast one; then see peak-ewma-penalty.
type peakEWMA struct {
	members
	drawer
	trips   perWorker[trip]
	tau     time.Duration
	penalty time.Duration // what a failed response counts as, at least
	epoch   time.Time
	unknown float64    // what a request costs at a worker of which nothing is known
	drawn   [1]*Worker // scratch
}

var ewmaDecay = option.New("ewma-decay", option.Length(1), "10s",
	"peak-ewma: the time in which the past fades to 1/e")

func newPeakEWMA(p Parameters, rng *rand.Rand) Strategy {
	return &peakEWMA{drawer: drawer{rng: rng}, tau: ewmaDecay.In(p.Set), epoch: p.Epoch, unknown: p.times(unknownCost)}
}

func (s *peakEWMA) Join(w *Worker) {
	s.members.Join(w)
	s.trips.renew(w.ID)
}

func (s *peakEWMA) Pick(_ *requester.Request, eligible func(*Worker) bool) *Worker {
	s.drawn[0] = s.draw(s.workers, eligible, nil)
	if s.drawn[0] == nil {
		return nil
	}
	other := s.draw(s.workers, eligible, s.drawn[:])
	if now := time.Since(s.epoch); other != nil && s.cost(other, now) < s.cost(s.drawn[0], now) {
		return other
	}
	return s.drawn[0]
}

// unknownCost takes the place of the average of a worker which has work and of which nothing is known: one request at a time
// goes to it until the first answer. It is more than a known worker costs in practice: 39 hours, whatever the scale of the run's clock.
const unknownCost = time.Duration(math.MaxInt64 >> 16)

func (s *peakEWMA) cost(w *Worker, now time.Duration) float64 {
	t := &s.trips[w.ID]
	t.observe(0, now, s.tau) // lets E fade toward 0, as an observation of 0 does
	if t.mean == 0 && w.Pending > 0 {
		return s.unknown * float64(w.Pending+1)
	}
	return t.mean * float64(w.Pending+1)
}

func (s *peakEWMA) Sent(*Worker) {}

func (s *peakEWMA) Done(w *Worker, o Observation) {
	took := o.Took
	if o.Verdict == requester.Failed {
		took = max(took, s.penalty)
	}
	s.trips[w.ID].observe(took, o.At, s.tau)
}

// A trip is what is known of the round trips to a worker.
type trip struct {
	mean float64       // E in nanoseconds; 0: nothing is known
	at   time.Duration // of the last observation
}

// observe weighs by time and not by number: what was seen dt ago keeps e^(−dt/τ) of its weight.
func (t *trip) observe(took, at, tau time.Duration) {
	dt := max(0, at-t.at) // on the wall clock an observation may be told later than one that it precedes
	kept := math.Exp(-float64(dt) / float64(tau))
	if rtt := float64(took); rtt > t.mean {
		t.mean = rtt
	} else {
		t.mean = t.mean*kept + rtt*(1-kept)
	}
	t.at += dt
}
