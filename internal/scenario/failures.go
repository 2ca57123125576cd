package scenario

// failures are about workers that fail or swallow what they are sent. Most of them play what Palantir's Dialogue plays in its own
// simulation, and tell the figure that it publishes: github.com/palantir/dialogue, simulation/src/test/resources/report.md, at commit
// 876abc721ba17f092fb404254059acf76a85d8df unless another is named, and SimulationTest.java beside it for what is played. Its clients are
// balancers here, and nothing waits at its nodes, hence the concurrency. Its rows UNLIMITED_ROUND_ROBIN of that commit are of its balanced
// selection without a limiter (balanced here); those of commit 0481a517a63c304fd1703a5d873445d9f261bcf2 are of a round robin that is one.
func failures() []Scenario {
	return []Scenario{
		{ // fast_500s_then_revert[UNLIMITED_ROUND_ROBIN] at 0481a517: success=76.0%
			Name: "fail-fast-worker",
			Says: "One of two workers fails at once for a while, and so is always free.",
			LookFor: "round-robin fails half of what comes in these seconds: Dialogue publishes 76.0 % of success for it. Least-loaded, which sends more to who is free, " +
				"does worse, and balanced and peak-ewma-penalty, which count failures, hardly fail any.",
			Flags: "--strategy=round-robin,least-loaded,balanced,peak-ewma-penalty --workers=2 --concurrency=1000 --requesters=10 --balancers=10 --work=60ms --rate=250 " +
				"--fault=fail-fast:worker=1,after=10ms,at=3s,for=7s --requests=3750 --warmup=0%",
		},
		{ // black_hole[UNLIMITED_ROUND_ROBIN]: success=91.4%
			Name: "black-hole",
			Says: "From three seconds on one of two workers accepts all and answers nothing.",
			LookFor: "what is pending there never falls, so whoever counts it stops sending: Dialogue publishes 91.4 % of success for its balanced selection. " +
				"Round-robin loses half of what comes. A timeout lets the count fall, and more is sent there: with --timeout=2s balanced is at 81 %. " +
				"With --timeout=2s --retries=1 --breaker=on all succeed, for a tenth more attempts.",
			Flags: "--strategy=balanced,least-loaded,round-robin --workers=2 --concurrency=1000 --requesters=10 --balancers=10 --work=600ms --rate=200 " +
				"--fault=blackhole:worker=1,at=3s --requests=2000 --warmup=0%",
		},
		{ // uncommon_flakes[UNLIMITED_ROUND_ROBIN], and both others: success=99.0%
			Name: "flaky",
			Says: "Every worker fails one request in a hundred.",
			LookFor: "no strategy can go round it: Dialogue publishes 99.0 % of success for each of its own. One retry, --retries=1, leaves one failure in ten thousand, " +
				"for one hundredth more attempts.",
			Flags: "--strategy=balanced,round-robin,least-loaded --workers=2 --concurrency=1000 --requesters=10 --balancers=10 --work=1ms --rate=1000 " +
				"--fault=flaky:p=0.01 --requests=10000 --warmup=0%",
		},
		{ // short_outage_on_one_node[UNLIMITED_ROUND_ROBIN]: success=99.6%, codes={200=1594, 500=6}
			Name: "short-outage",
			Says: "One of two workers fails everything at once for twenty of eighty seconds.",
			LookFor: "balanced needs a few failures to learn it: Dialogue publishes 99.6 % of success, six failures of 1,600, for its balanced selection. Round-robin fails half " +
				"of what comes in the outage, least-loaded nearly all, and so does peak-ewma, for which failing is fast.",
			Flags: "--strategy=balanced,round-robin,least-loaded,peak-ewma --workers=2 --concurrency=1000 --requesters=1 --work=2s --rate=20 " +
				"--fault=fail-fast:worker=1,at=30s,for=20s --requests=1600 --warmup=0%",
		},
		{ // all_nodes_500[UNLIMITED_ROUND_ROBIN]: success=50.0%; [CONCURRENCY_LIMITER_ROUND_ROBIN]: success=69.3%, client_mean=PT2.63052S
			Name: "all-fail",
			Says: "All workers fail everything for the first half of the run.",
			LookFor: "half fails whatever the strategy: Dialogue publishes 50.0 % without a limiter, and 69.3 % with one, which makes requests wait, 2.6 s in the mean. Here, too, what helps is to wait: " +
				"--breaker=reset=5s --panic=0% or --retries=3 --backoff=exponential:1s,1m make nine of ten succeed, after seconds.",
			Flags: "--strategy=balanced,round-robin --workers=2 --concurrency=1000 --requesters=10 --balancers=10 --work=600ms --rate=100 " +
				"--fault=flaky:p=1,for=10s --requests=2000 --warmup=0%",
		},
	}
}
