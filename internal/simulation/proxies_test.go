package simulation

import (
	"bytes"
	"context"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/balancer"
	"waza/internal/option"
	"waza/report"
	"waza/requester"
	"waza/worker"
)

// behindProxies puts proxies with enough slots, a constant millisecond each, between the requesters and one queue.
func behindProxies(c *Config, n int) {
	c.Strategies = []string{"pull"}
	c.Proxies = Proxies{Number: n, Strategy: "least-loaded", Concurrency: 64, Queue: 1024, Work: requester.Constant(time.Millisecond)}
}

// A relay is what happened at proxies: instants by "request proxy", in order.
type relay struct {
	dispatched, passed map[string][]time.Duration
	known              []time.Duration // instants at which a proxy was suspected, or found down
	result             report.Result
}

var atProxy = regexp.MustCompile(`^ *([\d.]+) ms  (?:front (?:balancer|\d+) +(dispatches) request (\d+).* to proxy (\d+)|proxy (\d+) +(passes on) +request (\d+)|front.* (suspects|finds down) +proxy)`)

// relayed plays one strategy and returns what happened at proxies.
func relayed(t *testing.T, c Config) relay {
	t.Helper()
	var events bytes.Buffer
	c.Events = true
	results, err := Run(context.Background(), c, 1, Spectators{Events: &events})
	require.NoError(t, err)
	r := relay{map[string][]time.Duration{}, map[string][]time.Duration{}, nil, results[0]}
	for line := range strings.Lines(events.String()) {
		m := atProxy.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		millis, err := strconv.ParseFloat(m[1], 64)
		require.NoError(t, err)
		at := time.Duration(millis * float64(time.Millisecond))
		switch {
		case m[2] != "":
			r.dispatched[m[3]+" "+m[4]] = append(r.dispatched[m[3]+" "+m[4]], at)
		case m[6] != "":
			r.passed[m[7]+" "+m[5]] = append(r.passed[m[7]+" "+m[5]], at)
		default:
			r.known = append(r.known, at)
		}
	}
	return r
}

// missed returns the requests that a proxy was sent and did not pass on, in order.
func (r *relay) missed(proxy int) (ids []int) {
	for key := range r.dispatched {
		if id, at, _ := strings.Cut(key, " "); at == strconv.Itoa(proxy) && len(r.passed[key]) == 0 {
			n, _ := strconv.Atoi(id)
			ids = append(ids, n)
		}
	}
	slices.Sort(ids)
	return ids
}

// failover is one of two proxies in turn that dies at 2.1455 s, which nobody is told. Request i begins at i/99.5 s, and is at its proxy for
// a millisecond: so number 213, of 2.1407 s, is the last that may pass there.
func failover() Config {
	c := base(4, 398, 0.25)
	behindProxies(&c, 2)
	c.Proxies.Strategy = "round-robin"
	c.Arrivals, c.Rate, c.Warmup, c.Work = Constant, 99.5, 0, requester.Constant(10*time.Millisecond)
	c.Heartbeat, c.Grace = time.Second/3, time.Second
	c.Faults = []worker.Fault{{
		Kind: "crash", Proxies: true, Zone: worker.AnyZone, At: 2145500 * time.Microsecond, Set: option.Values{"notify": requester.Lost},
	}}
	return c
}

// Its last beat was at 2.0, so that it is known at 3.0: until then every other request is sent there, from number 214 up to 298, of 2.995 s.
// Whoever asks health checks knows after three of them, at 2.2, 2.3 and 2.4: up to number 238.
func TestFailoverByHand(t *testing.T) {
	for _, row := range []struct {
		says  string
		set   func(*Config)
		known time.Duration
		last  int
	}{
		{"by heartbeats", func(*Config) {}, 3 * time.Second, 298},
		{"by health checks", func(c *Config) {
			c.Features = []balancer.Feature{{Kind: "health", Set: option.Values{"interval": 100 * time.Millisecond, "down": 3, "up": 2}}}
		}, 2400 * time.Millisecond, 238},
	} {
		t.Run(row.says, func(t *testing.T) {
			c := failover()
			row.set(&c)
			lost := relayed(t, c)
			assert.InDelta(t, row.known, lost.known[0], float64(time.Microsecond))
			missed := lost.missed(0)
			var want []int
			for id := 214 + (missed[0]-214)%2; id <= row.last; id += 2 {
				want = append(want, id)
			}
			assert.Equal(t, want, missed)
			assert.EqualValues(t, len(want), lost.result.Requests.Lost)
			assert.EqualValues(t, 398-len(want), lost.result.Requests.Succeeded)
			assert.EqualValues(t, len(want), lost.result.Executions.Buried)
			assert.InDelta(t, row.known.Seconds()-2.1455, *lost.result.Faults[0].DetectSeconds, 0.021, "it was sent to last just before")

			c.Faults[0].Set, c.Retries = option.Values{"notify": requester.Failed}, 1
			c.Backoff = requester.Backoff{Kind: requester.NoBackoff}
			told := relayed(t, c)
			assert.EqualValues(t, 398, told.result.Requests.Succeeded, "whoever is told tries the other proxy")
			assert.Equal(t, 398+told.result.Attempts.Failed, told.result.Attempts.Sent)
			assert.Positive(t, told.result.Attempts.Failed)
		})
	}
}

// A worker and a proxy die at any time, and nobody is told. With a processing list nothing is lost but what the proxy held when it died, and
// what it was sent until that was known. What it had passed on before is answered from behind all the same.
func TestAProxyLosesWhatItHeld(t *testing.T) {
	seeds, some := uint64(200), 0
	if testing.Short() {
		seeds = 40
	}
	const messages = 80 // in 0.29 s, within which it dies and is known to be dead
	for seed := range seeds {
		c := base(4, messages, 0.7)
		behindProxies(&c, 3)
		c.Seed, c.Warmup, c.Proxies.Work = seed, 0, requester.Exponential(5*time.Millisecond)
		c.Heartbeat, c.Claim, c.Grace, c.Requesters = 30*time.Millisecond, 90*time.Millisecond, 5*time.Second, 10
		dies := 30*time.Millisecond + time.Duration(seed)*500*time.Microsecond
		c.Faults = []worker.Fault{
			{Kind: "crash", Proxies: true, Zone: worker.AnyZone, At: dies, Set: option.Values{"notify": requester.Lost}},
			{Kind: "crash", Workers: worker.Selection{First: 1, Last: 1}, Zone: worker.AnyZone, At: dies / 2, Set: option.Values{"notify": requester.Lost}},
		}
		c.Proxies.Strategy = []string{"least-loaded", "random", "ring-hash"}[seed%3]
		r := relayed(t, c)
		known := requester.Never
		for _, at := range r.known {
			known = min(known, at)
		}
		held := 0
		for key, at := range r.dispatched {
			_, proxy, _ := strings.Cut(key, " ")
			if passed := r.passed[key]; proxy == "0" && (len(passed) == 0 || passed[0] > dies+time.Microsecond) {
				assert.LessOrEqual(t, at[0], known)
				held++
			}
		}
		some += held
		require.EqualValues(t, held, r.result.Requests.Lost, "seed %d", seed)
		require.EqualValues(t, messages-held, r.result.Requests.Succeeded, "seed %d", seed)
	}
	assert.Greater(t, some, int(seeds))
}

// All requests of a requester find the same proxy where that is hashed, and other proxies share the rest.
func TestHashesOfProxiesGoByRequester(t *testing.T) {
	c := base(4, 400, 0.5)
	behindProxies(&c, 3)
	c.Requesters, c.Proxies.Strategy, c.Mix.Keys = 20, "ring-hash", requester.UniformKeys(1000)
	r := relayed(t, c)
	proxies, used := map[int]string{}, map[string]bool{}
	for key := range r.dispatched {
		id, proxy, _ := strings.Cut(key, " ")
		n, _ := strconv.Atoi(id)
		if before, known := proxies[n%20]; known {
			require.Equal(t, before, proxy, "requester %d", n%20)
		}
		proxies[n%20], used[proxy] = proxy, true
	}
	assert.Len(t, proxies, 20)
	assert.Len(t, used, 3)
}

// One proxy with one slot and a millisecond per request is M/D/1 in front of workers that are never all busy.
func TestAProxyIsAQueue(t *testing.T) {
	if testing.Short() {
		t.Skip("50,000 requests")
	}
	c := base(50, 50_000, 0.16)
	behindProxies(&c, 1)
	c.Proxies.Concurrency, c.Queue = 1, 0
	r := mustRun(t, c)[0]
	require.Len(t, r.Proxies, 1)
	assert.InDelta(t, 0.8, *r.Proxies[0].Utilization, 0.01)
	assert.InDelta(t, 3e-3, *r.Proxies[0].ResponseSeconds.Mean, 0.1e-3, "S + ρS/2(1−ρ)")
	assert.InDelta(t, *r.Proxies[0].ResponseSeconds.Mean, *r.WaitSeconds.Mean, 0.02e-3)
	assert.Equal(t, r.MeasuredRequests, r.Proxies[0].Requests, 20)
}

// Where each proxy has one slot and waits, no more requests are behind than there are proxies, and none waits there: with two proxies and
// constant work of 10 ms, ten workers are two, of 11 ms each.
func TestProxiesThatWaitHoldTheirSlots(t *testing.T) {
	c := base(10, 2000, 0.3)
	behindProxies(&c, 2)
	c.Arrivals, c.Rate, c.Think, c.Work = Closed, 0, requester.Constant(0), requester.Constant(10*time.Millisecond)
	c.Proxies.Concurrency, c.Proxies.Waits = 1, true
	r := mustRun(t, c)[0]
	assert.InDelta(t, 2/0.011, *r.Throughput, 0.1)
	for _, p := range r.Proxies {
		assert.InDelta(t, 1, *p.Utilization, 1e-3)
	}
	c.Proxies.Waits = false
	free := mustRun(t, c)[0]
	assert.InDelta(t, 10/0.010, *free.Throughput, 5, "a hundred requesters, and a queue behind that is never empty")
}

// A balancer behind that has no room lets proxies wait at its door, and they hold their slots meanwhile: with one worker of 10 ms, a place
// for one request more, and no other limit, all that there is waits at proxies.
func TestBackPressureReachesTheProxies(t *testing.T) {
	c := base(1, 500, 0.5)
	behindProxies(&c, 2)
	c.Requesters, c.Arrivals, c.Rate, c.Think = 40, Closed, 0, requester.Constant(0)
	c.Work, c.Backlog, c.Proxies.Concurrency = requester.Constant(10*time.Millisecond), 1, 8
	r := mustRun(t, c)[0]
	assert.InDelta(t, 100, *r.Throughput, 0.5)
	for _, p := range r.Proxies {
		assert.InDelta(t, 1, *p.Utilization, 0.01, "every slot waits at the door")
		assert.InDelta(t, 0.38, *p.ResponseSeconds.Mean, 0.005, "40 there are, two behind, one every 10 ms")
	}
	assert.EqualValues(t, 500, r.Requests.Succeeded)
}

// With proxies the same seed gives the same bytes, and any strategy in front meets the same work behind.
func TestSameBytesBehindProxies(t *testing.T) {
	for _, waits := range []bool{false, true} {
		for _, condition := range []condition{
			{"open loop", func(*Config) {}},
			{"back-pressure with timeouts and retries", func(c *Config) {
				c.Rate, c.Queue, c.Backlog, c.Timeout, c.Retries = 1.3*c.Rate, 1, 5, 60*time.Millisecond, 1
				c.Backoff = requester.Backoff{Kind: requester.ConstantBackoff, Base: time.Millisecond}
			}},
			{"proxies and workers that die, claims, hedges", func(c *Config) {
				c.Strategies, c.Hedge.After, c.Timeout = []string{"pull"}, 20*time.Millisecond, 500*time.Millisecond
				c.Heartbeat, c.Claim = 20*time.Millisecond, 70*time.Millisecond
				c.Faults = []worker.Fault{
					{Kind: "crash", Proxies: true, Zone: worker.AnyZone, Workers: worker.Selection{Share: 1}, MTBF: 200 * time.Millisecond, MTTR: 50 * time.Millisecond, Set: option.Values{"notify": requester.Failed}},
					{Kind: "crash", Zone: worker.AnyZone, Workers: worker.Selection{Share: 0.5}, MTBF: 200 * time.Millisecond, MTTR: 50 * time.Millisecond, Set: option.Values{"notify": requester.Lost}},
				}
			}},
			{"several balancers in front", func(c *Config) { c.Balancers, c.Proxies.Strategy = 4, "power-of-two" }},
		} {
			t.Run(fmt.Sprintf("%s, waits: %v", condition.name, waits), func(t *testing.T) {
				c := base(10, 1000, 0.9)
				if testing.Short() {
					c.Requests = 400
				}
				behindProxies(&c, 3)
				c.Strategies, c.Proxies.Waits, c.Proxies.Concurrency = []string{"least-loaded", "pull", "prequal"}, waits, 5
				condition.set(&c)
				want := bytesOf(t, c)
				c.disturb = yieldAtRandom
				for range repeats(10, true) {
					require.Equal(t, want, bytesOf(t, c))
				}
			})
		}
	}
}

// A proxy takes the body of a request before it passes it on: a slow requester holds a place there, and no worker.
func TestProxiesTakeTheBodies(t *testing.T) {
	c := base(4, 400, 0.2)
	behindProxies(&c, 2)
	c.Work, c.Upload = requester.Constant(10*time.Millisecond), requester.Upload{Takes: 100 * time.Millisecond, Share: 1}
	r := mustRun(t, c)[0]
	assert.InDelta(t, 10e-3, *r.ServiceSeconds.Max, 1e-6)
	assert.InDelta(t, 101e-3, *r.Proxies[0].ResponseSeconds.Mean, 1e-6)
}

// A worker behind proxies dies at any time, and nobody is told. Without a processing list that is lost which it had popped when it died, and what it
// was sent until it was known to be dead; with one exactly this goes to others, and nothing is lost.
func TestAWorkerBehindProxiesLosesWhatItHasPopped(t *testing.T) {
	seeds, some := uint64(200), 0
	if testing.Short() {
		seeds = 12
	}
	for seed := range seeds {
		const messages = 40 // in 2 s, the same
		c := base(2+int(seed%4), messages, 1)
		behindProxies(&c, 1+int(seed%3))
		c.Seed, c.Warmup, c.Requesters, c.Rate = seed, 0, 10, 20
		c.Work, c.Concurrency = requester.Exponential(time.Duration(c.Workers)*70*time.Millisecond), 1+int(seed%2)
		c.Heartbeat, c.Grace = 300*time.Millisecond, time.Minute
		dies := 400*time.Millisecond + time.Duration(seed)*3*time.Millisecond
		c.Faults = []worker.Fault{dying(0, dies)}
		lost := told(t, c)
		require.Len(t, lost.suspected, 1, "seed %d", seed)
		held, sent := lost.held(dies-time.Microsecond, lost.suspected[0])
		require.EqualValues(t, len(held)+len(sent), lost.result.Requests.Lost, "seed %d: %v were held, %v sent until it was known", seed, held, sent)
		require.EqualValues(t, messages, lost.result.Requests.Lost+lost.result.Requests.Succeeded, "seed %d", seed)
		some += len(held) + len(sent)

		c.Claim = 3 * c.Heartbeat
		saved := told(t, c)
		require.EqualValues(t, messages, saved.result.Requests.Succeeded, "seed %d", seed)
		require.ElementsMatch(t, slices.Concat(held, sent), saved.claimed, "seed %d", seed)
	}
	assert.Greater(t, some, int(seeds)/2)
}
