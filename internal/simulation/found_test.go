package simulation

import (
	"io"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/balancer"
	"waza/internal/option"
	"waza/requester"
	"waza/worker"
)

// These are runs that random configurations have found, as they were drawn, but for what did not matter.

// Workers die many times in a service of 20 s, and requesters give up without a word. Whoever is dead and looks idle leaves the pool. Under
// bounded-hash and pull this was waited for without end, under the others not by chance.
func TestAFoundPoolOfTheDyingEnds(t *testing.T) {
	c := base(2, 362, 1)
	c.Seed, c.Requesters, c.Concurrency, c.Speeds = 522211789175060740, 1, 2, []float64{3, 0.25}
	c.Parameters.Set["hash-balance"], c.Parameters.Set["ring-points"] = 1.01, 16
	c.Parameters.Delays = [][]time.Duration{{0, 0, 0, 0}, {0, 0, 150232566000, 172968690000}, {18000, 0, 0, 0}, {0, 0, 15666000, 0}}
	c.Shape = requester.Shape{Kind: "bursty", Set: option.Values{"factor": 2.000171735242475, "off": time.Duration(6002832000), "on": time.Duration(6000714000)}}
	c.Rate, c.Work = 0.024454529213943015, requester.Constant(time.Minute)
	c.Mix = Mix{
		Keys: requester.UniformKeys(10), Priorities: []float64{0.5, 0.25, 0.125, 0.125}, Zones: []float64{1. / 13, 3. / 13, 4. / 13, 5. / 13}, ByZone: true,
	}
	c.Queue, c.Backlog, c.Discipline, c.Reject = 3, 3, "edf", true
	c.Deadline, c.Propagate, c.Hedge.Percentile, c.Grace, c.Panic, c.Warmup = 8277768000, false, 26.815085017937612, 5190000, 0.5, 0
	c.Faults = []worker.Fault{
		{Kind: "flaky", Workers: worker.Selection{Share: 0.08}, Zone: worker.AnyZone, At: 804000, For: 1297290000, Set: option.Values{"p": 0.04161318968679462}},
		{Kind: "crash", Workers: worker.Selection{Share: 0.01}, Zone: worker.AnyZone, MTBF: 10143468000, MTTR: 6 * time.Second, Set: option.Values{"notify": requester.Lost}},
	}
	c.Heartbeat, c.Claim = 64936020000, 64936470000
	c.Features = []balancer.Feature{
		{Kind: "limit.aimd", Set: option.Values{"backoff": 0.015900148527555724, "max": 30, "min": 10, "start": 29, "timeout": time.Duration(11023626000)}},
		{Kind: "outlier", Set: option.Values{"base": time.Duration(6001614000), "deviation": 2.0, "failures": 2, "interval": time.Duration(6002562000),
			"longest": time.Duration(1766492976000), "requests": 3, "share": 3.5e-05, "workers": 2}},
	}
	c.Pool = balancer.Pool{Start: 1, Least: 1, Interval: 6033750000, Delay: 54000, Idle: 6 * time.Second}
	c.Strategies = []string{"bounded-hash", "pull", "ring-hash"}
	for _, r := range mustRun(t, c) {
		assert.EqualValues(t, c.Requests, r.Requests.TimedOut+r.Requests.Rejected, r.Strategy)
		assert.Positive(t, r.Claims, r.Strategy)
	}
}

// The run is cut at 7.8 ms, and some workers work until 32 ms and die meanwhile. A rebirth after the cut was heard in some runs and not in others,
// and the pool told of a move more.
func TestAFoundPoolIsToldOfTheSameMoves(t *testing.T) {
	c := base(5, 12, 1)
	c.Seed, c.Requesters, c.Concurrency, c.Speeds = 0x1d1fc48, 7, 3, []float64{0.25, 1, 3, 1, 0.25}
	c.Queue, c.Discipline, c.Jitter, c.Refresh, c.Grace, c.Panic, c.Warmup = 3, "edf", 0.5, 1, 58, 0, 0
	c.Pool = balancer.Pool{Start: 3, Interval: 1000005, Idle: 1000129}
	c.Retries, c.Backoff = 3, requester.Backoff{Kind: requester.FullJitter, Base: time.Millisecond, Cap: 20 * time.Millisecond}
	c.Work, c.Rate = requester.Uniform(0, 20*time.Millisecond), 1.5*5.5*3/0.01
	c.Shape = requester.Shape{Kind: "spike", Set: option.Values{"at": time.Duration(1038), "for": time.Duration(2132640), "factor": 1.575585033698644}}
	c.Faults = []worker.Fault{
		{Kind: "crash", Workers: worker.Selection{Share: 0.04370230486438231}, Zone: worker.AnyZone, MTBF: 1000013, MTTR: 1000122, Set: option.Values{"notify": requester.Failed}},
		{Kind: "blackhole", Workers: worker.Selection{Share: 0.18463758785780468}, Zone: worker.AnyZone, MTBF: 1000028, MTTR: 1000305, Set: option.Values{}},
	}
	c.Heartbeat = 10632104
	c.Features = []balancer.Feature{{Kind: "slow-start", Set: option.Values{"length": time.Duration(1024245)}}}
	c.Strategies = []string{"weighted-random"}
	want := bytesOf(t, c)
	c.disturb, c.Events = yieldAtRandom, true
	for range 20 {
		require.Equal(t, want, bytesBefore(t, c, Spectators{Events: io.Discard}))
	}
}

// A worker serves from 0, dies at 5 ms, and is to leave at 7 ms. Its requester gives up at 10 ms, so that it holds nothing any more and is gone
// before its lease is over. What it held is claimed then, as from a pool.
func TestWhoIsSentAwayDeadLeavesNothingBehind(t *testing.T) {
	const ms = time.Millisecond
	c := base(2, 2, 0.1)
	c.Strategies, c.Arrivals, c.Rate, c.Work, c.Timeout = []string{"least-loaded", "pull"}, Constant, 1000, requester.Constant(30*ms), 10*ms
	c.Heartbeat, c.Claim, c.Pool.Start = 30*ms, 100*ms, 2
	c.Resizes = []balancer.Resize{{At: 7 * ms, Workers: 1}}
	c.Faults = []worker.Fault{{
		Kind: "crash", Workers: worker.Selection{First: 1, Last: 1}, Zone: worker.AnyZone, At: 5 * ms, For: 10 * time.Second, Set: option.Values{"notify": requester.Lost},
	}}
	for _, r := range mustRun(t, c) {
		assert.EqualValues(t, 2, r.Requests.TimedOut, r.Strategy)
		assert.EqualValues(t, 1, r.Claims, r.Strategy)
	}
}

// A worker that is to leave ends its last service long after the timeout of the attempt, and the answer is lost on its way home. It was claimed, for its
// worker had left with it, and nobody heard of that; with leases a sweep would have found it, but there was none, since no worker may fall silent.
func TestAFoundAnswerThatIsLostByOneWhoLeavesIsWaitedForNoMore(t *testing.T) {
	c := base(2, 6, 1)
	c.Work, c.Rate, c.Timeout, c.Propagate = requester.Constant(10*time.Second), 2, time.Second, true
	c.Faults = []worker.Fault{{Kind: "drop", Workers: worker.Selection{Share: 1}, Zone: worker.AnyZone, Set: option.Values{"p": 1.0}}}
	c.Heartbeat, c.Claim, c.Unheard = 10*time.Second, 30*time.Second, 1
	c.Pool, c.Resizes = balancer.Pool{Start: 2}, []balancer.Resize{{At: 3 * time.Second, Workers: 1}}
	for _, until := range []time.Duration{time.Second, time.Minute} { // past when the worker ends, and still to come
		c.Timeout = until
		for _, r := range mustRun(t, c) {
			assert.EqualValues(t, 6, r.Requests.TimedOut, r.Strategy)
		}
	}
}

// Many wait at the door, with the alarm still set for the end of a request that has been answered. Whoever was rung by it lost its place, and whether it
// was set depended on when the requester had read the answer: a run that was watched was another.
func TestAFoundPlaceAtTheDoorIsKept(t *testing.T) {
	c := base(2, 60, 1)
	c.Strategies, c.Requesters, c.Queue, c.Backlog = []string{"least-loaded", "pull"}, 20, 1, 2
	c.Arrivals, c.Rate, c.Think = Closed, 0, requester.Constant(10*time.Millisecond)
	c.Timeout, c.Retries, c.Backoff = 20*time.Millisecond, 1, requester.Backoff{Kind: requester.NoBackoff}
	for c.Seed = range 20 {
		c.Events = false
		lazy := bytesOf(t, c)
		c.Events = true
		require.Equal(t, lazy, bytesBefore(t, c, Spectators{Events: io.Discard}))
	}
}

// Nobody has any work, and all that is asked is swallowed. The grace of an interruption was parted into pieces as short as the work: 3,600 million.
func TestAFoundGraceIsOverSoon(t *testing.T) {
	c := base(1, 3, 1)
	c.Requesters, c.Arrivals, c.Work = 1, Trace, nil
	c.Trace = &requester.Trace{Arrivals: []time.Duration{0, 1, 2 * time.Hour}, Work: make([]time.Duration, 3)}
	c.Faults = []worker.Fault{{Kind: "blackhole", Workers: worker.Selection{Share: 1}, Zone: worker.AnyZone, Set: option.Values{}}}
	c.Strategies, c.Timeout, c.Grace, c.Warmup = []string{"least-loaded"}, 2*time.Hour, time.Hour, 0
	results, err := Run(newImpatience(8), c, 1, Spectators{})
	require.NoError(t, err)
	assert.EqualValues(t, 1, results[0].Requests.Cancelled, "the last")
}
