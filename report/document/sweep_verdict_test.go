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
	assert.Equal(t, "At 95 % for each value, a and b cannot be told from the best on p99 latency at load 0.5; a was best on p99 latency at 0.7 to 0.9; of load 0.7 the means alone say so.",
		d.sweptVerdict())
	two := Document{Runs: []report.Result{run("a", 0.5, 0.050, 1), run("b", 0.5, 0.053, 1)}}
	two.Runs[1].Difference = &report.Difference{Baseline: "a", P99: report.DifferenceSpan{Verdict: "not distinguishable"}}
	assert.Equal(t, "At 95 % for each value, a and b cannot be told apart on p99 latency at load 0.5.", two.sweptVerdict())
	two.Runs[1].Difference.P99.Verdict = "worse"
	assert.Equal(t, "At 95 % for each value, a was best on p99 latency at load 0.5.", two.sweptVerdict())

	near := 0.0502
	two.Runs[1].LatencySeconds.P99 = &near
	assert.Equal(t, "At 95 % for each value, a was best on p99 latency at load 0.5.", two.sweptVerdict(), "told apart, however near")

	width := 0.0678
	two.Conclusions = []report.Conclusion{{Swept: two.Runs[0].Swept, Until: &report.Narrowed{Figure: "p50", Share: 0.01, Widest: &width, Strategy: "b", Replications: 10}}}
	assert.Equal(t, "At 95 % for each value, a was best on p99 latency at load 0.5. --until=p50:1% was not reached at load 0.5 by 10 replications: the widest interval is ± 6.8 %, that of b.",
		two.sweptVerdict())
	two.Conclusions[0].Until.Reached = true
	assert.Equal(t, "At 95 % for each value, a was best on p99 latency at load 0.5. --until=p50:1% was reached at load 0.5.", two.sweptVerdict())
	winner := "b"
	two.Conclusions[0] = report.Conclusion{Swept: two.Runs[0].Swept, Selection: &report.Selection{Figure: "mean", Share: 0.05, Winner: &winner}}
	assert.Equal(t, "At 95 % for each value, a was best on p99 latency at load 0.5. On mean latency at 95 %, where differences below 5 % do not matter, b was selected at load 0.5.",
		two.sweptVerdict())
	two.Conclusions[0].Selection.LeftOut = []report.LeftOut{{Strategy: "a", SuccessShare: 0.9}}
	assert.Contains(t, two.sweptVerdict(), "b was selected, without a, whose requests fail more, at load 0.5.")
	two.Conclusions[0].Selection.LeftOut = nil
	two.Conclusions[0].Selection.Winner = nil
	assert.Contains(t, two.sweptVerdict(), "no race was over at load 0.5.")
	two.Conclusions[0].Selection.Racing = []string{"a", "b"}
	two.Conclusions[0].Selection.Leading = &winner
	assert.Contains(t, two.sweptVerdict(), "the race between a and b was not over at load 0.5. Where a race was not over such differences are small against how much they vary from seed to seed.")
}

// Values that were given in any order are told in order, and what lies between two ends is so at all of them.
func TestTheStretchesOfASweepInAnyOrder(t *testing.T) {
	p99, success := map[bool]float64{true: 0.01, false: 0.03}, 1.0
	sweep := func(values ...any) Document {
		var d Document
		for _, v := range values {
			for _, strategy := range []string{"a", "b"} {
				least := p99[(strategy == "a") == (v != 0.9)]
				d.Runs = append(d.Runs, report.Result{Strategy: strategy, Replications: 5, Swept: &report.Swept{Flag: "load", Value: v}, SuccessShare: &success, LatencySeconds: report.Spread{P99: &least}})
			}
		}
		return d
	}
	assert.Equal(t, "a was best on p99 latency at load 0.3 to 0.8; b was best on p99 latency at 0.9.", sweep(0.8, 0.3, 0.9, 0.6).sweptVerdict())
	assert.Equal(t, "b was best on p99 latency at load 0.9; a was best on p99 latency at 0.8 to 0.3.", sweep(0.9, 0.8, 0.6, 0.3).sweptVerdict(), "down")
	assert.Equal(t, "a was best on p99 latency at load 0.8 to 0.3, none.", sweep(0.8, 0.3, "none").sweptVerdict(), "words have no order but theirs")
	assert.Equal(t, "a was best on p99 latency at load poisson, constant, on, off.", sweep("poisson", "constant", "on", "off").sweptVerdict(), "and nothing lies between them")
}

// With too few requests for a p99 a sweep goes by the mean, as a comparison does, at those values alone where nobody has one.
func TestASweepWithoutAP99GoesByTheMean(t *testing.T) {
	run := func(strategy string, load, mean float64, p99 *float64) report.Result {
		success := 1.0
		return report.Result{Strategy: strategy, Replications: 1, Swept: &report.Swept{Flag: "load", Value: load}, SuccessShare: &success,
			LatencySeconds: report.Spread{Mean: &mean, P99: p99}}
	}
	p99 := 0.05
	d := Document{Runs: []report.Result{
		run("a", 0.5, 0.010, nil), run("b", 0.5, 0.020, nil),
		run("a", 0.7, 0.010, nil), run("b", 0.7, 0.0101, nil),
		run("a", 0.9, 0.010, nil), run("b", 0.9, 0.020, &p99),
	}}
	assert.Equal(t, "a was best on mean latency (too few requests succeeded for a p99) at load 0.5; all were level on mean latency (too few requests succeeded for a p99) at 0.7; "+
		"b was best on p99 latency at 0.9. One seed at each value proves little where differences are small.", d.sweptVerdict())

	for i := range d.Runs {
		d.Runs[i].Replications = 5
	}
	d.Runs = d.Runs[:4]
	d.Runs[1].Difference = &report.Difference{Baseline: "a", Mean: report.DifferenceSpan{Verdict: "worse"}, P99: report.DifferenceSpan{}}
	d.Runs[3].Difference = &report.Difference{Baseline: "a", Mean: report.DifferenceSpan{Verdict: "not distinguishable"}}
	assert.Equal(t, "At 95 % for each value, a was best on mean latency (too few requests succeeded for a p99) at load 0.5; a and b cannot be told apart on mean latency "+
		"(too few requests succeeded for a p99) at 0.7.", d.sweptVerdict())

	d.Runs = []report.Result{run("a", 0.5, 0, nil), run("b", 0.5, 0, nil)}
	for i := range d.Runs {
		d.Runs[i].LatencySeconds.Mean = nil
	}
	assert.Equal(t, "nobody can be called best on mean latency (too few requests succeeded for a p99) at load 0.5. "+
		"One seed at each value proves little where differences are small.", d.sweptVerdict())
}

// One strategy has nobody to be better than: the sentence says what it did.
func TestASweepOfOneStrategy(t *testing.T) {
	run := func(value any, p99, success float64) report.Result {
		return report.Result{Strategy: "a", Replications: 5, Swept: &report.Swept{Flag: "load", Value: value}, SuccessShare: &success, LatencySeconds: report.Spread{P99: &p99}}
	}
	d := Document{Runs: []report.Result{run(0.5, 0.05, 1), run(0.7, 0.04, 1), run(0.9, 0.09, 0.9)}}
	assert.Equal(t, "a had a p99 latency of 40.00 ms at load 0.7, its least, and of up to 90.00 ms, at 0.9, but only 90.00 % of its requests succeeded at 0.9.", d.sweptVerdict())
	d.Runs = []report.Result{run("fifo", 0.05, 1), run("edf", 0.04, 1)}
	assert.Equal(t, "a had a p99 latency of 40.00 ms at load edf, and of 50.00 ms at fifo.", d.sweptVerdict())
	d.Runs = d.Runs[:1]
	assert.Equal(t, "a had a p99 latency of 50.00 ms at load fifo.", d.sweptVerdict())
	d.Runs[0].LatencySeconds, d.Runs[0].Replications = report.Spread{}, 1
	assert.Equal(t, "No value of load has a latency to judge by. One seed at each value proves little where differences are small.", d.sweptVerdict())
}
