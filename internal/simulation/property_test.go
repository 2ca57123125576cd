package simulation

import (
	"context"
	"encoding/json"
	"flag"
	"io"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"waza/internal/drawn"
	"waza/report"
	"waza/worker"
)

// TestAnyRunIsAccountedFor draws whole configurations and holds what must be true of every one of them. Run compares
// what requesters, balancer and workers have counted, each for itself, so that it returns no error says much already.
func TestAnyRunIsAccountedFor(t *testing.T) {
	check(t, func(t *rapid.T) {
		c := drawConfig(t)
		c.Strategies = rapid.Permutation(c.Strategies).Draw(t, "strategies")[:rapid.IntRange(2, min(3, len(c.Strategies))).Draw(t, "how many")]
		results, first := played(t, context.Background(), c, Spectators{})
		for _, r := range results {
			require.EqualValues(t, c.Requests, r.Requests.Issued, "%s: every request is issued", r.Strategy)
			requireVerdicts(t, c, r)
			require.Zero(t, r.Requests.Cancelled, "%s: nobody interrupted", r.Strategy)
			if !c.Hedge.On() {
				require.Zero(t, r.Attempts.Cancelled, "%s: and nobody lost", r.Strategy)
			}
			require.Equal(t, c.Requests, r.Log.Len(), "%s: one line of log per request", r.Strategy)
			requireClasses(t, c, r)
		}
		require.Equal(t, first, playedElsewhere(t, c), "the same configuration gives the same bytes")
	})
}

// TestAnyInterruptedRunIsAccountedFor cancels runs after so many looks at their context, which is at any point of a run:
// while it is set up, under back-pressure, during a backoff, in the drain. It must end, and count what it cut short.
func TestAnyInterruptedRunIsAccountedFor(t *testing.T) {
	check(t, func(t *rapid.T) {
		c := drawConfig(t)
		c.Strategies = []string{rapid.SampledFrom(c.Strategies).Draw(t, "strategy")}
		// A requester looks at least once per request; one that listens to answers looks a few times more.
		looks := rapid.IntRange(0, 3*c.Requests).Draw(t, "looks before the interruption")

		results, _ := played(t, newImpatience(looks), c, Spectators{})
		r := results[0]
		require.LessOrEqual(t, r.Requests.Issued, report.Count(c.Requests), "no request is issued twice")
		requireVerdicts(t, c, r)
		require.EqualValues(t, r.Requests.Issued, r.Log.Len(), "what was cut short is in the log too")
	})
}

// check plays 150 configurations, or 60 in the short form, always the same; in the long one, which looks for what is still wrong, 10,000 that are
// new each time. No goroutine is left of them: in simulated time one that was would be a deadlock, and what is outside of it may still be about
// to end.
func check(t *testing.T, property func(*rapid.T)) {
	before := runtime.NumGoroutine()
	if *long {
		unlessSaid(t, "rapid.checks", "10000")
		unlessSaid(t, "rapid.seed", "0") // a new one
		rapid.Check(t, property)
	} else {
		unlessSaid(t, "rapid.checks", "150")
		drawn.Check(t, property)
	}
	require.Eventually(t, func() bool { return runtime.NumGoroutine() <= before+1 }, time.Minute, time.Millisecond) // one asks
}

// unlessSaid sets a flag for one test, unless the command line does.
func unlessSaid(t *testing.T, name, value string) {
	said := false
	flag.Visit(func(f *flag.Flag) { said = said || f.Name == name })
	if said {
		return
	}
	f := flag.Lookup(name)
	usual := f.Value.String()
	require.NoError(t, f.Value.Set(value))
	t.Cleanup(func() { require.NoError(t, f.Value.Set(usual)) })
}

// playedElsewhere is what a run says of itself on another number of processors, with a narrator to whom every step is told, and with
// goroutines that let others go first at random.
func playedElsewhere(t *rapid.T, c Config) string {
	defer onOtherProcessors()()
	c.disturb, c.Events = yieldAtRandom, true
	_, all := played(t, context.Background(), c, Spectators{Events: io.Discard})
	return all
}

// requireVerdicts holds that everything has exactly one verdict, and none that nothing in the configuration explains.
func requireVerdicts(t *rapid.T, c Config, r report.Result) {
	q, a := r.Requests, r.Attempts
	require.Equal(t, q.Issued, q.Succeeded+q.Failed+q.TimedOut+q.Rejected+q.Cancelled+q.Lost, "%s: requests", r.Strategy)
	if r.Goodput != nil {
		require.LessOrEqual(t, *r.Goodput, *r.Throughput, "%s: whoever succeeded had an answer", r.Strategy)
	}
	requireTime(t, r)
	require.Equal(t, a.Sent, a.Succeeded+a.Failed+a.TimedOut+a.Rejected+a.Cancelled+a.Lost, "%s: attempts", r.Strategy)
	require.Equal(t, q.Succeeded, a.Succeeded, "%s: a request succeeds by exactly one attempt", r.Strategy)
	// Each request has a first attempt. After it come at most so many retries, and beside each of these one hedge.
	require.GreaterOrEqual(t, a.Sent, q.Issued, r.Strategy)
	require.LessOrEqual(t, a.Sent, q.Issued*report.Count(c.Tries()), r.Strategy)
	more := r.Executions.Duplicated + r.Executions.Broken
	require.LessOrEqual(t, r.Executions.Begun-more, a.Sent-a.Rejected-r.Executions.Skipped, "%s: an attempt is served at most once", r.Strategy)
	if c.Claim == 0 && !mayAbandon(c) {
		require.Zero(t, more+r.Claims, "%s: nothing doubles anything", r.Strategy)
	}
	if !noneServes(&c) && !c.Starves() && (!slices.ContainsFunc(c.Faults, worker.Fault.Swallows) || c.Timeout+c.Deadline > 0) {
		require.Zero(t, q.Lost+a.Lost, "%s: nothing is swallowed that has no end", r.Strategy)
	}
	if c.Timeout == 0 && c.Deadline == 0 {
		require.Zero(t, a.TimedOut, "%s: nobody gives up", r.Strategy)
		// What loses to a hedge may be skipped before it is served. What an interruption cancels while it is served is finished for nobody.
		require.LessOrEqual(t, r.Executions.Skipped, a.Cancelled, r.Strategy)
		require.LessOrEqual(t, r.Executions.Late, a.Cancelled+a.Lost, r.Strategy)
	}
	if !c.Reject && c.Discipline != "codel" {
		require.Zero(t, a.Rejected, "%s: nobody rejects", r.Strategy)
	}
	if !slices.ContainsFunc(c.Faults, worker.Fault.Fails) && !(c.Proxies.Waits && (c.Reject || c.Discipline == "codel")) {
		require.Zero(t, a.Failed, "%s: nothing fails", r.Strategy)
	}
	if !c.Propagate {
		// Only at the door may an attempt be withdrawn then, and there it has no worker to skip it.
		require.LessOrEqual(t, r.Executions.Skipped, a.TimedOut, "%s: and no loser is withdrawn", r.Strategy)
	}
}

// requireTime holds that no slot is busy for longer than it is there, of whatever tier and under whatever fault.
func requireTime(t *rapid.T, r report.Result) {
	holds := func(busy *float64, whose string, id int) {
		if busy != nil {
			require.LessOrEqual(t, *busy, 1+1e-9, "%s: %s %d", r.Strategy, whose, id)
		}
	}
	holds(r.Utilization, "all", len(r.Workers))
	for _, w := range r.Workers {
		holds(w.Utilization, "worker", w.ID)
	}
	for _, p := range r.Proxies {
		holds(p.Utilization, "proxy", p.ID)
	}
}

// requireClasses holds that the classes of each kind are all measured requests.
func requireClasses(t *rapid.T, c Config, r report.Result) {
	requests := map[string]report.Count{}
	for _, class := range r.Classes {
		kind, _, _ := strings.Cut(class.Class, " ")
		requests[kind] += class.Requests
	}
	for _, n := range requests {
		require.Equal(t, r.MeasuredRequests, n, "%s: %v", r.Strategy, r.Classes)
	}
	if c.Mix.ByZone && c.zones() > 1 && r.MeasuredRequests > 0 {
		require.Contains(t, requests, "zone")
	}
}

// played returns the results of a run, and everything that it says of itself.
func played(t *rapid.T, ctx context.Context, c Config, s Spectators) ([]report.Result, string) {
	c.Log = true
	if _, err := scaledShape(c).Curve(); err != nil {
		t.Skip("the arrivals of so short a run cannot have that shape: ", err)
	}
	results, err := Run(ctx, c, 1, s)
	require.NoError(t, err)
	all := ""
	for _, r := range results {
		figures, err := json.Marshal(r)
		require.NoError(t, err)
		all += string(figures) + "\n" + logOf(t, r)
	}
	return results, all
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

// scaledShape is the configuration as Run plays it.
func scaledShape(c Config) *Config {
	c = c.scaled()
	return &c
}
