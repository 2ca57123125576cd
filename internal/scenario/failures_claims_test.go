package scenario_test

var failuresClaims = []claim{
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
}
