package scenario_test

import (
	"waza/internal/theory"
	"waza/report"
)

var qpoolClaims = []claim{
	// Of so few that are lost, two hundred in a run, the share swings; of a hundred slots it is held more closely.
	{"qpool-microservices", "Erlang B of 1000 slots at 950", over(failures, theory.ErlangB(1000, 950)), run{"capacity-latency", ""}, run{}, 0.5, 1.8},
	{"qpool-microservices", "Erlang B of 100 slots at 95, of one worker", over(failures, theory.ErlangB(100, 95)), run{"capacity-latency", "--workers=1"}, run{}, 0.8, 1.25},
	{"qpool-microservices", "and of ten", over(failures, theory.ErlangB(100, 95)), run{"capacity-latency", "--concurrency=10"}, run{}, 0.8, 1.25},
	{"qpool-microservices", "whoever is chosen", success, run{"capacity-latency,random", ""}, run{"capacity-latency", ""}, 0.999, 1.001},
	{"qpool-microservices", "one worker alone loses ten times as many", failures, run{"capacity-latency", "--workers=1"}, run{"capacity-latency", ""}, 5, 0},

	{"qpool-batch", "all slots are busy", utilisation, run{"capacity-latency", ""}, run{}, 0.99, 1.001},
	{"qpool-batch", "two seconds each", mean, run{"capacity-latency", ""}, run{}, 1.9, 2.1},

	{"qpool-gateway", "hardly any waits", mean, run{"capacity-latency", ""}, run{}, 0.095, 0.11},
	{"qpool-gateway", "without the bucket they do", mean, run{"capacity-latency", "--regulator=rate:1000000/s"}, run{"capacity-latency", ""}, 1.2, 2.2},
	{"qpool-gateway", "and more succeed", success, run{"capacity-latency", "--regulator=rate:1000000/s"}, run{"capacity-latency", ""}, 1.02, 1.5},

	{"qpool-saturated", "what is too much is rejected", success, run{"capacity-latency", ""}, run{}, 0.74, 0.8},
	{"qpool-saturated", "back-pressure saves three quarters of the latency", mean, run{"capacity-latency", "--regulator=backpressure:queue=0"}, run{"capacity-latency", ""}, 0.2, 0.3},
	{"qpool-saturated", "for a quarter of the successes", success, run{"capacity-latency", "--regulator=backpressure:queue=0"}, run{"capacity-latency", ""}, 0.7, 0.8},
	{"qpool-saturated", "let eight of 32 wait for two fifths of the latency", mean, run{"capacity-latency", "--regulator=backpressure:queue=8"}, run{"capacity-latency", ""}, 0.37, 0.42},
	{"qpool-saturated", "and nearly as many succeed", success, run{"capacity-latency", "--regulator=backpressure:queue=8"}, run{"capacity-latency", ""}, 0.97, 1},
	{"qpool-saturated", "or all wait for long", mean, run{"capacity-latency", "--backlog=none --when-full=block"}, run{"capacity-latency", ""}, 20, 0},

	{"qpool-geo", "locality saves time", mean, run{"locality,priority,capacity-latency", ""}, run{"locality", ""}, 1.2, 1.5},
	{"qpool-geo", "the high priority is faster", betweenPriorities, run{"priority", ""}, run{}, 0.3, 0.95},

	{"qpool-stuck", "few are sent to a worker that stands still", p99, run{"random", ""}, run{}, 0.2, 0.5},
	{"qpool-stuck", "without, a tenth are", p99, run{"random", "--stuck=none"}, run{}, 10, 0},
	{"qpool-stuck", "capacity-latency needs it less", p99, run{"capacity-latency", "--stuck=none"}, run{"capacity-latency", ""}, 0.9, 1.1},

	{"qpool-cpu", "about 80 % busy", utilisation, run{"capacity-latency", ""}, run{}, 0.74, 0.8},
	{"qpool-cpu", "whatever is asked for", utilisation, run{"capacity-latency", "--load=1.3"}, run{}, 0.78, 0.83},
	{"qpool-cpu", "and the tail is shorter", p99, run{"capacity-latency", ""}, run{"capacity-latency", "--regulator=resource:utilisation=100%"}, 0.45, 0.9},
}

func betweenPriorities(r report.Result) float64 {
	return *r.Classes[0].LatencySeconds.Mean / *r.Classes[1].LatencySeconds.Mean
}
