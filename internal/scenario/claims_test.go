package scenario_test

import (
	"fmt"
	"math"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/internal/scenario"
	"waza/report"
)

// A claim is a sentence of a scenario's "what to look for": a figure of one run, or its ratio to that of another run with the same
// arrivals and the same work, lies within bounds.
type claim struct {
	scenario string
	says     string
	figure   figure
	of, than run // than nothing: the figure itself
	above    float64
	below    float64 // 0: no bound
}

// A run is a strategy in the scenario, with flags beside it. Of several strategies the last is meant: the others are those that heed a flag of
// the scenario which means nothing to the last alone.
type run struct{ strategies, beside string }

type figure func(report.Result) float64

// claims has at least one row for each scenario.
var claims = []claim{
	{"baseline", "least-loaded has a longer tail than pull", p99, run{"least-loaded", ""}, run{"pull", ""}, 1.05, 2},
	{"baseline", "power-of-two than least-loaded", p99, run{"power-of-two", ""}, run{"least-loaded", ""}, 1.1, 2},
	{"baseline", "round-robin than power-of-two", p99, run{"round-robin", ""}, run{"power-of-two", ""}, 1.2, 3},
	{"baseline", "random than round-robin", p99, run{"random", ""}, run{"round-robin", ""}, 1.2, 4},
	// Erlang C of ten workers at 0.8, over μ = 100/s.
	{"baseline", "pull is M/M/10", over(mean, 0.01204588), run{"pull", ""}, run{}, 0.85, 1.15},

	{"waza", "least-loaded leaves nobody idle", utilisation, run{"least-loaded", ""}, run{}, 0.999, 1.001},
	{"waza", "round-robin does", utilisation, run{"round-robin", ""}, run{}, 0.9, 0.99},
	{"waza", "random does", utilisation, run{"random", ""}, run{}, 0.85, 0.97},
	{"waza", "and the slowest take longer", p99, run{"round-robin", ""}, run{"least-loaded", ""}, 1.5, 4},
	{"waza", "under random, too", p99, run{"random", ""}, run{"least-loaded", ""}, 1.5, 5},

	{"heavy-tail", "by turns, short requests wait behind long ones", p99, run{"round-robin", ""}, run{"least-loaded", ""}, 3, 0},
	{"heavy-tail", "where all take equally long, turns are as good", mean, run{"round-robin", "--work=10ms"}, run{"least-loaded", "--work=10ms"}, 0.9, 1.15},

	{"flash-crowd", "no strategy helps", p99, run{"pull", ""}, run{}, 1, 0},
	{"flash-crowd", "nor does another", p99, run{"round-robin", ""}, run{"pull", ""}, 0.9, 1.2},
	{"flash-crowd", "a limit does", p99, run{"least-loaded", limited}, run{}, 0, 0.4},
	{"flash-crowd", "for nine of ten", success, run{"least-loaded", limited}, run{}, 0.86, 0.95},

	{"retry-storm", "three of four fail", success, run{"least-loaded", ""}, run{}, 0.1, 0.3},
	{"retry-storm", "after more than three attempts", attempts, run{"least-loaded", ""}, run{}, 3, 4},
	{"retry-storm", "with a budget three of four succeed", success, run{"least-loaded", "--retry-budget=0.2 --min-retries-per-second=0"}, run{}, 0.55, 0.95},

	{"overload", "under pull a sixth of what could be done is", goodput, run{"pull", ""}, run{}, 10, 25},
	{"overload", "under others three times as much", goodput, run{"least-loaded", ""}, run{"pull", ""}, 3, 0},
	{"overload", "the newest first, nearly all", goodput, run{"pull", "--discipline=lifo"}, run{}, 90, 106},
	{"overload", "with a limit, too", goodput, run{"least-loaded", "--limit=gradient --backlog=0 --when-full=reject"}, run{}, 80, 101},
	{"overload", "served to the end, nobody gets anything", success, run{"least-loaded", "--propagate-deadline=false"}, run{}, -1, 0.01},

	{"one-slow-worker", "round-robin gives it more than it can do", p99, run{"round-robin", ""}, run{"least-loaded", ""}, 50, 0},
	{"one-slow-worker", "peak-ewma sends it less than least-loaded", p99, run{"peak-ewma", ""}, run{"least-loaded", ""}, 0, 1},
	{"one-slow-worker", "least-time, too", p99, run{"least-time", ""}, run{"least-loaded", ""}, 0, 1},

	{"half-slow", "round-robin grows and grows", p99, run{"round-robin", ""}, run{"least-loaded", ""}, 50, 0},
	{"half-slow", "weights make it stable", p99, run{"weighted-round-robin", ""}, run{"round-robin", ""}, 0, 0.02},
	{"half-slow", "counts with weights are best", p99, run{"weighted-least-loaded", ""}, run{"least-loaded", ""}, 0, 0.6},
	{"half-slow", "equal weights are none", p99, run{"weighted-least-loaded", "--weights=1"}, run{"least-loaded", ""}, 0.9999, 1.0001},

	{"two-slow-of-four", "two choices are too few", mean, run{"power-of-two", ""}, run{"least-loaded", ""}, 20, 0},
	{"two-slow-of-four", "four are enough", mean, run{"power-of-two", "--choices=4"}, run{"least-loaded", ""}, 0.8, 1.2},

	{"cold-restart", "turns overload who is cold", p99, run{"weighted-round-robin", ""}, run{"weighted-least-loaded", ""}, 30, 0},
	{"cold-restart", "slow start halves it", p99, run{"weighted-round-robin", "--slow-start=10s"}, run{"weighted-round-robin", ""}, 0, 0.5},

	{"rolling-restart", "least-loaded fails most", failures, run{"least-loaded", ""}, run{"round-robin", ""}, 1.1, 3},
	{"rolling-restart", "balanced hardly", failures, run{"balanced", ""}, run{"least-loaded", ""}, 0, 0.12},
	{"rolling-restart", "retries mend it", success, run{"least-loaded", "--retries=2"}, run{}, 0.999, 1.001},
	{"rolling-restart", "and so do claims", success, run{"least-loaded", "--claim=300ms"}, run{}, 0.9999, 1.0001},
	{"rolling-restart", "later", longest, run{"least-loaded", "--claim=300ms"}, run{"least-loaded", ""}, 1.5, 0},

	{"scale-out", "what has been sent stays there", mean, run{"round-robin", ""}, run{"pull", ""}, 1.3, 2},
	{"scale-out", "so more are started", started, run{"round-robin", ""}, run{"pull", ""}, 1.35, 1.8},
	{"scale-out", "a later start is a longer wait", mean, run{"pull", "--start-delay=10s"}, run{"pull", ""}, 1.1, 1.5},

	{"fail-fast-worker", "round-robin: 76.0 % as published", success, run{"round-robin", ""}, run{}, 0.75, 0.78},
	{"fail-fast-worker", "least-loaded is worse", success, run{"least-loaded", ""}, run{}, 0.6, 0.73},
	{"fail-fast-worker", "balanced counts failures", success, run{"balanced", ""}, run{}, 0.99, 1},
	{"fail-fast-worker", "peak-ewma-penalty, too", success, run{"peak-ewma-penalty", ""}, run{}, 0.99, 1},

	{"black-hole", "balanced: 91.4 % as published", success, run{"balanced", ""}, run{}, 0.909, 0.919},
	{"black-hole", "round-robin loses half of seven tenths", success, run{"round-robin", ""}, run{}, 0.63, 0.67},
	{"black-hole", "a timeout makes balanced send again", success, run{"balanced", "--timeout=2s"}, run{}, 0.8, 0.82},
	{"black-hole", "retries and a breaker mend it", success, run{"balanced", "--timeout=2s --retries=1 --breaker=on"}, run{}, 0.9999, 1.0001},
	{"black-hole", "for a tenth more attempts", attempts, run{"balanced", "--timeout=2s --retries=1 --breaker=on"}, run{}, 1.05, 1.12},

	{"flaky", "99.0 % as published", success, run{"balanced", ""}, run{}, 0.987, 0.993},
	{"flaky", "whatever the strategy", success, run{"balanced", ""}, run{"round-robin", ""}, 0.9999, 1.0001},
	{"flaky", "unless there is a retry", success, run{"round-robin", "--retries=1"}, run{}, 0.9995, 1.0005},

	{"short-outage", "balanced: 99.6 % as published", success, run{"balanced", ""}, run{}, 0.994, 0.998},
	{"short-outage", "round-robin fails half of a quarter", success, run{"round-robin", ""}, run{}, 0.85, 0.9},
	{"short-outage", "least-loaded nearly all of it", success, run{"least-loaded", ""}, run{}, 0.72, 0.8},
	{"short-outage", "peak-ewma, too", success, run{"peak-ewma", ""}, run{}, 0.72, 0.8},

	{"all-fail", "50.0 % as published", success, run{"round-robin", ""}, run{}, 0.47, 0.53},
	{"all-fail", "balanced, too", success, run{"balanced", ""}, run{"round-robin", ""}, 0.9999, 1.0001},
	{"all-fail", "it helps to wait", success, run{"round-robin", "--breaker=reset=5s --panic=0%"}, run{}, 0.87, 0.95},
	{"all-fail", "before a retry, too", success, run{"round-robin", "--retries=3 --backoff=exponential:1s,1m"}, run{}, 0.87, 1},

	{"stale-signal", "least-loaded is worst", p99, run{"least-loaded", ""}, run{"least-loaded,random", ""}, 1.8, 0},
	{"stale-signal", "power-of-two is better", p99, run{"power-of-two", ""}, run{"least-loaded", ""}, 0, 0.6},
	{"stale-signal", "one-plus-beta is better still", mean, run{"one-plus-beta", ""}, run{"power-of-two", ""}, 0, 0.97},
	{"stale-signal", "round-robin is best", mean, run{"one-plus-beta,round-robin", ""}, run{"one-plus-beta", ""}, 0, 0.8},

	{"many-balancers", "least-loaded is hardly better than power-of-two", mean, run{"power-of-two", ""}, run{"least-loaded", ""}, 1, 1.15},
	{"many-balancers", "join-idle-queue has half of its mean", mean, run{"join-idle-queue", ""}, run{"least-loaded", ""}, 0.4, 0.6},
	{"many-balancers", "prequal five sixths", mean, run{"prequal", ""}, run{"least-loaded", ""}, 0.75, 0.9},
	{"many-balancers", "alone, least-loaded is best", mean, run{"least-loaded", "--balancers=1"}, run{"join-idle-queue", ""}, 0, 0.8},

	{"first-pick", "all choose the first", mean, run{"least-loaded", ""}, run{"least-loaded,random", ""}, 4, 0},
	{"first-pick", "unless turns break ties", mean, run{"least-loaded", "--tie=round-robin"}, run{"least-loaded,power-of-two", ""}, 0.9, 1.1},
	{"first-pick", "or chance", mean, run{"least-loaded", "--tie=random"}, run{"least-loaded,power-of-two", ""}, 0.9, 1.1},

	{"hot-key", "one worker has the hottest key", p99, run{"maglev", ""}, run{"bounded-hash", ""}, 50, 0},
	{"hot-key", "on a ring, too", p99, run{"ring-hash", ""}, run{"bounded-hash", ""}, 50, 0},

	{"two-zones", "to stay is shorter", mean, run{"locality", ""}, run{"least-loaded", ""}, 0, 0.95},
	{"two-zones", "but for the tail where much is asked for", busyZone, run{"locality", ""}, run{"least-loaded", ""}, 1.03, 0},
	{"two-zones", "unless it spills early", busyZone, run{"locality", "--spill=1"}, run{"least-loaded", ""}, 0, 0.97},
	{"two-zones", "which is shorter still", mean, run{"locality", "--spill=1"}, run{"locality", ""}, 0, 0.95},

	{"noisy-neighbour", "seven of nine are spared", spared, run{"shuffle-shard", ""}, run{}, 6.9, 7.1},
	{"noisy-neighbour", "or none", spared, run{"least-loaded", ""}, run{}, -1, 0.1},
	{"noisy-neighbour", "and half of all wait for seconds", median, run{"least-loaded", ""}, run{}, 4, 0},
	{"noisy-neighbour", "or not", median, run{"shuffle-shard", ""}, run{}, 0, 0.1},

	{"streams-basic", "who is given streams while busy keeps them waiting", waited, run{"round-robin", ""}, run{"pull", ""}, 1.3, 2},
	{"streams-basic", "least-loaded is between", waited, run{"least-loaded", ""}, run{"pull", ""}, 1.02, 1.3},
	{"streams-basic", "low waits as long as high", lowOverHigh, run{"pull", ""}, run{}, 0.85, 1.15},

	{"streams-consumer-killed", "nothing is lost", success, run{"pull", ""}, run{}, 0.9999, 1.0001},
	{"streams-consumer-killed", "nor served twice", duplicates, run{"pull", ""}, run{}, -1, 0.1},
	{"streams-consumer-killed", "known after 3/4 of the lease", over(detected, 2), run{"pull", ""}, run{}, 0.7, 0.8},
	{"streams-consumer-killed", "or 5/6", over(detected, 2), run{"pull", "--heartbeat=666ms"}, run{}, 0.79, 0.88},
	{"streams-consumer-killed", "and never later", over(detectedLast, 2), run{"pull", ""}, run{}, 0.9, 1.05},
	{"streams-consumer-killed", "without claims, one in seven fails", success, run{"pull", "--claim=none"}, run{}, 0.8, 0.9},

	{"streams-scale-out", "what was assigned stays", longest, run{"least-loaded", ""}, run{"pull", ""}, 1.1, 0},
	{"streams-scale-out", "three join", started, run{"pull", ""}, run{}, 2.9, 3.1},
	{"streams-scale-out", "alone it cannot be done", mean, run{"pull", "--max-workers=1"}, run{"pull", ""}, 20, 0},

	{"streams-high-load", "nothing is lost", success, run{"pull", ""}, run{}, 0.9999, 1.0001},
	{"streams-high-load", "hardly anybody is idle to try", triesPerWin, run{"pull", ""}, run{}, 0.8, 1.3},
	{"streams-high-load", "queues are claimed with their workers", claimed, run{"least-loaded", ""}, run{"pull", ""}, 2, 0},
	{"streams-high-load", "and are late", p99, run{"least-loaded", ""}, run{"pull", ""}, 1, 1.5},

	{"streams-zombie", "nothing is lost", success, run{"pull", ""}, run{}, 0.9999, 1.0001},
	{"streams-zombie", "what it had begun it finishes for nobody", duplicates, run{"pull", ""}, run{}, 20, 0},
	{"streams-zombie", "an eighth of the busy time", wasted, run{"pull", ""}, run{}, 0.08, 0.17},
	{"streams-zombie", "not under a long lease", duplicates, run{"pull", "--claim=30s"}, run{"pull", ""}, -0.1, 0.1},

	{"streams-lost-announcement", "nothing is lost", success, run{"pull", ""}, run{}, 0.9999, 1.0001},
	{"streams-lost-announcement", "half is found by a sweep", sweptShare, run{"pull", ""}, run{}, 0.3, 0.7},
	{"streams-lost-announcement", "later", claimLag, run{"pull", ""}, run{"pull", "--announcement-loss=0"}, 1.15, 1.7},
	{"streams-lost-announcement", "by two leases at most", over(claimLast, 2), run{"pull", ""}, run{}, 1.5, 2.2},
}

// limited is an admission limit: what finds twenty waiting at each worker is turned away.
const limited = "--queue=20 --backlog=0 --when-full=reject"

// The figures, of a run that has them.
func mean(r report.Result) float64        { return *r.LatencySeconds.Mean }
func median(r report.Result) float64      { return *r.LatencySeconds.P50 }
func p99(r report.Result) float64         { return *r.LatencySeconds.P99 }
func longest(r report.Result) float64     { return *r.LatencySeconds.Max }
func success(r report.Result) float64     { return *r.SuccessShare }
func failures(r report.Result) float64    { return 1 - *r.SuccessShare }
func goodput(r report.Result) float64     { return *r.Goodput }
func attempts(r report.Result) float64    { return *r.AttemptsPerRequest }
func utilisation(r report.Result) float64 { return *r.Utilization }
func started(r report.Result) float64     { return float64(r.Pool.Started) }
func busyZone(r report.Result) float64    { return *r.Classes[0].LatencySeconds.P99 }

// spared is how many classes but the first wait for less than half a second, but for a hundredth of their requests.
func spared(r report.Result) float64 {
	n := 0
	for _, class := range r.Classes[1:] {
		if *class.LatencySeconds.P99 < 0.5 {
			n++
		}
	}
	return float64(n)
}

// Those of streams.
func waited(r report.Result) float64       { return *r.WaitSeconds.Mean }
func wasted(r report.Result) float64       { return *r.WastedWorkShare }
func claimed(r report.Result) float64      { return float64(r.Claims) }
func duplicates(r report.Result) float64   { return float64(r.Executions.Duplicated) }
func detected(r report.Result) float64     { return *r.Claiming.DetectSeconds }
func detectedLast(r report.Result) float64 { return *r.Claiming.DetectMaxSeconds }
func claimLag(r report.Result) float64     { return *r.Claiming.ClaimSeconds }
func claimLast(r report.Result) float64    { return *r.Claiming.ClaimMaxSeconds }
func triesPerWin(r report.Result) float64 {
	return float64(r.Claiming.Tries) / float64(r.Claiming.Wins)
}
func sweptShare(r report.Result) float64 { return float64(r.Claiming.BySweep) / float64(r.Claims) }

// lowOverHigh is how long streams of the lowest priority, 4 s of work, wait over how long those of the highest do, 1 s.
func lowOverHigh(r report.Result) float64 {
	return (*r.Classes[0].LatencySeconds.Mean - 4) / (*r.Classes[2].LatencySeconds.Mean - 1)
}

// over is the figure as a multiple of what theory says.
func over(f figure, of float64) figure {
	return func(r report.Result) float64 { return f(r) / of }
}

// seeds is over how many seeds a claim is held. It holds if its mean, four standard errors towards the bound, is within the bound: a figure
// that lies on the bound would pass once in a thousand times or so.
const seeds = 4

// TestEachScenarioShowsWhatItSays holds every claim, each ratio between runs of the same seed.
func TestEachScenarioShowsWhatItSays(t *testing.T) {
	if testing.Short() {
		t.Skip("several seeds of each scenario")
	}
	results := map[string]report.Result{}
	for _, s := range scenario.All() {
		t.Run(s.Name, func(t *testing.T) {
			told := 0
			for _, c := range claims {
				if c.scenario == s.Name {
					told++
					c.hold(t, results)
				}
			}
			assert.Positive(t, told, "no row holds the scenario to what it says")
		})
	}
	t.Run("README", func(t *testing.T) { tellPublished(t, results) })
}

// tellPublished holds the README to what comes out where Palantir's Dialogue publishes the success, in the order of the README.
func tellPublished(t *testing.T, results map[string]report.Result) {
	var told []string
	for _, of := range []struct{ scenario, strategy string }{
		{"fail-fast-worker", "round-robin"}, {"black-hole", "balanced"}, {"flaky", "balanced"}, {"short-outage", "balanced"}, {"all-fail", "round-robin"},
	} {
		sum := 0.0
		for seed := range seeds {
			sum += success(run{of.strategy, ""}.result(t, of.scenario, seed+1, results))
		}
		told = append(told, fmt.Sprintf("%.1f", 100*sum/seeds))
	}
	readme, err := os.ReadFile("../../README.md")
	require.NoError(t, err)
	last := len(told) - 1
	assert.Contains(t, string(readme), strings.Join(told[:last], ", ")+" and "+told[last]+" % here")
}

// hold plays what the claim is about, but for runs whose results are there, and holds the mean within its bounds.
func (c claim) hold(t *testing.T, results map[string]report.Result) {
	var values [seeds]float64
	sum := 0.0
	for i := range values {
		values[i] = c.figure(c.of.result(t, c.scenario, i+1, results))
		if c.than != (run{}) {
			values[i] /= c.figure(c.than.result(t, c.scenario, i+1, results))
		}
		sum += values[i]
	}
	mean, squares := sum/seeds, 0.0
	for _, v := range values {
		squares += (v - mean) * (v - mean)
	}
	slack := 4 * math.Sqrt(squares/(seeds-1)/seeds)
	t.Logf("%s: %.4g ± %.2g, of %.4g", c.says, mean, slack, values)
	assert.Greater(t, mean-slack, c.above, c.says)
	if c.below != 0 {
		assert.Less(t, mean+slack, c.below, c.says)
	}
}

// result is that of the run with so many as seed.
func (r run) result(t *testing.T, scenario string, seed int, results map[string]report.Result) report.Result {
	t.Helper()
	args := append([]string{"--scenario=" + scenario, "--strategy=" + r.strategies, fmt.Sprintf("--seed=%d", seed)}, strings.Fields(r.beside)...)
	key := strings.Join(args, " ")
	if known, found := results[key]; found {
		return known
	}
	_, all := played(t, args...)
	results[key] = all[len(all)-1]
	return results[key]
}
