package scenario_test

import "waza/report"

var brokerClaims = []claim{
	{"broker-small", "nothing waits", waiting, run{"pull", ""}, run{}, -1, 0.001},
	{"broker-small", "the workers are idle", utilisation, run{"pull", ""}, run{}, 0.01, 0.02},
	{"broker-small", "one is recommended", recommended, run{"pull", ""}, run{}, 0.99, 1.01},
	{"broker-small", "in bursts nothing waits either", waiting, run{"pull", "--arrivals=bursty:factor=30,on=1m,off=1h"}, run{}, -1, 0.1},

	{"broker-medium", "a thirtieth of the slots is busy", utilisation, run{"pull", ""}, run{}, 0.025, 0.035},
	{"broker-medium", "of twenty seconds more than half are", utilisation, run{"pull", "--work=exponential:20s"}, run{}, 0.5, 0.65},
	{"broker-medium", "still nothing waits", waiting, run{"pull", "--work=exponential:20s"}, run{}, -1, 0.1},
	{"broker-medium", "five are recommended", recommended, run{"pull", "--work=exponential:20s"}, run{}, 4.9, 5.5},

	{"broker-large", "nothing waits", mostWaiting, run{"pull", ""}, run{}, -1, 1},
	{"broker-large", "half of the workers are too few for the peak", mostWaiting, run{"pull", "--workers=5"}, run{}, 800, 1800},
	{"broker-large", "but not for the mean", recommended, run{"pull", "--workers=5"}, run{}, 1.5, 2.5},
	{"broker-large", "which is a million a day", throughput, run{"pull", ""}, run{}, 0.9e6 / 86400, 1.1e6 / 86400},

	{"broker-burst", "thousands wait", mostWaiting, run{"pull", ""}, run{}, 2500, 4000},
	{"broker-burst", "the mean is far less", waiting, run{"pull", ""}, run{}, 100, 1000},
	{"broker-burst", "twice the workers", p99, run{"pull", "--workers=10"}, run{"pull", ""}, 0.08, 0.15},

	{"broker-worker-killed", "messages are lost", failures, run{"pull", ""}, run{}, 0.001, 0.1},
	{"broker-worker-killed", "a processing list loses nothing", success, run{"pull", "--claim=3s"}, run{}, 0.9999, 1.0001},

	{"broker-growing-queue", "by two a second", growth, run{"pull", ""}, run{}, 1, 3},
	{"broker-growing-queue", "nine are asked for", recommended, run{"pull", ""}, run{}, 8.5, 9.5},
	{"broker-growing-queue", "and enough", waiting, run{"pull", "--workers=9"}, run{}, -1, 5},

	{"broker-uneven", "the queue stays empty", waiting, run{"pull", ""}, run{}, -1, 1},
	{"broker-uneven", "the fast one does nearly half", firstShare, run{"pull", ""}, run{}, 0.42, 0.52},
	{"broker-uneven", "by turns the slow ones cannot keep up", p99, run{"round-robin", ""}, run{"pull", ""}, 5, 0},

	{"broker-stuck", "the slowest wait for as long as a worker hangs", longest, run{"pull", ""}, run{}, 50, 0},
	{"broker-stuck", "unless others take it", longest, run{"pull", "--claim=3s"}, run{"pull", ""}, -1, 0.4},
	{"broker-stuck", "some twice", duplicates, run{"pull", "--claim=3s"}, run{}, 20, 0},

	{"broker-proxy-overload", "the queue is empty", waiting, run{"pull", ""}, run{}, -1, 0.5},
	{"broker-proxy-overload", "and the workers are half idle", utilisation, run{"pull", ""}, run{}, 0.45, 0.55},
	{"broker-proxy-overload", "more workers help nobody", p99, run{"pull", "--workers=10"}, run{"pull", ""}, 0.95, 1.05},
	{"broker-proxy-overload", "a third proxy does", p99, run{"pull", "--proxies=3"}, run{"pull", ""}, 0, 0.3},

	{"broker-proxy-failover", "some fail", failures, run{"pull", ""}, run{}, 0.0005, 0.01},
	{"broker-proxy-failover", "with retries none", failures, run{"pull", "--retries=2"}, run{}, -0.00001, 0.00001},
	{"broker-proxy-failover", "with checks neither", failures, run{"pull", "--health=interval=200ms,down=1"}, run{}, -0.00001, 0.00001},
}

func waiting(r report.Result) float64     { return *r.Queue.Mean }
func mostWaiting(r report.Result) float64 { return float64(r.Queue.Peak) }
func growth(r report.Result) float64      { return *r.Queue.GrowthPerSecond }
func recommended(r report.Result) float64 { return float64(*r.Broker.RecommendedWorkers) }
func throughput(r report.Result) float64  { return *r.Throughput }
func firstShare(r report.Result) float64  { return *r.Workers[0].Share }
