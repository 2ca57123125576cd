package scenario_test

var uploadsClaims = []claim{
	{"slow-uploads", "uploads hold workers", utilisation, run{"pull", ""}, run{}, 0.8, 1},
	{"slow-uploads", "buffered they do not", utilisation, run{"pull", "--buffer-uploads"}, run{}, 0.16, 0.2},
	{"slow-uploads", "and nobody waits behind them", median, run{"round-robin", "--buffer-uploads"}, run{"round-robin", ""}, 0, 0.1},
	{"slow-uploads", "under least-loaded neither", median, run{"least-loaded", "--buffer-uploads"}, run{"least-loaded", ""}, 0, 0.6},
	{"slow-uploads", "nor under pull", median, run{"pull", "--buffer-uploads"}, run{"pull", ""}, 0, 0.4},
	{"slow-uploads", "slow requesters wait for their uploads", p99, run{"pull", "--buffer-uploads"}, run{}, 2, 2.5},
}
