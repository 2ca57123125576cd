package document

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"waza/report"
)

// At 0.5 three strategies differ by more than a hundredth, and five seeds cannot tell two of them apart; at 0.9 they can. At 0.7 who cannot be told
// from the best lets requests fail.
func TestASweepOfSeveralSeedsGoesByWhatTheyCanTell(t *testing.T) {
	run := func(strategy string, load, p99, success float64) report.Result {
		return report.Result{Strategy: strategy, Replications: 5, Swept: &report.Swept{Flag: "load", Value: load}, LatencySeconds: report.Spread{P99: &p99},
			SuccessShare: &success}
	}
	conclusion := func(load float64, names ...string) report.Conclusion {
		return report.Conclusion{Swept: &report.Swept{Flag: "load", Value: load}, Best: []report.Best{{Figure: "mean"}, {Figure: "p99", Best: names[0], Strategies: names}}}
	}
	d := Document{Runs: []report.Result{
		run("a", 0.5, 0.050, 1), run("b", 0.5, 0.053, 1), run("c", 0.5, 0.09, 1),
		run("a", 0.7, 0.050, 1), run("b", 0.7, 0.049, 0.5), run("c", 0.7, 0.09, 1),
		run("a", 0.9, 0.070, 1), run("b", 0.9, 0.080, 1), run("c", 0.9, 0.2, 1),
	}, Conclusions: []report.Conclusion{conclusion(0.5, "a", "b"), conclusion(0.7, "b", "a"), conclusion(0.9, "a")}}
	assert.Equal(t, "a and b cannot be told from the best on p99 latency at load 0.5; a was best on p99 latency at 0.7 to 0.9.", d.sweptVerdict())

	two := Document{Runs: []report.Result{run("a", 0.5, 0.050, 1), run("b", 0.5, 0.053, 1)}}
	two.Runs[1].Difference = &report.Difference{Baseline: "a", P99: report.DifferenceSpan{Verdict: "not distinguishable"}}
	assert.Equal(t, "a and b cannot be told apart on p99 latency at load 0.5.", two.sweptVerdict())
	two.Runs[1].Difference.P99.Verdict = "worse"
	assert.Equal(t, "a was best on p99 latency at load 0.5.", two.sweptVerdict())

	width := 0.0678
	two.Conclusions = []report.Conclusion{{Swept: two.Runs[0].Swept, Until: &report.Narrowed{Figure: "p50", Share: 0.01, Widest: &width, Strategy: "b", Replications: 10}}}
	assert.Equal(t, "a was best on p99 latency at load 0.5. --until=p50:1% was not reached at load 0.5 by 10 replications: the widest interval is ± 6.8 %, that of b.",
		two.sweptVerdict())
	two.Conclusions[0].Until.Reached = true
	assert.Equal(t, "a was best on p99 latency at load 0.5. --until=p50:1% was reached at load 0.5.", two.sweptVerdict())
	winner := "b"
	two.Conclusions[0] = report.Conclusion{Swept: two.Runs[0].Swept, Selection: &report.Selection{Figure: "mean", Share: 0.05, Winner: &winner}}
	assert.Equal(t, "a was best on p99 latency at load 0.5. On mean latency at 95 %, where differences below 5 % do not matter, b was selected at load 0.5.",
		two.sweptVerdict())
	two.Conclusions[0].Selection.Winner = nil
	assert.Contains(t, two.sweptVerdict(), "no race was over at load 0.5.")
}
