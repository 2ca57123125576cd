package simulation

import (
	"time"

	"waza/requester"
)

// budget returns one requester's part of the budget of retries and hedges, nil if there is none.
func (t *topology) budget() *requester.Budget {
	if t.RetryBudget == 0 {
		return nil
	}
	return requester.NewBudget(t.RetryBudget, t.MinRetries, t.requestsPerSecond(), t.Requesters, t.times(time.Second))
}

// requestsPerSecond is the mean rate of the requests in simulated time. In a closed loop it is the greatest that is possible, by the bounds of
// Denning and Buzen (1978): as many as the requesters ask if they never wait, or as the workers finish if they are always busy.
func (t *topology) requestsPerSecond() float64 {
	if t.Arrivals != Closed {
		return t.Rate * t.scale
	}
	work := t.meanWork()
	return float64(t.times(time.Second)) * min(float64(t.Requesters)/(float64(t.Think.Mean())+work), t.capacity()/work)
}
