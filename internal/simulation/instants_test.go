package simulation

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/internal/option"
	"waza/requester"
	"waza/worker"
)

// Work of 10 ms with a timeout of 10 ms, where nothing waits: every answer is home at the end of its attempt, and that is in time,
// whichever lanes moved the two instants. With a timeout that is 0.3 % less none is.
func TestAnAnswerAtTheEndIsInTime(t *testing.T) {
	for _, requesters := range []int{1, 10, 100, 1000, 5000} {
		for timeout, succeeded := range map[time.Duration]int{10 * time.Millisecond: 1000, 9970 * time.Microsecond: 0} {
			for _, propagate := range []bool{true, false} {
				c := base(10, 1000, 0.01)
				c.Strategies, c.Requesters, c.Propagate = []string{"least-loaded"}, requesters, propagate
				c.Arrivals, c.Work, c.Timeout = Constant, requester.Constant(10*time.Millisecond), timeout
				r := mustRun(t, c)[0]
				assert.EqualValues(t, succeeded, r.Requests.Succeeded, "%d requesters, timeout %v, propagated: %t", requesters, timeout, propagate)
				c.Timeout, c.Deadline = 0, timeout
				r = mustRun(t, c)[0]
				assert.EqualValues(t, succeeded, r.Requests.Succeeded, "%d requesters, deadline %v, propagated: %t", requesters, timeout, propagate)
			}
		}
	}
}

// Nor does it matter how many services went before the last: with a request every 10 ms each service begins as the one before ends, and
// that is no wait; with one every 5 ms the k-th, from 0, has waited for 5k ms, so that the first five end within 30.
func TestAnAnswerAtTheEndIsInTimeAfterOthers(t *testing.T) {
	for _, requesters := range []int{1, 3, 10, 100, 1000, 5000} {
		c := base(1, 5000, 1)
		c.Strategies, c.Requesters, c.Warmup = []string{"least-loaded"}, requesters, 0
		c.Arrivals, c.Work, c.Timeout = Constant, requester.Constant(10*time.Millisecond), 10*time.Millisecond
		r := mustRun(t, c)[0]
		assert.EqualValues(t, 5000, r.Requests.Succeeded, "%d requesters", requesters)
		assert.Zero(t, *r.WaitedShare, "%d requesters", requesters)

		c.Requests, c.Rate, c.Timeout = 6, 200, 30*time.Millisecond
		assert.EqualValues(t, 5, mustRun(t, c)[0].Requests.Succeeded, "%d requesters", requesters)
	}
}

// A crash is [from, to): of requests every 10 ms, one that lasts 50 ms hits five, the first of which comes as it begins and the last 10 ms before it
// ends. Nobody knows of it: the next sign of life comes with the next life. If what is held is claimed, nothing runs twice.
func TestARequestAtTheEndOfACrashIsServed(t *testing.T) {
	const ms = time.Millisecond
	for _, requesters := range []int{1, 3, 10, 100, 1000, 5000} {
		c := base(1, 20, 1)
		c.Strategies, c.Requesters, c.Warmup = []string{"round-robin"}, requesters, 0
		c.Arrivals, c.Rate, c.Work, c.Heartbeat = Constant, 100, requester.Constant(ms), time.Hour
		c.Faults = []worker.Fault{{
			Kind: "crash", Zone: worker.AnyZone, At: 50 * ms, For: 50 * ms, Set: option.Values{"notify": requester.Failed},
		}}
		r := mustRun(t, c)[0]
		assert.EqualValues(t, 5, r.Requests.Failed, "%d requesters", requesters)

		c.Claim, c.Faults[0].Set = time.Hour, option.Values{"notify": requester.Lost}
		r = mustRun(t, c)[0]
		assert.EqualValues(t, 20, r.Requests.Succeeded, "%d requesters", requesters)
		assert.EqualValues(t, 20, r.Executions.Begun, "%d requesters", requesters)
		assert.EqualValues(t, 5, r.Claims, "%d requesters", requesters)
	}
}

// Two workers, 10 ms of work, a request every 5 ms. If each sees what was so 10 ms ago, the first two go to one worker each. The third sees
// one request at the first worker, which has just ended, and so goes to the second, where it waits for 5 ms; the fourth sees one at each
// and goes to the first, which is idle. From there on every other one waits for 5 ms: (10 + 10 + 499 · (15 + 10)) / 1000 is 12.495. If they see
// snapshots of every 10 ms, these show one request at each, and the workers take turns: nobody waits.
func TestOldCountsAreTheSameWhoeverAsks(t *testing.T) {
	const ms = time.Millisecond
	for _, requesters := range []int{1, 2, 7, 100, 1000} {
		c := base(2, 1000, 1)
		c.Strategies, c.Requesters, c.Warmup = []string{"least-loaded"}, requesters, 0
		c.Arrivals, c.Work, c.Stale = Constant, requester.Constant(10*ms), 10*ms
		r := mustRun(t, c)[0]
		assert.InDelta(t, 0.012495, *r.LatencySeconds.Mean, 3e-6, "%d requesters", requesters)
		assert.InDelta(t, 0.499, *r.WaitedShare, 1e-9, "%d requesters", requesters)
		c.Stale, c.Refresh = 0, 10*ms
		r = mustRun(t, c)[0]
		assert.InDelta(t, 0.010, *r.LatencySeconds.Mean, 3e-6, "%d requesters", requesters)
		assert.Zero(t, *r.WaitedShare, "%d requesters", requesters)
	}
}

// Of constant arrivals one falls on the instant at which the window opens, and none on that at which it closes, whatever the lanes.
func TestAWindowHasItsStartAndNotItsEnd(t *testing.T) {
	for _, requesters := range []int{1, 7, 100, 1000} {
		c := base(10, 1000, 0.1)
		c.Strategies, c.Requesters = []string{"least-loaded"}, requesters
		c.Arrivals, c.Work = Constant, requester.Constant(time.Millisecond)
		assert.EqualValues(t, 900, mustRun(t, c)[0].MeasuredRequests, "%d requesters", requesters)
	}
}

// Rows of one instant are served in their order, whoever asks them: on one worker 1, 2, 3 and 4 s of work that come together are done
// after 1, 3, 6 and 10 s, and with the two short ones the mean is 20.002/6 s.
func TestRowsOfOneInstantAreServedInTheirOrder(t *testing.T) {
	second := func(s ...float64) (all []time.Duration) {
		for _, x := range s {
			all = append(all, time.Duration(x*1e9))
		}
		return all
	}
	for _, requesters := range []int{1, 2, 3, 4, 5, 6, 100} {
		for _, strategy := range []string{"least-loaded", "pull", "random"} {
			c := base(1, 6, 1)
			c.Strategies, c.Requesters, c.Warmup = []string{strategy}, requesters, 0
			c.Arrivals, c.Work, c.Rate = Trace, nil, 5./20
			c.Trace = &requester.Trace{Arrivals: second(0, 10, 10, 10, 10, 20), Work: second(0.001, 1, 2, 3, 4, 0.001)}
			mean := mustRun(t, c)[0].LatencySeconds.Mean
			require.NotNil(t, mean)
			assert.InDelta(t, 20.002/6, *mean, 1e-5, fmt.Sprintf("%s, %d requesters", strategy, requesters))
		}
	}
}
