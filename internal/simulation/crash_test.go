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

	"waza/internal/option"
	"waza/report"
	"waza/requester"
	"waza/worker"
)

// A story is what a narrator told of one run.
type story struct {
	dispatched, began, ended map[string][]time.Duration // by "request worker"
	claimed                  []int                      // requests, in their order
	suspected, claims        []time.Duration
	result                   report.Result
}

var sentence = regexp.MustCompile(`^ *([\d.]+) ms  (\S+) +(\d*) *(dispatches|begins|ends|suspects|claims) +(?:request (\d+))?(?:, attempt \d+)?(?:.*worker (\d+))?`)

// told plays one strategy and returns what happened.
func told(t *testing.T, c Config) story {
	t.Helper()
	var events bytes.Buffer
	c.Events = true
	results, err := Run(context.Background(), c, 1, Spectators{Events: &events})
	require.NoError(t, err)
	s := story{map[string][]time.Duration{}, map[string][]time.Duration{}, map[string][]time.Duration{}, nil, nil, nil, results[0]}
	for line := range strings.Lines(events.String()) {
		m := sentence.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		millis, err := strconv.ParseFloat(m[1], 64)
		require.NoError(t, err)
		at := time.Duration(millis * float64(time.Millisecond))
		add := func(to map[string][]time.Duration, worker string) {
			key := m[5] + " " + worker
			to[key] = append(to[key], at)
		}
		switch m[4] {
		case "dispatches":
			add(s.dispatched, m[6])
		case "begins":
			add(s.began, m[3])
		case "ends":
			add(s.ended, m[3])
		case "suspects":
			s.suspected = append(s.suspected, at)
		case "claims":
			request, err := strconv.Atoi(m[5])
			require.NoError(t, err)
			s.claimed, s.claims = append(s.claimed, request), append(s.claims, at)
		}
	}
	return s
}

// held returns the requests that worker 0 held at T, and those that it was sent from then until it was suspected.
func (s *story) held(at, until time.Duration) (held, sent []int) {
	for key, dispatched := range s.dispatched {
		id, who, _ := strings.Cut(key, " ")
		request, _ := strconv.Atoi(id)
		switch {
		case who != "0" || dispatched[0] > until:
		case dispatched[0] > at:
			sent = append(sent, request)
		case s.ended[key][0] >= at:
			held = append(held, request)
		}
	}
	slices.Sort(held)
	slices.Sort(sent)
	return held, sent
}

// crashOfOne is one of three workers that crashes at 2.15 s of 4.
func crashOfOne(told requester.Verdict) Config {
	c := base(3, 600, 0.5)
	c.Rate, c.Warmup = 150, 0
	c.Heartbeat = time.Second / 3
	c.Faults = []worker.Fault{{
		Kind: "crash", Zone: worker.AnyZone, At: 2150 * time.Millisecond, Set: option.Values{"notify": told},
	}}
	return c
}

// What is lost is what the worker held when it died, and what it was sent until it was suspected. With a claim exactly this is claimed, and
// nothing is lost. Beats come every third of a second, the last at 2.0: so it is known at 3.0.
func TestWhatACrashLosesAClaimSaves(t *testing.T) {
	const dies, known = 2150 * time.Millisecond, 3 * time.Second
	for _, name := range []string{"least-loaded", "round-robin", "random", "pull", "peak-ewma", "maglev"} {
		t.Run(name, func(t *testing.T) {
			c := crashOfOne(requester.Lost)
			c.Strategies, c.Mix.Keys = []string{name}, requester.UniformKeys(100)
			lost := told(t, c)
			held, sent := lost.held(dies, known)
			require.NotEmpty(t, append(held, sent...))
			require.Len(t, lost.suspected, 1)
			assert.InDelta(t, known, lost.suspected[0], float64(time.Microsecond))
			assert.EqualValues(t, len(held)+len(sent), lost.result.Requests.Lost)
			assert.EqualValues(t, 600-len(held)-len(sent), lost.result.Requests.Succeeded)

			c.Claim = time.Second
			claims := told(t, c)
			assert.EqualValues(t, 600, claims.result.Requests.Succeeded, "nothing is lost")
			again, more := claims.held(dies, known)
			assert.Equal(t, [][]int{held, sent}, [][]int{again, more}, "up to then it is the same run")
			assert.EqualValues(t, len(held)+len(sent), claims.result.Claims)
			assert.Equal(t, slices.Concat(held, sent), slices.Sorted(slices.Values(claims.claimed)))
			for _, at := range claims.claims {
				assert.InDelta(t, known, at, float64(time.Microsecond))
			}
			x := claims.result.Executions
			assert.Zero(t, x.Duplicated, "the dead do not answer")
			assert.Equal(t, 600+x.Broken, x.Begun)

			c.Claim, c.Faults[0].Set = 0, option.Values{"notify": requester.Failed}
			failed := told(t, c)
			assert.Zero(t, failed.result.Requests.Lost)
			again, more = failed.held(dies, known)
			assert.EqualValues(t, len(again)+len(more), failed.result.Requests.Failed)
			if name == "least-loaded" {
				assert.Greater(t, len(more), 5*len(sent), "who refuses at once looks idle: a sinkhole")
			}
		})
	}
}

// In a stall of two seconds a lease of one is over: what the worker held goes to others, what it had begun it finishes, once more for
// nothing, and the rest it buries when it is back. It is a member again, and nobody else is ever claimed from.
func TestAStalledOwnerFinishesWhatItHadBegun(t *testing.T) {
	c := crashOfOne(requester.Lost)
	c.Strategies, c.Concurrency, c.Rate = []string{"round-robin"}, 2, 250
	c.Faults = []worker.Fault{{Kind: "stall", Zone: worker.AnyZone, At: 1500 * time.Millisecond, For: 600 * time.Millisecond}}
	c.Heartbeat, c.Claim = 100*time.Millisecond, 300*time.Millisecond
	s := told(t, c)
	require.Len(t, s.suspected, 1)
	known := s.suspected[0]
	assert.InDelta(t, 1700*time.Millisecond, known, float64(time.Microsecond), "the last beat was at 1.4 s")
	held, sent := s.held(1500*time.Millisecond, known)
	assert.EqualValues(t, len(held)+len(sent), s.result.Claims)
	begun := 0
	for _, request := range held {
		if began := s.began[fmt.Sprint(request, " 0")]; len(began) > 0 && began[0] < 1500*time.Millisecond {
			begun++
			ended := s.ended[fmt.Sprint(request, " 0")][0]
			assert.Greater(t, ended, 2100*time.Millisecond, "its service is so much longer")
		}
	}
	require.Positive(t, begun)
	assert.EqualValues(t, begun, s.result.Executions.Duplicated)
	assert.Equal(t, []report.Count{600, 0, report.Count(600 + begun)}, []report.Count{s.result.Requests.Succeeded, s.result.Executions.Broken, s.result.Executions.Begun})
}

// Several balancers find out each for itself, and each claims what it had sent.
func TestEachBalancerClaimsItsOwn(t *testing.T) {
	c := crashOfOne(requester.Lost)
	c.Strategies, c.Balancers, c.Claim = []string{"least-loaded"}, 3, time.Second
	c.Faults[0].For = 10 * time.Second
	s := told(t, c)
	assert.Len(t, s.suspected, 3)
	held, sent := s.held(2150*time.Millisecond, slices.Max(s.suspected))
	assert.EqualValues(t, len(held)+len(sent), s.result.Claims)
	assert.EqualValues(t, 600, s.result.Requests.Succeeded)
}

// Without timeout, deadline or claim nothing ends what is swallowed in open loop but the end of the run: T and the grace.
func TestWhatIsSwallowedIsLostAtTheCut(t *testing.T) {
	for _, f := range []worker.Fault{
		{Kind: "blackhole", Zone: worker.AnyZone, At: time.Second},
		{Kind: "drop", Zone: worker.AnyZone, At: time.Second, Set: option.Values{"p": 1.0}},
		{Kind: "crash", Zone: worker.AnyZone, At: time.Second, Set: option.Values{"notify": requester.Lost}},
	} {
		t.Run(f.Kind, func(t *testing.T) {
			c := crashOfOne(requester.Lost)
			c.Strategies, c.Faults, c.Grace, c.Log = []string{"round-robin"}, []worker.Fault{f}, 3*time.Second, true
			r := mustRun(t, c)[0]
			require.Positive(t, r.Requests.Lost)
			require.EqualValues(t, 600, r.Requests.Lost+r.Requests.Succeeded)
			assert.InDelta(t, 4+3, r.SimulatedSeconds, 1e-5, "600 requests at 150 a second, and the grace")
			c.Timeout = time.Second
			timed := mustRun(t, c)[0]
			assert.Zero(t, timed.Requests.Lost)
			assert.EqualValues(t, timed.Requests.TimedOut+timed.Requests.Succeeded, 600)
			assert.Less(t, timed.SimulatedSeconds, 5.1)
		})
	}
}

// Where nobody is left, requests that have an end wait for that, however short the grace is.
func TestWhoHasAnEndWaitsForItThoughNobodyIsLeft(t *testing.T) {
	for _, row := range []struct {
		says string
		set  func(*Config)
		ends float64 // seconds after the last has begun
	}{
		{"a deadline", func(c *Config) { c.Deadline = 3 * time.Second }, 3},
		{"a deadline that only requesters know", func(c *Config) { c.Deadline, c.Propagate = 3*time.Second, false }, 3},
		{"a timeout, twice, and a second between", func(c *Config) {
			c.Timeout, c.Retries, c.Backoff = time.Second, 1, requester.Backoff{Kind: requester.ConstantBackoff, Base: time.Second}
		}, 3},
		{"or the grace", func(c *Config) { c.Deadline, c.Grace = 3*time.Second, 4*time.Second }, 4},
	} {
		c := crashOfOne(requester.Failed)
		c.Strategies, c.Grace = []string{"least-loaded"}, time.Second
		c.Faults[0].Workers.Share = 1
		row.set(&c)
		r := mustRun(t, c)[0]
		assert.Zero(t, r.Requests.Lost, row.says)
		assert.Positive(t, r.Requests.TimedOut, row.says)
		assert.InDelta(t, 4+row.ends, r.SimulatedSeconds, 1e-5, "%s: 600 requests at 150 a second", row.says)
	}
}
