package document

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"waza/report"
)

func TestVerdict(t *testing.T) {
	run := func(strategy string, p99, mean, success float64) report.Result {
		r := report.Result{Strategy: strategy, SuccessShare: &success}
		r.LatencySeconds.Mean = &mean
		if p99 > 0 {
			r.LatencySeconds.P99 = &p99
		}
		return r
	}
	for _, c := range []struct {
		says string
		runs []report.Result
		want string
	}{
		{"the best and the next are named, whatever their order",
			[]report.Result{run("a", 0.2, 0.1, 1), run("b", 0.05, 0.1, 1), run("c", 0.1, 0.1, 1)},
			"b was best on p99 latency in one seed: 50.00 ms, 50.0 % below the next, c, with 100.0 ms."},
		{"one percent of one seed is level",
			[]report.Result{run("a", 0.099, 0.1, 1), run("b", 0.1, 0.1, 1), run("c", 0.2, 0.1, 1)},
			"a and b are level at the top on p99 latency with 99.00 to 100.0 ms, and one seed proves little where the difference is so small."},
		{"many are counted",
			[]report.Result{run("a", 0.1, 0.1, 1), run("b", 0.1, 0.1, 1), run("c", 0.1, 0.1, 1), run("d", 0.1, 0.1, 1), run("e", 0.1, 0.1, 1), run("f", 0.1, 0.1, 1), run("g", 0.1, 0.1, 1), run("h", 0.2, 0.1, 1)},
			"a, b, c, d, e and 2 others are level at the top on p99 latency with 100.0 ms, and one seed proves little where the difference is so small."},
		{"who fails more is not best",
			[]report.Result{run("a", 0.1, 0.1, 0.437), run("b", 0.2, 0.1, 0.786), run("c", 0.4, 0.1, 0.78)},
			"b was best on p99 latency in one seed: 200.0 ms, 50.0 % below the next, c, with 400.0 ms, but only 78.60 % of its requests succeeded; a had 100.0 ms, but only 43.70 % of its requests succeeded, against 78.60 % of b's."},
		{"who fails least may be the slowest",
			[]report.Result{run("a", 0.1, 0.1, 0.9), run("b", 0.2, 0.1, 1)},
			"b was best on p99 latency in one seed: 200.0 ms; a had 100.0 ms, but only 90.00 % of its requests succeeded, against 100.00 % of b's."},
		{"several fail more",
			[]report.Result{run("a", 0.1, 0.1, 0.9), run("b", 0.15, 0.1, 0.8), run("c", 0.201, 0.1, 0.5), run("d", 0.2, 0.1, 0.985), run("e", 0.3, 0.1, 0.2)},
			"d was best on p99 latency in one seed: 200.0 ms, 33.3 % below the next, e, with 300.0 ms, but only 98.50 % of its requests succeeded; a, b and c were no slower, but only 50.00 to 90.00 % of their requests succeeded, against 98.50 % of d's."},
		{"a success below 99 % is said where it is equal",
			[]report.Result{run("a", 0.1, 0.1, 0.83), run("b", 0.2, 0.1, 0.83)},
			"a was best on p99 latency in one seed: 100.0 ms, 50.0 % below the next, b, with 200.0 ms, but only 83.00 % of its requests succeeded."},
		{"and of those that are level",
			[]report.Result{run("a", 0.1, 0.1, 0.83), run("b", 0.1, 0.1, 0.835)},
			"a and b are level on p99 latency with 100.0 ms, but only 83.00 to 83.50 % of their requests succeeded, and one seed proves little where the difference is so small."},
		{"who fails least has too few for the figure",
			[]report.Result{run("a", 0.1, 0.1, 0.5), run("b", 0.2, 0.1, 0.5), run("c", 0, 0.1, 1)},
			"Fewest requests failed under c, which has no p99 latency: no strategy is called best."},
		{"without a p99 the mean must do",
			[]report.Result{run("a", 0, 0.1, 1), run("b", 0, 0.2, 1)},
			"a was best on mean latency (too few requests succeeded for a p99) in one seed: 100.0 ms, 50.0 % below the next, b, with 200.0 ms."},
		{"a short window is no place to judge in",
			[]report.Result{with(run("a", 0.1, 0.1, 1), func(r *report.Result) { r.Short = true }), run("b", 0.2, 0.1, 1)},
			"a was best on p99 latency in one seed: 100.0 ms, 50.0 % below the next, b, with 200.0 ms, but in a window so short that the system may still have been filling."},
		{"short, and many fail: both are said",
			[]report.Result{with(run("a", 0.1, 0.1, 0.5), func(r *report.Result) { r.Short = true }), run("b", 0.2, 0.1, 0.5)},
			"a was best on p99 latency in one seed: 100.0 ms, 50.0 % below the next, b, with 200.0 ms, but only 50.00 % of its requests succeeded, and in a window so short that the system may still have been filling."},
		{"alone, in overload, and many fail",
			[]report.Result{with(run("a", 0.1, 0.1, 0.5), func(r *report.Result) { r.Saturated = true })},
			"a had a p99 latency of 100.0 ms in one seed, but only 50.00 % of its requests succeeded, and under overload, where latency depends on the length of the run."},
		{"alone, and a few fail",
			[]report.Result{run("a", 0.1, 0.1, 0.995)},
			"a had a p99 latency of 100.0 ms in one seed, and 99.50 % of its requests succeeded."},
		{"level, and one of them is in overload",
			[]report.Result{run("a", 0.1, 0.1, 1), with(run("b", 0.1, 0.1, 1), func(r *report.Result) { r.Saturated = true })},
			"a and b are level on p99 latency with 100.0 ms, but under overload, where latency depends on the length of the run, and one seed proves little where the difference is so small."},
		{"one strategy alone", []report.Result{run("a", 0.1, 0.1, 1)}, "a had a p99 latency of 100.0 ms in one seed."},
		{"nothing succeeded", []report.Result{{Strategy: "a"}}, "No measured request succeeded, so there is no latency to judge by."},
	} {
		assert.Equal(t, c.want, Document{Runs: c.runs}.verdict(), c.says)
	}
	both := Document{Runs: []report.Result{run("a", 0.1, 0.1, 1), run("b", 0.2, 0.1, 1)}, Interrupted: true}
	assert.Contains(t, both.verdict(), "no strategy is called best")
}

func with(r report.Result, set func(*report.Result)) report.Result {
	set(&r)
	return r
}
