package simulation

import (
	"context"
	"encoding/json"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"waza/report"
	"waza/requester"
	"waza/strategy"
	"waza/worker"
)

// TestAnyRunIsAccountedFor draws whole configurations and holds what must be true of every one of them. Run compares
// what requesters, balancer and workers have counted, each for itself, so that it returns no error says much already.
func TestAnyRunIsAccountedFor(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawConfig(t)
		results, first := played(t, context.Background(), c)
		for _, r := range results {
			require.Equal(t, c.Requests, r.Requests.Issued, "%s: every request is issued", r.Strategy)
			requireVerdicts(t, c, r)
			require.Zero(t, r.Requests.Cancelled+r.Attempts.Cancelled, "%s: nobody interrupted", r.Strategy)
			require.Equal(t, c.Requests, lines(r.Log), "%s: one line of log per request", r.Strategy)
		}
		_, second := played(t, context.Background(), c)
		require.Equal(t, first, second, "the same configuration gives the same bytes")
	})
}

// TestAnyInterruptedRunIsAccountedFor cancels runs after so many looks at their context, which is at any point of a run:
// while it is set up, under back-pressure, during a backoff, in the drain. It must end, and count what it cut short.
func TestAnyInterruptedRunIsAccountedFor(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawConfig(t)
		c.Strategies = []string{rapid.SampledFrom(c.Strategies).Draw(t, "strategy")}
		c.Grace = drawDuration(t, "grace", 0, 200*time.Millisecond)
		// A requester looks at least once per request; one that listens to answers looks a few times more.
		looks := rapid.IntRange(0, 3*c.Requests).Draw(t, "looks before the interruption")

		results, _ := played(t, newImpatience(looks), c)
		r := results[0]
		require.LessOrEqual(t, r.Requests.Issued, c.Requests, "no request is issued twice")
		requireVerdicts(t, c, r)
		require.Equal(t, r.Requests.Issued, lines(r.Log), "what was cut short is in the log too")
	})
}

// requireVerdicts holds that everything has exactly one verdict, and none that nothing in the configuration explains.
func requireVerdicts(t *rapid.T, c Config, r report.Result) {
	q, a := r.Requests, r.Attempts
	require.Equal(t, q.Issued, q.Succeeded+q.Failed+q.TimedOut+q.Rejected+q.Cancelled+q.Lost, "%s: requests", r.Strategy)
	require.Equal(t, a.Sent, a.Succeeded+a.Failed+a.TimedOut+a.Rejected+a.Cancelled+a.Lost, "%s: attempts", r.Strategy)
	require.Equal(t, q.Succeeded, a.Succeeded, "%s: a request succeeds by exactly one attempt", r.Strategy)
	// Each request has a first attempt. After it come at most so many retries.
	require.GreaterOrEqual(t, a.Sent, q.Issued, r.Strategy)
	require.LessOrEqual(t, a.Sent, q.Issued*(1+c.Retries), r.Strategy)
	require.LessOrEqual(t, r.Executions.Begun, a.Sent-a.Rejected-r.Executions.Skipped, "%s: an attempt is served at most once", r.Strategy)

	require.Zero(t, q.Lost+a.Lost+r.Executions.Duplicated, "%s: no fault swallows or doubles anything", r.Strategy)
	if c.Timeout == 0 && c.Deadline == 0 {
		require.Zero(t, a.TimedOut+r.Executions.Skipped, "%s: nobody gives up", r.Strategy)
		// What an interruption cancels while it is served is finished for nobody.
		require.LessOrEqual(t, r.Executions.Late, a.Cancelled, r.Strategy)
	}
	if !c.Reject {
		require.Zero(t, a.Rejected, "%s: nobody rejects", r.Strategy)
	}
	if !slices.ContainsFunc(c.Faults, func(f worker.Fault) bool { return f.Kind == worker.Flaky }) {
		require.Zero(t, a.Failed, "%s: nothing fails", r.Strategy)
	}
	if !c.Propagate {
		// Only at the door may an attempt be withdrawn then, and there it has no worker to skip it.
		require.LessOrEqual(t, r.Executions.Skipped, a.TimedOut, r.Strategy)
	}
}

// played returns the results of a run, and everything that it says of itself.
func played(t *rapid.T, ctx context.Context, c Config) ([]report.Result, string) {
	c.Log = true
	results, err := Run(ctx, c, 1, Spectators{})
	require.NoError(t, err)
	all := ""
	for _, r := range results {
		figures, err := json.Marshal(r)
		require.NoError(t, err)
		all += string(figures) + "\n" + string(r.Log)
	}
	return results, all
}

// lines counts the lines of a log.
func lines(log []byte) int {
	n := 0
	for _, b := range log {
		if b == '\n' {
			n++
		}
	}
	return n
}

// impatience is a context that is over once somebody has asked it so many times: an interruption that hits a run
// at a place of its course, and not at a time that depends on the machine.
type impatience struct {
	context.Context
	left chan int // one number, taken out to look at it and put back
}

func newImpatience(looks int) *impatience {
	c := &impatience{context.Background(), make(chan int, 1)}
	c.left <- looks
	return c
}

func (c *impatience) Err() error {
	left := <-c.left
	c.left <- max(0, left-1)
	if left == 0 {
		return context.Canceled
	}
	return nil
}

// drawConfig draws a configuration such as internal/command lets through, with everything small enough that limits are
// reached: queues of 0 to 5 places fill, and a mean work of 10 ms meets timeouts of 1 to 100 ms.
func drawConfig(t *rapid.T) Config {
	workers := rapid.IntRange(1, 20).Draw(t, "workers")
	c := base(workers, rapid.IntRange(1, 400).Draw(t, "requests"), 1)
	c.Seed = rapid.Uint64().Draw(t, "seed")
	c.Requesters = rapid.IntRange(1, 30).Draw(t, "requesters")
	c.Concurrency = rapid.IntRange(1, 3).Draw(t, "concurrency")
	c.Speeds = rapid.SliceOfN(rapid.SampledFrom([]float64{0.25, 1, 3}), workers, workers).Draw(t, "speeds")
	c.Parameters = strategy.Parameters{
		Tie:     rapid.SampledFrom([]strategy.Tie{strategy.TieRoundRobin, strategy.TieFirst, strategy.TieRandom}).Draw(t, "tie"),
		Choices: rapid.IntRange(1, 4).Draw(t, "choices"),
	}
	c.Queue = rapid.IntRange(0, 5).Draw(t, "queue")
	c.Backlog = rapid.SampledFrom([]int{Unlimited, 0, 1, 2, 3, 4, 5}).Draw(t, "backlog")
	c.Reject = c.Backlog != Unlimited && rapid.Bool().Draw(t, "reject")
	c.Warmup = rapid.Float64Range(0, 0.5).Draw(t, "warmup")
	c.Jitter = rapid.SampledFrom([]float64{0, 0.5, 2}).Draw(t, "jitter")
	drawBalancers(t, &c)
	drawPatience(t, &c)
	drawFaults(t, &c)
	drawWorkload(t, &c)
	return c
}

// drawPatience draws when requesters give up, and whether they try again.
func drawPatience(t *rapid.T, c *Config) {
	if rapid.Bool().Draw(t, "has a timeout") {
		c.Timeout = drawDuration(t, "timeout", time.Millisecond, 100*time.Millisecond)
	}
	if rapid.Bool().Draw(t, "has a deadline") {
		c.Deadline = drawDuration(t, "deadline", time.Millisecond, 200*time.Millisecond)
	}
	c.Propagate = rapid.Bool().Draw(t, "propagate")
	c.Retries = rapid.IntRange(0, 3).Draw(t, "retries")
	c.Backoff = requester.Backoff{
		Kind: rapid.SampledFrom([]requester.BackoffKind{
			requester.NoBackoff, requester.ConstantBackoff, requester.ExponentialBackoff,
			requester.FullJitter, requester.EqualJitter, requester.DecorrelatedJitter,
		}).Draw(t, "backoff"),
		Base: time.Millisecond, Cap: 20 * time.Millisecond,
	}
}

func drawFaults(t *rapid.T, c *Config) {
	for range rapid.IntRange(0, 2).Draw(t, "faults") {
		f := worker.Fault{Kind: rapid.SampledFrom([]worker.FaultKind{worker.Slow, worker.Flaky}).Draw(t, "kind")}
		f.P, f.Factor = rapid.Float64Range(0.01, 1).Draw(t, "p"), rapid.Float64Range(0.1, 10).Draw(t, "factor")
		f.Workers.Share = rapid.Float64Range(0.01, 1).Draw(t, "share")
		if rapid.Bool().Draw(t, "comes and goes") {
			f.MTBF = drawDuration(t, "mtbf", time.Millisecond, time.Second)
			f.MTTR = drawDuration(t, "mttr", time.Millisecond, time.Second)
		} else {
			f.At, f.For = drawDuration(t, "at", 0, time.Second), drawDuration(t, "for", 0, time.Second)
		}
		c.Faults = append(c.Faults, f)
	}
}

// drawWorkload draws when requests begin and how much work they are. Its load is from 0.2 to 2, whatever the shape.
func drawWorkload(t *rapid.T, c *Config) {
	const mean = 10 * time.Millisecond
	pareto, err := requester.BoundedPareto(mean, 1.5, time.Second)
	require.NoError(t, err)
	c.Work = rapid.SampledFrom([]requester.Distribution{
		requester.Constant(mean), requester.Exponential(mean), requester.Uniform(0, 2*mean),
		requester.Lognormal(mean, 2), pareto, requester.Bimodal(9*time.Millisecond, 110*time.Millisecond, 0.01),
	}).Draw(t, "work")
	capacity := 0.0
	for _, speed := range c.Speeds {
		capacity += speed * float64(c.Concurrency)
	}
	c.Rate = rapid.Float64Range(0.2, 2).Draw(t, "load") * capacity / mean.Seconds()
	switch c.Arrivals = rapid.SampledFrom([]Arrivals{Poisson, Constant, Closed, Trace}).Draw(t, "arrivals"); c.Arrivals {
	case Closed:
		c.Rate = 0
		c.Think = rapid.SampledFrom([]requester.Distribution{
			requester.Constant(0), requester.Constant(mean), requester.Exponential(mean),
		}).Draw(t, "think")
	case Trace:
		drawTrace(t, c, mean)
	}
}

// drawTrace draws a trace with many requests at one instant, as real ones have, and some without work.
func drawTrace(t *rapid.T, c *Config, mean time.Duration) {
	c.Requests = max(2, c.Requests)
	gap := int64(math.Ceil(2 * float64(time.Second) / c.Rate)) // twice the mean: half of the gaps are nothing
	trace := &requester.Trace{}
	at := time.Duration(0)
	for range c.Requests {
		trace.Arrivals = append(trace.Arrivals, at)
		trace.Work = append(trace.Work, drawDuration(t, "row's work", 0, 2*mean))
		if rapid.Bool().Draw(t, "row has a gap") {
			at += time.Duration(gap)
		}
	}
	// At least one gap, or there would be no rate.
	trace.Arrivals[c.Requests-1] = max(at, time.Duration(gap))
	c.Trace, c.Work = trace, nil
	c.Rate = float64(c.Requests-1) / trace.Arrivals[c.Requests-1].Seconds()
}

func drawDuration(t *rapid.T, what string, from, to time.Duration) time.Duration {
	return time.Duration(rapid.Int64Range(int64(from), int64(to)).Draw(t, what))
}
