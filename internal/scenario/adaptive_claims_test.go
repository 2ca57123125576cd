package scenario_test

import "waza/report"

var adaptiveClaims = []claim{
	{"adaptive-pool", "nobody is rejected", success, run{"pull", ""}, run{}, 0.9999, 1.0001},
	{"adaptive-pool", "the pool grows at the first look", firstGrowth, run{"pull", ""}, run{}, 0.499, 0.501},
	{"adaptive-pool", "and shrinks by as many", leftOver, run{"pull", ""}, run{}, 0.999, 1.001},
	{"adaptive-pool", "with more looks the slowest takes half as long", longest, run{"pull", "--scale-interval=50ms"}, run{"pull", ""}, 0.3, 0.7},

	{"adaptive-pool-burst", "seven of ten are rejected", success, run{"pull", ""}, run{}, 0.2, 0.4},
	{"adaptive-pool-burst", "by one queue about as many", failures, run{"pull", "--queues=1x30"}, run{"pull", ""}, 0.95, 1.05},
	{"adaptive-pool-burst", "with more looks fewer", failures, run{"pull", "--scale-interval=50ms"}, run{"pull", ""}, 0.65, 0.85},
	{"adaptive-pool-burst", "with room nobody", failures, run{"pull", "--queues=3x50"}, run{}, -0.0001, 0.0001},
	{"adaptive-pool-burst", "but later", longest, run{"pull", "--queues=3x50"}, run{"pull", ""}, 2, 4},

	{"adaptive-pool-starved", "a third is rejected", failures, run{"pull", ""}, run{}, 0.3, 0.37},
	{"adaptive-pool-starved", "whatever the priority", firstClass, run{"pull", ""}, run{}, 0.9, 1.1},
	{"adaptive-pool-starved", "in one line by priority the first are fast", firstClass, run{"pull", "--queues=none --backlog=30 --when-full=reject --discipline=priority"}, run{}, 0.2, 0.35},
	{"adaptive-pool-starved", "twenty are enough", success, run{"pull", "--max-workers=20"}, run{}, 0.98, 1.0001},
}

func firstGrowth(r report.Result) float64 { return r.Pool.Moves[0].StartSeconds }
func leftOver(r report.Result) float64    { return float64(r.Pool.Left) / float64(r.Pool.Started) }

// firstClass is the mean latency of the first class over that of all.
func firstClass(r report.Result) float64 {
	return *r.Classes[0].LatencySeconds.Mean / *r.LatencySeconds.Mean
}
