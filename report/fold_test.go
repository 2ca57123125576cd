package report

import (
	"bytes"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"waza/requester"
)

// The same outcomes in any order and in blocks of any size give the same bytes.
func TestOrderOfOutcomesDoesNotMatter(t *testing.T) {
	v := invention{workers: 3, requests: 400, load: 0.9, seed: 1, timeout: 30 * time.Millisecond}
	outcomes, facts := v.run(v.window())
	printed := func(outcomes []requester.Outcome, block int) string {
		r, err := folded(Options{Window: v.window(), KeepLog: true}, outcomes, block).Result(facts)
		require.NoError(t, err)
		var b bytes.Buffer
		require.NoError(t, Document{Runs: []Result{r}}.WriteJSON(&b))
		require.NoError(t, WriteLog(&b, []Result{r}))
		return b.String()
	}
	want := printed(outcomes, len(outcomes))
	rapid.Check(t, func(t *rapid.T) {
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
	facts := Facts{Ended: 120 * ms, Workers: []WorkerFacts{{
		Speed: 1, Concurrency: 2, Received: 4, Begun: 4, BegunInside: 3, Busy: 80 * ms, BusyInside: 60 * ms,
		Books: []Book{{Pending: 110 * ms, PendEver: 110e6, PendInside: 90e6, Held: 110 * ms, MostPending: 2, MostEver: 2}},
	}}, Balancer: BalancerFacts{Admitted: 4, Dispatched: 4, Completed: 4}}
	fold := folded(Options{Window: NewWindow(10*ms, 110*ms), Expected: 4}, outcomes, 3)
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
	assert.Equal(t, 3, r.MeasuredRequests)
	assert.Nil(t, r.LatencySeconds.P50, "two samples have no median")
}

func TestInterruptedBeforeTheWindowOpens(t *testing.T) {
	v := invention{workers: 2, requests: 50, load: 0.5, seed: 2}
	outcomes, facts := v.run(NewWindow(time.Hour, 2*time.Hour))
	facts.Interrupted = true
	r, err := folded(Options{Window: NewWindow(time.Hour, 2*time.Hour), Expected: 1000}, outcomes, 10).Result(facts)
	require.NoError(t, err, "an interrupted run need not have issued all")
	assert.Equal(t, 50, r.MeasuredRequests)
	assert.Greater(t, *r.Utilization, 0.1)
	assert.InDelta(t, 0, *r.WastedWorkShare, 1e-12)
	require.Len(t, r.Notes, 1)
	assert.Contains(t, r.Notes[0], "never opened")
}

func TestNothingRan(t *testing.T) {
	r, err := folded(Options{Window: NewWindow(0, 0)}, nil, 1).Result(Facts{Workers: []WorkerFacts{{Speed: 1, Concurrency: 1}}})
	require.NoError(t, err)
	assert.Nil(t, r.Throughput)
	assert.Nil(t, r.Utilization)
	assert.Nil(t, r.LatencySeconds.Mean)
	assert.NoError(t, Document{Runs: []Result{r}}.WriteJSON(new(bytes.Buffer)), "no figure is NaN")
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
			r, err := invention{workers: c.workers, requests: c.requests, load: c.load, seed: seed}.result("pull")
			require.NoError(t, err)
			if r.Saturated {
				saturated++
				var slope float64
				_, err := fmt.Sscanf(r.Notes[0], "overload: the number in the system grows by %g", &slope)
				require.NoError(t, err)
				want := (c.load - 1) * float64(c.workers) / meanWork.Seconds()
				assert.InEpsilon(t, want, slope, 0.75, "the slope is arrivals less capacity")
			}
		}
		assert.Equal(t, c.want, saturated, c.says)
	}
}

// Thousands of queues that are filling grow all through a short window, late in a run too, and that is no overload; when
// there is more to do than workers can, it is one.
func TestFillingIsNoOverload(t *testing.T) {
	for _, c := range []struct {
		says     string
		requests int
		load     float64
		warmUp   float64
		want     string
	}{
		{"twenty requests per worker", 80_000, 0.8, 0.1, "short: the number in the system grows"},
		{"with less to spare", 120_000, 0.9, 0.1, "short: the number in the system grows"},
		{"hardly any to spare, after a warm-up", 400_000, 0.98, 0.2, "short: the number in the system grows"},
		{"too much, from empty", 120_000, 1.3, 0.1, "overload: "},
		{"a little too much, for long", 400_000, 1.05, 0.1, "overload: "},
	} {
		for seed := range uint64(5) {
			v := invention{workers: 4000, blind: true, requests: c.requests, load: c.load, seed: seed}
			whole := float64(v.window().close)
			window := NewWindow(time.Duration(c.warmUp*whole), time.Duration(whole))
			outcomes, facts := v.run(window)
			r, err := folded(Options{Window: window, Expected: v.requests}, outcomes, 100).Result(facts)
			require.NoError(t, err)
			require.Len(t, r.Notes, 1, c.says)
			assert.Contains(t, r.Notes[0], c.want, "%s, seed %d", c.says, seed)
			assert.Equal(t, r.Notes[0][0] == 'o', r.Saturated)
		}
	}
}

func TestProgress(t *testing.T) {
	var seen []int
	v := invention{workers: 1, requests: 25, load: 0.5}
	outcomes, _ := v.run(v.window())
	folded(Options{Window: v.window(), Progress: func(done int) { seen = append(seen, done) }}, outcomes, 10)
	assert.Equal(t, []int{10, 20, 25}, seen)
}

// What several balancers saw of a worker adds up where it can. The most that was pending at once it does not: each had
// its most at another instant.
func TestPendingOfSeveralBalancers(t *testing.T) {
	var r Result
	describeWorkers(&r, []WorkerFacts{
		{Speed: 1, Concurrency: 1, Books: []Book{{PendInside: 1e9, MostPending: 3}, {PendInside: 5e8, MostPending: 2}}},
		{Speed: 1, Concurrency: 1, Books: []Book{{PendInside: 1e9, MostPending: 3}}},
	}, 2*time.Second)
	require.InDelta(t, 0.75, *r.Workers[0].MeanPending, 1e-12)
	require.Nil(t, r.Workers[0].MaxPending)
	require.Equal(t, 3, *r.Workers[1].MaxPending)
}
