package report_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/balancer"
	"waza/internal/invented"
	"waza/report"
	"waza/requester"
	"waza/worker"
)

// Of 100 ms for which workers were busy inside the window, 30 ms were those of the request that succeeded, of which a try that failed, and the wait
// for the next, took the first 10. The others were a failed and a lost
// attempt of 20 ms each, a service that was done twice and one that was broken off, 15 ms each: these two are told of by the balancer alone. Two
// attempts were claimed, 2 s and 1 s after they had been sent.
func TestOnlyServiceWhoseAnswerWasUsedIsNotWasted(t *testing.T) {
	const ms = time.Millisecond
	served := func(id int, verdict requester.Verdict, took time.Duration) requester.Outcome {
		o := requester.Outcome{ID: id, Start: 10 * ms, Decided: 10*ms + took, Verdict: verdict, Work: took, Executed: 1, Service: took,
			Offered: 10 * ms, Dispatched: 10 * ms, Began: 10 * ms, Finished: 10*ms + took}
		o.Attempts[verdict] = 1
		return o
	}
	outcomes := []requester.Outcome{served(0, requester.Succeeded, 30*ms), served(1, requester.Failed, 20*ms), served(2, requester.Lost, 20*ms)}
	outcomes[0].Latest = 20 * ms
	facts := report.Facts{
		Ended: 100 * ms,
		Workers: []report.WorkerFacts{{Speed: 1, Concurrency: 5, Tally: worker.Tally{Received: 5, Begun: 5, BegunInside: 5,
			Answered: 3, AnsweredInside: 3,
			Busy: 100 * ms, BusyInside: 100 * ms}}},
		Balancers: []balancer.Ledger{{Admitted: 3, Dispatched: 5, Completed: 5, Claims: 2, ClaimTime: 3e9, Duplicated: 1, Broken: 1, MoreService: 30 * ms,
			Ejections: 1, Suspicions: 2, Downs: 3, Trips: 4, Panic: balancer.Panic{Times: 2, Past: 30 * ms, Since: 80 * ms, On: true},
			Placement: balancer.Placement{Changes: 2, Moved: 70, Least: 40}, Workers: []balancer.Book{{}}}},
	}
	r, err := invented.Fold(report.Options{Window: report.NewWindow(0, 100*ms)}, outcomes, 2).Result(facts)
	require.NoError(t, err)
	assert.InDelta(t, 0.8, *r.WastedWorkShare, 1e-12)
	assert.InDelta(t, 30, *r.Throughput, 1e-9, "what was lost is no answer, and a duplicate is one")
	assert.InDelta(t, 10, *r.Goodput, 1e-9)
	assert.Equal(t, []report.Count{1, 2, 3, 4, 2}, []report.Count{r.Ejections, r.Suspicions, r.Downs, r.Trips, r.Panics})
	assert.InDelta(t, 0.03+0.02, r.PanicSeconds, 1e-12, "one is over, and one lasts to the end of the run")
	assert.EqualValues(t, 1, r.Executions.Duplicated)
	assert.EqualValues(t, 1, r.Executions.Broken)
	assert.InDelta(t, 1.5, *r.ClaimSeconds, 1e-12)
	assert.EqualValues(t, 70, *r.MovedKeys)
	assert.EqualValues(t, 40, *r.LeastMovedKeys)
}
