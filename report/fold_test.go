package report_test

import (
	"bytes"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"waza/balancer"
	"waza/internal/drawn"
	"waza/internal/invented"
	"waza/report"
	"waza/report/document"
	"waza/requester"
	"waza/worker"
)

// The same outcomes in any order and in blocks of any size give the same bytes.
func TestOrderOfOutcomesDoesNotMatter(t *testing.T) {
	v := invented.Run{Workers: 3, Requests: 400, Load: 0.9, Seed: 1, Timeout: 30 * time.Millisecond}
	outcomes, facts := v.Outcomes(v.Window())
	printed := func(outcomes []requester.Outcome, block int) string {
		r, err := invented.Fold(report.Options{Window: v.Window(), KeepLog: true}, outcomes, block).Result(facts)
		require.NoError(t, err)
		var b bytes.Buffer
		d := document.Document{Runs: []report.Result{r}}
		require.NoError(t, d.WriteJSON(&b))
		require.NoError(t, d.WriteLog(&b))
		return b.String()
	}
	want := printed(outcomes, len(outcomes))
	drawn.Check(t, func(t *rapid.T) {
		shuffled := rapid.Permutation(outcomes).Draw(t, "order")
		if got := printed(shuffled, rapid.IntRange(1, 500).Draw(t, "block")); got != want {
			t.Fatal("another order gives another result")
		}
	})
}

func TestFigures(t *testing.T) {
	const ms = time.Millisecond
	// Two slots, window from 10 ms to 110 ms. Four requests, each with 20 ms of service.
	request := func(id int, verdict requester.Verdict, start, began time.Duration) requester.Outcome {
		o := requester.Outcome{
			ID: id, Work: 20 * ms, Start: start, Verdict: verdict, Decided: began + 20*ms, Executed: 1, Service: 20 * ms,
			Offered: start, Dispatched: start, Began: began, Finished: began + 20*ms,
		}
		o.Attempts[verdict] = 1
		return o
	}
	outcomes := []requester.Outcome{
		request(0, requester.Succeeded, 0, 0),          // warm-up; half of it inside
		request(1, requester.Succeeded, 20*ms, 20*ms),  // inside
		request(2, requester.Failed, 30*ms, 40*ms),     // inside, waited
		request(3, requester.Succeeded, 80*ms, 100*ms), // begins inside, ends in the drain, waited
	}
	facts := report.Facts{
		Ended: 120 * ms,
		Workers: []report.WorkerFacts{{
			Speed: 1, Concurrency: 2,
			Tally: worker.Tally{Received: 4, Begun: 4, BegunInside: 3, Answered: 4, AnsweredInside: 3, Busy: 80 * ms, BusyInside: 60 * ms},
		}},
		Balancers: []balancer.Ledger{{Admitted: 4, Dispatched: 4, Completed: 4, Workers: []balancer.Book{
			{Pending: 110 * ms, PendEver: 110e6, PendInside: 90e6, Sojourns: 110 * ms, MostPending: 2, MostEver: 2, Stays: balancer.Stays{Here: true}},
		}}},
	}
	fold := invented.Fold(report.Options{Window: report.NewWindow(10*ms, 110*ms), Expected: 4}, outcomes, 3)
	r, err := fold.Result(facts)
	require.NoError(t, err)
	for _, c := range []struct {
		says string
		want float64
		got  *float64
	}{
		{"latency: 20 and 40 ms, of the two that succeeded", 0.030, r.LatencySeconds.Mean},
		{"answer time: 20, 30 and 40 ms", 0.030, r.AnswerSeconds.Mean},
		{"wait: 0 and 20 ms", 0.010, r.WaitSeconds.Mean},
		{"slowdown: 1 and 2", 1.5, r.Slowdown.Mean},
		{"answers inside: 0, 1 and 2", 30, r.Throughput},
		{"of these 2 failed", 20, r.Goodput},
		{"two of three measured succeeded", 2. / 3, r.SuccessShare},
		{"nobody tried again", 1, r.AttemptsPerRequest},
		{"useful inside 10 + 20 + 10 ms of 60 ms busy", 1 - 40./60, r.WastedWorkShare},
		{"in system 10 + 20 + 30 + 30 ms of 100 ms", 0.9, r.MeanInSystem},
		{"two of three served waited", 2. / 3, r.WaitedShare},
		{"60 ms of two slots for 100 ms", 0.3, r.Utilization},
		{"one worker is even", 1, r.Imbalance},
		{"one worker is fair", 1, r.Jain},
		{"pending 90 ms of 100 ms", 0.9, r.Workers[0].MeanPending},
	} {
		if assert.NotNil(t, c.got, c.says) {
			assert.InDelta(t, c.want, *c.got, 1e-12, c.says)
		}
	}
	assert.EqualValues(t, 3, r.MeasuredRequests)
	assert.Equal(t, 0.02, r.SlotSeconds)
	assert.Nil(t, r.LatencySeconds.P50, "two samples have no median")
}

func TestInterruptedBeforeTheWindowOpens(t *testing.T) {
	v := invented.Run{Workers: 2, Requests: 50, Load: 0.5, Seed: 2}
	outcomes, facts := v.Outcomes(report.NewWindow(time.Hour, 2*time.Hour))
	facts.Interrupted = true
	r, err := invented.Fold(report.Options{Window: report.NewWindow(time.Hour, 2*time.Hour), Expected: 1000}, outcomes, 10).Result(facts)
	require.NoError(t, err, "an interrupted run need not have issued all")
	assert.EqualValues(t, 50, r.MeasuredRequests)
	assert.Greater(t, *r.Utilization, 0.1)
	assert.InDelta(t, 0, *r.WastedWorkShare, 1e-12)
	assert.True(t, r.Unopened)
	assert.Equal(t, r.SimulatedSeconds, r.WindowSeconds)
}

// A run that is interrupted before its window opens is measured as a whole: its figures are of one time, which ends with the last verdict
// or service. Each of two requests is given up after 10 ms and served for 30 ms, by a worker each, the second from 20 ms on: two answers in 50 ms,
// and 60 ms of service in 100 ms of slots.
func TestTheWholeOfAnInterruptedRunEndsWithItsLastService(t *testing.T) {
	const ms = time.Millisecond
	var outcomes []requester.Outcome
	facts := report.Facts{Ended: time.Hour, Interrupted: true, Balancers: []balancer.Ledger{{Admitted: 2, Dispatched: 2, Completed: 2}}}
	for id := range 2 {
		start := time.Duration(id) * 20 * ms
		o := requester.Outcome{ID: id, Work: 30 * ms, Start: start, Verdict: requester.TimedOut, Decided: start + 10*ms, Executed: 1, Late: 1,
			Service: 30 * ms, Worker: id, Offered: start, Dispatched: start, Began: start, Finished: start + 30*ms}
		o.Attempts[requester.TimedOut] = 1
		outcomes = append(outcomes, o)
		facts.Workers = append(facts.Workers, report.WorkerFacts{ID: id, Speed: 1, Concurrency: 1, Tally: worker.Tally{
			Received: 1, Begun: 1, Answered: 1, Busy: 30 * ms, Ended: o.Finished}})
		facts.Balancers[0].Workers = append(facts.Balancers[0].Workers, balancer.Book{
			Pending: 30 * ms, Sojourns: 30 * ms, Stays: balancer.Stays{Here: true}})
	}
	r, err := invented.Fold(report.Options{Window: report.NewWindow(time.Minute, time.Hour)}, outcomes, 2).Result(facts)
	require.NoError(t, err)
	assert.True(t, r.Unopened)
	assert.InDelta(t, 0.05, r.SimulatedSeconds, 1e-12)
	assert.InDelta(t, 0.6, *r.Utilization, 1e-12)
	assert.InDelta(t, 40, *r.Throughput, 1e-9)
}

func TestNothingRan(t *testing.T) {
	r, err := invented.Fold(report.Options{Window: report.NewWindow(0, 0)}, nil, 1).Result(report.Facts{Workers: []report.WorkerFacts{{Speed: 1, Concurrency: 1}}})
	require.NoError(t, err)
	assert.Nil(t, r.Throughput)
	assert.Nil(t, r.Utilization)
	assert.Nil(t, r.LatencySeconds.Mean)
	assert.NoError(t, document.Document{Runs: []report.Result{r}}.WriteJSON(new(bytes.Buffer)), "no figure is NaN")
}

// Of ten seeds of M/M/1 at 0.95 none may be taken for overloaded, of 10,000 requests at 1.1 all must be.
// By the bound in overload's comment chance exceeds two standard deviations of critical load in about one of forty
// runs at 1.0, and at 0.95 in far fewer.
func TestOverload(t *testing.T) {
	for _, c := range []struct {
		says              string
		workers, requests int
		load              float64
		want              int
	}{
		{"M/M/1 at 0.95 wanders and is stable", 1, 10_000, 0.95, 0},
		{"a short M/M/1 at 0.95 that fills from empty is not overloaded", 1, 1000, 0.95, 0},
		{"M/M/10 at 0.99 is stable", 10, 10_000, 0.99, 0},
		{"1.1 is too much for one", 1, 10_000, 1.1, 10},
		{"1.2 is too much for ten", 10, 5000, 1.2, 10},
	} {
		saturated := 0
		for seed := range uint64(10) {
			r, err := invented.Run{Workers: c.workers, Requests: c.requests, Load: c.load, Seed: seed}.Result("pull")
			require.NoError(t, err)
			if r.Saturated {
				saturated++
				want := (c.load - 1) * float64(c.workers) / invented.MeanWork.Seconds()
				assert.InEpsilon(t, want, r.GrowthPerSecond, 0.75, "the slope is arrivals less capacity")
			}
		}
		assert.Equal(t, c.want, saturated, c.says)
	}
}

// An overload is one whatever the unit of time: the integral of a backlog of days is more than a Duration holds.
func TestOverloadAtAnyScale(t *testing.T) {
	for _, work := range []time.Duration{time.Microsecond, time.Millisecond, time.Second, time.Minute, 4 * time.Hour} {
		const requests = 20_000
		end := requests * work / 2 // they come twice as fast as they are served
		outcomes := make([]requester.Outcome, requests)
		for i := range outcomes {
			start, began := time.Duration(i)*work/2, time.Duration(i)*work
			outcomes[i] = requester.Outcome{
				ID: i, Work: work, Start: start, Offered: start, Dispatched: start, Began: began, Finished: began + work,
				Decided: began + work, Executed: 1, Service: work,
			}
		}
		facts := report.Facts{Ended: requests * work, Workers: []report.WorkerFacts{{Speed: 1, Concurrency: 1}}}
		r, _ := invented.Fold(report.Options{Window: report.NewWindow(end/10, end)}, outcomes, 100).Result(facts) // its books are empty
		assert.True(t, r.Saturated, "work of %v", work)
		assert.InEpsilon(t, 1/work.Seconds(), r.GrowthPerSecond, 0.01, "work of %v", work)
		assert.InEpsilon(t, 0.55*requests/2*work.Seconds(), *r.LatencySeconds.Mean, 0.01, "work of %v", work)
	}
}

// Thousands of queues that are filling grow all through a short window, late in a run too, and that is no overload; when
// there is more to do than workers can, it is one. With each of five seeds, in the short form two.
func TestFillingIsNoOverload(t *testing.T) {
	seeds := uint64(5)
	if testing.Short() {
		seeds = 2
	}
	for _, c := range []struct {
		says     string
		requests int
		load     float64
		warmUp   float64
		overload bool
	}{
		{"twenty requests per worker", 80_000, 0.8, 0.1, false},
		{"with less to spare", 120_000, 0.9, 0.1, false},
		{"hardly any to spare, after a warm-up", 400_000, 0.98, 0.2, false},
		{"too much, from empty", 120_000, 1.3, 0.1, true},
		{"a little too much, for long", 400_000, 1.05, 0.1, true},
	} {
		for seed := range seeds {
			v := invented.Run{Workers: 4000, Blind: true, Requests: c.requests, Load: c.load, Seed: seed}
			whole := float64(v.End())
			window := report.NewWindow(time.Duration(c.warmUp*whole), time.Duration(whole))
			outcomes, facts := v.Outcomes(window)
			r, err := invented.Fold(report.Options{Window: window, Expected: v.Requests}, outcomes, 100).Result(facts)
			require.NoError(t, err)
			assert.Equal(t, c.overload, r.Saturated, "%s, seed %d", c.says, seed)
			assert.Equal(t, !c.overload, r.Filling, "%s, seed %d", c.says, seed)
			assert.Equal(t, !c.overload, r.Short, "%s, seed %d", c.says, seed)
			assert.Positive(t, r.GrowthPerSecond, "%s, seed %d", c.says, seed)
		}
	}
}

func TestProgress(t *testing.T) {
	var seen []int
	v := invented.Run{Workers: 1, Requests: 25, Load: 0.5}
	outcomes, _ := v.Outcomes(v.Window())
	invented.Fold(report.Options{Window: v.Window(), Progress: func(done int) { seen = append(seen, done) }}, outcomes, 10)
	assert.Equal(t, []int{10, 20, 25}, seen)
}
