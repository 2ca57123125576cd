package simulation

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/internal/option"
	"waza/report"
	"waza/requester"
	"waza/strategy"
	"waza/worker"
)

// hedged are conditions under which several attempts of a request are out at once, of which one wins.
var hedged = []condition{
	{"hedges and timeouts", func(c *Config) {
		c.Hedge.After, c.Timeout, c.Retries = 15*time.Millisecond, 50*time.Millisecond, 1
		c.Backoff = requester.Backoff{Kind: requester.NoBackoff}
	}},
	{"hedges at the median, of which a budget allows some", func(c *Config) {
		c.Requesters, c.Hedge.Percentile, c.RetryBudget, c.MinRetries = 3, 50, 0.2, 1
	}},
	{"hedges at the door, which ask again in vain", func(c *Config) {
		c.Rate *= 1.2
		c.Queue, c.Backlog, c.Hedge.After, c.Deadline, c.Propagate = 1, 5, 10*time.Millisecond, 80*time.Millisecond, false
	}},
	{"hedges between zones that are far, with failures", func(c *Config) {
		far(c)
		c.Requesters, c.Hedge.Percentile, c.Retries = 5, 80, 1
		c.Backoff = requester.Backoff{Kind: requester.NoBackoff}
		c.Faults = []worker.Fault{{Kind: "flaky", Zone: worker.AnyZone, Workers: worker.Selection{Share: 1}, Set: option.Values{"p": 0.2}}}
	}},
	{"hedges in a closed loop in which nobody thinks", func(c *Config) {
		c.Arrivals, c.Rate, c.Think = Closed, 0, requester.Constant(0)
		c.Hedge.After = 5 * time.Millisecond
	}},
	{"hedges in a closed loop that are let in one at a time, and read of their winners then", func(c *Config) {
		c.Arrivals, c.Rate, c.Think = Closed, 0, requester.Constant(0)
		c.Queue, c.Backlog, c.Hedge.After = 0, 1, 10*time.Microsecond
		c.Work = requester.Uniform(0, 20*time.Millisecond)
	}},
	{"hedges of what falls into black holes, and waits for room until they win", func(c *Config) {
		again(c, "blackhole", 0.5, nil)
		c.Queue, c.Hedge.After, c.Grace = 1, 15*time.Millisecond, 100*time.Millisecond
	}},
	{"hedges of what falls into black holes, at the door of two balancers", func(c *Config) {
		again(c, "blackhole", 0.5, nil)
		c.Balancers, c.Queue, c.Backlog, c.Hedge.After, c.Deadline = 2, 1, 3, 10*time.Millisecond, 200*time.Millisecond
	}},
}

// Worker 1 is ten times slower. Request A comes at 1 s and goes to worker 0, for 100 ms; B comes 10 ms later and goes to worker 1, for 1 s.
// Hedges follow after 50 ms: that of A waits behind B, that of B behind A. A is answered at 1.1 s; then B's hedge begins and wins at 1.2 s.
// A's hedge is skipped when worker 1 comes to it, at 2.01 s; B's try has been served for nobody. A third, at 5 s, is
// served by worker 0 in 100 ms, and its hedge by worker 1 for nobody.
func TestTwoRequestsHedgeEachOther(t *testing.T) {
	const ms = time.Millisecond
	for _, row := range []struct {
		says                 string
		propagate            bool
		begun, skipped, late report.Count
	}{
		{"losers are withdrawn", true, 5, 1, 2},
		{"or served, where nobody is told", false, 6, 0, 3},
	} {
		c := base(2, 3, 0.5)
		c.Strategies, c.Arrivals, c.Work = []string{"least-loaded"}, Trace, nil
		c.Parameters.Set["tie"] = strategy.TieFirst
		c.Trace = &requester.Trace{Arrivals: []time.Duration{1000 * ms, 1010 * ms, 5000 * ms}, Work: []time.Duration{100 * ms, 100 * ms, 100 * ms}}
		c.Rate = 2. / 5
		c.Speeds, c.Requesters, c.Warmup = []float64{1, 0.1}, 3, 0
		c.Hedge.After, c.Propagate, c.Log = 50*ms, row.propagate, true
		r := mustRun(t, c)[0]
		assert.EqualValues(t, 3, r.Requests.Succeeded, row.says)
		assert.Equal(t, []report.Count{6, 3, 3}, []report.Count{r.Attempts.Sent, r.Attempts.Succeeded, r.Attempts.Cancelled}, row.says)
		assert.Equal(t, []report.Count{row.begun, row.skipped, row.late}, []report.Count{r.Executions.Begun, r.Executions.Skipped, r.Executions.Late}, row.says)
		assert.InDelta(t, (100.+190+100)/3/1000, *r.LatencySeconds.Mean, 1e-5, row.says)
	}
}

// Worker 0 is a hole, and each worker has room for one. The first request, at 1 s, falls into it; its hedge after 50 ms goes to worker 1 and wins
// at 1.15 s. Then the loser is withdrawn, and the hole has room for the second request, at 1.2 s, whose hedge wins at 1.35 s. The third and the
// fourth, at 2 s and 2.01 s, go to the hole and to worker 1, which serves the fourth up to 2.11 s, and then, for it has waited since 2.05 s, the
// hedge of the third, up to 2.21 s. The last, at 5 s, is as the first. So the hole holds something for 0.15, 0.15, 0.21 and 0.15 s. Where no loser
// is withdrawn the first stays there, up to its end or for ever.
func TestALoserInAHoleIsPendingUntilItIsWithdrawn(t *testing.T) {
	const ms = time.Millisecond
	for _, row := range []struct {
		says      string
		propagate bool
		deadline  time.Duration
		latencies float64 // Σ, seconds
		pending   float64 // of worker 0: ∫
	}{
		{"withdrawn", true, 0, .15 + .15 + .21 + .1 + .15, .15 + .15 + .21 + .15},
		{"with an end, which does not come", true, 10 * time.Second, .15 + .15 + .21 + .1 + .15, .15 + .15 + .21 + .15},
		{"never", false, 0, .15 + .1 + .1 + .19 + .1, 4.2}, // the last hedge is served up to 5.2 s
		{"at its end", false, 700 * ms, .15 + .1 + .21 + .1 + .15, .7 + .7 + .15},
	} {
		c := base(2, 5, 0.5)
		c.Strategies, c.Arrivals, c.Work = []string{"least-loaded"}, Trace, nil
		c.Parameters.Set["tie"] = strategy.TieFirst
		c.Trace = &requester.Trace{
			Arrivals: []time.Duration{1000 * ms, 1200 * ms, 2000 * ms, 2010 * ms, 5000 * ms},
			Work:     []time.Duration{100 * ms, 100 * ms, 100 * ms, 100 * ms, 100 * ms},
		}
		c.Rate, c.Requesters, c.Warmup, c.Queue = 4./5, 5, 0, 0
		c.Hedge.After, c.Propagate, c.Deadline, c.Grace = 50*ms, row.propagate, row.deadline, 10*time.Second
		c.Faults = []worker.Fault{{Kind: "blackhole", Zone: worker.AnyZone, Workers: worker.Selection{First: 0, Last: 0}}}
		r := mustRun(t, c)[0]
		assert.EqualValues(t, 5, r.Requests.Succeeded, row.says)
		assert.InDelta(t, row.latencies/5, *r.LatencySeconds.Mean, 1e-5, row.says)
		assert.InDelta(t, row.pending/r.SimulatedSeconds, *r.Workers[0].MeanPending, 1e-5, row.says)
	}
}

// TestSuccessWithRetries: where every attempt fails with probability p, k of them succeed with 1 − p^k. Of N requests the share has a standard
// deviation of √(q(1 − q)/N), of which four are allowed.
func TestSuccessWithRetries(t *testing.T) {
	if testing.Short() {
		t.Skip("80,000 requests, most of which are tried again")
	}
	const p = 0.3
	for retries := range 4 {
		c := base(10, 20_000, 0.3)
		c.Strategies, c.Retries, c.Backoff = []string{"least-loaded"}, retries, requester.Backoff{Kind: requester.NoBackoff}
		c.Faults = []worker.Fault{{Kind: "flaky", Zone: worker.AnyZone, Workers: worker.Selection{Share: 1}, Set: option.Values{"p": p}}}
		r := mustRun(t, c)[0]
		want := 1 - math.Pow(p, float64(1+retries))
		got := float64(r.Requests.Succeeded) / float64(c.Requests)
		assert.InDelta(t, want, got, 4*math.Sqrt(want*(1-want)/float64(c.Requests)), "%d retries", retries)
	}
}

// TestABudgetBoundsWhatIsSent: everything fails, and every request would be tried four times. A budget of b per request, without a minimum,
// allows b·N retries in all, less a token that no requester may have made whole; with a minimum of m per second it allows what T seconds
// earn as well, and what the buckets begin with, which is a token each.
func TestABudgetBoundsWhatIsSent(t *testing.T) {
	if testing.Short() {
		t.Skip("plays for seconds")
	}
	c := base(10, 8000, 0.5)
	c.Strategies, c.Retries, c.Backoff = []string{"least-loaded"}, 3, requester.Backoff{Kind: requester.NoBackoff}
	c.Faults = []worker.Fault{{Kind: "flaky", Zone: worker.AnyZone, Workers: worker.Selection{Share: 1}, Set: option.Values{"p": 1.0}}}
	retries := func() float64 { return float64(mustRun(t, c)[0].Attempts.Sent) - float64(c.Requests) }
	require.Equal(t, 3.0*8000, retries(), "without a budget")

	c.RetryBudget = 0.2
	assert.InDelta(t, 0.2*8000-0.5*100, retries(), 50, "a fifth, and 0 to 1 left in each of 100 buckets")
	c.MinRetries = 10
	seconds := 8000 / c.Rate
	assert.InDelta(t, 0.2*8000+10*seconds+100-0.5*100, retries(), 50, "and ten per second")
}

// TestHedgesWithoutABudgetCollapse: hedges whose losers are served are more load, by which there are more hedges. Ten workers at load 0.7, with
// exponential work of 100 ms: from a hedge after 300 ms the system does not come back, and twice the work is more than all can do. A budget of
// 0.2 keeps the load below 0.7·1.2.
func TestHedgesWithoutABudgetCollapse(t *testing.T) {
	if testing.Short() {
		t.Skip("90,000 requests, half of which are hedged")
	}
	c := base(10, 15_000, 0.7)
	c.Rate /= 10
	c.Work = requester.Exponential(100 * time.Millisecond)
	c.Strategies, c.Hedge.After, c.Propagate = []string{"least-loaded"}, 300*time.Millisecond, false
	for seed := range uint64(3) {
		c.Seed, c.RetryBudget = seed+1, 0
		without := mustRun(t, c)[0]
		assert.True(t, without.Saturated, "seed %d", c.Seed)
		assert.Greater(t, *without.Utilization, 0.99)
		c.RetryBudget = 0.2
		with := mustRun(t, c)[0]
		assert.False(t, with.Saturated, "seed %d", c.Seed)
		assert.LessOrEqual(t, with.Attempts.Sent, report.Count(15_000*12/10))
		assert.Less(t, *with.LatencySeconds.Mean, *without.LatencySeconds.Mean/10)
	}
}

// TestHedgesHelpAgainstStallsOnly: ten workers at load 0.7 with constant work of 100 ms. Where each stands still for 200 ms every 10 s, on the
// mean, a hedge at the 95th percentile finds one that does not: over three seeds p99.9 falls by more than a third (of about 730 ms to about 390).
// Where nobody stands still it is in the way of others: p99.9 grows by more than a third (of about 190 ms to about 350). It is at most 7 %
// more attempts.
func TestHedgesHelpAgainstStallsOnly(t *testing.T) {
	if testing.Short() {
		t.Skip("480,000 requests")
	}
	c := base(10, 40_000, 0.7)
	if *long {
		c.Requests = 100_000
	}
	c.Rate /= 10
	c.Work, c.Strategies = requester.Constant(100*time.Millisecond), []string{"least-loaded"}
	tail := func(p float64) float64 {
		c.Hedge.Percentile = p
		sum := 0.0
		for _, r := range overSeeds(t, c, 3) {
			sum += *r.LatencySeconds.P999
			assert.LessOrEqual(t, *r.AttemptsPerRequest, 1.07)
		}
		return sum / 3
	}
	alone, hedged := tail(0), tail(95)
	t.Logf("p99.9 without stalls: %.0f ms, with hedges %.0f", 1000*alone, 1000*hedged)
	assert.Greater(t, hedged, alone*4/3)
	c.Faults = []worker.Fault{{Kind: "stall", Zone: worker.AnyZone, Workers: worker.Selection{Share: 1}, MTBF: 10 * time.Second, MTTR: 200 * time.Millisecond}}
	alone, hedged = tail(0), tail(95)
	t.Logf("p99.9 with stalls: %.0f ms, with hedges %.0f", 1000*alone, 1000*hedged)
	assert.Less(t, hedged, alone*2/3)
}
