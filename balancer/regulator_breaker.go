package balancer

import (
	"time"

	"waza/internal/instant"
	"waza/internal/option"
	"waza/requester"
	"waza/worker"
)

// mainBreaker is a circuit breaker for all members together, as breaker is one for each: so many failures in a row, whoever has failed, open
// it. When reset is over the next request goes through, and how that one ends decides. O(1).
type mainBreaker struct {
	limit      int // failures in a row
	reset      time.Duration
	resolution instant.Resolution
	state      state
	reopens    time.Duration
	inARow     int
	trial      *worker.Job // that decides, while it is out
}

func newMainBreaker(b *Balancer, set option.Values) regulator {
	return &mainBreaker{limit: breakerFailures.In(set), reset: breakerReset.In(set), resolution: b.Resolution}
}

// observe heeds what comes back while it is closed, and the request that decides. If that one says nothing, since it was never served, or
// its worker is a member no more and may never say anything, it leaves it to the next.
func (k *mainBreaker) observe(m *metrics) {
	switch {
	case m.sent != nil && k.state == halfOpen:
		k.state, k.trial = trying, m.sent
	case m.left != nil && k.state == trying && k.trial.Worker == m.left.ID:
		k.state, k.trial = halfOpen, nil
	case m.done != nil:
		k.done(m.done)
	}
}

func (k *mainBreaker) done(j *worker.Job) {
	failed, counts := failed(j)
	switch decides := k.state == trying && k.trial == j; {
	case decides && !counts:
		k.state, k.trial = halfOpen, nil
	case decides && failed:
		k.open(j.Finished)
	case decides:
		k.state, k.inARow, k.trial = circuitClosed, 0, nil
	case k.state != circuitClosed || !counts:
	case failed:
		if k.inARow++; k.inARow >= k.limit {
			k.open(j.Finished)
		}
	default:
		k.inARow = 0
	}
}

func (k *mainBreaker) open(at time.Duration) {
	k.state, k.trial, k.reopens = circuitOpen, nil, at+k.reset
}

func (k *mainBreaker) limits(now time.Duration) bool {
	if k.state == circuitOpen && !k.resolution.Before(now, k.reopens) {
		k.state = halfOpen
	}
	return k.state == circuitOpen || k.state == trying
}

func (k *mainBreaker) until(time.Duration) time.Duration {
	if k.state == circuitOpen {
		return k.reopens
	}
	return requester.Never
}
