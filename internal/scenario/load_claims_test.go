package scenario_test

import "waza/internal/theory"

var loadClaims = []claim{
	{"baseline", "least-loaded has a longer tail than pull", p99, run{"least-loaded", ""}, run{"pull", ""}, 1.05, 2},
	{"baseline", "power-of-two than least-loaded", p99, run{"power-of-two", ""}, run{"least-loaded", ""}, 1.1, 2},
	{"baseline", "round-robin than power-of-two", p99, run{"round-robin", ""}, run{"power-of-two", ""}, 1.2, 3},
	{"baseline", "random than round-robin", p99, run{"random", ""}, run{"round-robin", ""}, 1.2, 4},
	{"baseline", "pull is M/M/10", over(mean, theory.MMcMean(10, 0.8, 0.01)), run{"pull", ""}, run{}, 0.85, 1.15},

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
	{"flash-crowd", "for nearly nine of ten", success, run{"least-loaded", limited}, run{}, 0.85, 0.92},
	{"flash-crowd", "under power-of-two, too", success, run{"power-of-two", limited}, run{}, 0.85, 0.92},
	{"flash-crowd", "by turns, too", success, run{"round-robin", limited}, run{}, 0.85, 0.92},
	{"flash-crowd", "under pull for five of six", success, run{"pull", limited}, run{}, 0.81, 0.86},
	{"flash-crowd", "which nothing delays", p99, run{"pull", limited}, run{}, 0, 0.1},

	{"retry-storm", "three of four fail", success, run{"least-loaded", ""}, run{}, 0.1, 0.3},
	{"retry-storm", "whatever the strategy", success, run{"pull", ""}, run{}, 0.1, 0.3},
	{"retry-storm", "after more than three attempts", attempts, run{"least-loaded", ""}, run{}, 3, 4},
	{"retry-storm", "with a budget three of four succeed", success, run{"least-loaded", "--retry-budget=0.2 --min-retries-per-second=0"}, run{}, 0.55, 0.95},

	{"overload", "under pull a sixth of what could be done is", goodput, run{"pull", ""}, run{}, 10, 25},
	{"overload", "under others three times as much", goodput, run{"least-loaded", ""}, run{"pull", ""}, 3, 0},
	{"overload", "the newest first, nearly all", goodput, run{"pull", "--discipline=lifo"}, run{}, 90, 106},
	{"overload", "with a limit, too", goodput, run{"least-loaded", adaptiveLimit}, run{}, 80, 101},
	{"overload", "and under pull", goodput, run{"pull", adaptiveLimit}, run{}, 80, 101},
	{"overload", "but not under random", goodput, run{"random", adaptiveLimit}, run{}, 55, 65},
	{"overload", "served to the end, nobody gets anything", success, run{"least-loaded", "--propagate-deadline=false"}, run{}, -1, 0.01},
}

// limited is an admission limit: what finds twenty waiting at each worker is turned away.
const limited = "--queue=20 --backlog=0 --when-full=reject"

// adaptiveLimit is one that follows what the balancer hears.
const adaptiveLimit = "--limit=gradient --backlog=0 --when-full=reject"
