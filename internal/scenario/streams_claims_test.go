package scenario_test

import (
	"math"
	"slices"

	"waza/report"
)

var streamsClaims = []claim{
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
	{"streams-scale-out", "within a minute nobody waits", over(drained, 60), run{"pull", ""}, run{}, -0.5, 1},
	{"streams-scale-out", "alone it has more and more", backlogGrowth, run{"pull", "--max-workers=1"}, run{}, 0.6, 0.9},
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
func sweptShare(r report.Result) float64    { return float64(r.Claiming.BySweep) / float64(r.Claims) }
func backlogGrowth(r report.Result) float64 { return r.GrowthPerSecond }

// drained is how many seconds after all have joined, for the first time, none waits beside those that are served.
func drained(r report.Result) float64 {
	joined := slices.IndexFunc(r.Series, func(s report.SeriesRow) bool { return s.Workers == float64(r.Pool.Peak) })
	gone := slices.IndexFunc(r.Series[joined:], func(s report.SeriesRow) bool { return s.InSystem <= s.Workers })
	if gone < 0 {
		return math.Inf(1)
	}
	return r.Series[joined+gone].AtSeconds - r.Series[joined].AtSeconds
}

// lowOverHigh is how long streams of the lowest priority, 4 s of work, wait over how long those of the highest do, 1 s.
func lowOverHigh(r report.Result) float64 {
	return (*r.Classes[0].LatencySeconds.Mean - 4) / (*r.Classes[2].LatencySeconds.Mean - 1)
}
