package scenario_test

var workersClaims = []claim{
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
	{"cold-restart", "slow start makes it two fifths", p99, run{"weighted-round-robin", "--slow-start=10s"}, run{"weighted-round-robin", ""}, 0.3, 0.47},

	{"rolling-restart", "least-loaded fails most", failures, run{"least-loaded", ""}, run{"round-robin", ""}, 1.1, 3},
	{"rolling-restart", "balanced hardly", failures, run{"balanced", ""}, run{"least-loaded", ""}, 0.02, 0.08},
	{"rolling-restart", "retries mend it", success, run{"least-loaded", "--retries=2"}, run{}, 0.999, 1.001},
	{"rolling-restart", "and so do claims", success, run{"least-loaded", "--claim=300ms"}, run{}, 0.9999, 1.0001},
	{"rolling-restart", "later", longest, run{"least-loaded", "--claim=300ms"}, run{"least-loaded", ""}, 1.5, 0},

	{"scale-out", "what has been sent stays there", mean, run{"round-robin", ""}, run{"pull", ""}, 1.3, 2},
	{"scale-out", "so more are started", started, run{"round-robin", ""}, run{"pull", ""}, 1.35, 1.8},
	{"scale-out", "a later start is a longer wait", mean, run{"pull", "--start-delay=10s"}, run{"pull", ""}, 1.1, 1.5},
}
