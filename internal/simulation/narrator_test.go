package simulation

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"waza/requester"
)

// TestANarratorHasWordsForAllThatHappens: a retry is told from a hedge, and what is skipped from what a worker ends.
func TestANarratorHasWordsForAllThatHappens(t *testing.T) {
	for what := requester.Ends; what <= requester.Retries; what++ {
		assert.NotEmpty(t, phrases[what].does, what)
	}
	assert.Len(t, phrases, int(requester.Retries)+1)
	n := &narrator{}
	for _, c := range []struct {
		e    requester.Event
		says string
	}{
		{requester.Event{What: requester.Asks, Request: 7, Attempt: 1, Requester: 3}, "requester 3    asks       request 7"},
		{requester.Event{What: requester.Asks, Request: 7, Attempt: 2, Requester: 3, Why: "a hedge"},
			"requester 3    asks       request 7, attempt 2: a hedge"},
		{requester.Event{What: requester.Ends, Request: 7, Attempt: 1, Worker: 2, Verdict: requester.Failed}, "worker 2       ends       request 7: failed"},
		{requester.Event{What: requester.Skips, Request: 7, Attempt: 1, Worker: 2, Verdict: requester.TimedOut, Why: "its time is over"},
			"worker 2       skips      request 7: its time is over"},
		{requester.Event{What: requester.Skips, Request: 7, Attempt: 1, Worker: requester.None, Why: "another attempt has won"},
			"balancer       skips      request 7: another attempt has won"},
		{requester.Event{What: requester.Refuses, Request: 7, Attempt: 1, Worker: requester.None, Verdict: requester.Rejected, Why: "no available workers"},
			"balancer       refuses    request 7: rejected, no available workers"},
		{requester.Event{What: requester.Limits, Request: 7, Attempt: 1, Worker: requester.None, Why: "rate"}, "balancer       holds back request 7: rate"},
		{requester.Event{What: requester.Trips, Worker: 2}, "balancer       opens      the breaker of worker 2"},
		{requester.Event{What: requester.Dies, Worker: 2, Proxies: true}, "proxy 2        dies"},
	} {
		assert.Equal(t, c.says, n.sentence(c.e))
	}
}
