package document

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/internal/golden"
	"waza/report"
)

// seeded has means over ten seeds, each with its half-width, all of success 1; the first is the baseline.
func seeded(runs ...report.Result) Document {
	return Document{Seed: 1, Clock: "simulated", Runs: runs}
}

// mean10 is a run of ten seeds in milliseconds: p99 and mean, and half of the widths of their intervals.
func mean10(strategy string, p99, within, mean, meanWithin, success float64) report.Result {
	ms := func(v float64) *float64 { v /= 1000; return &v }
	around := func(v, by float64) *report.Interval { return &report.Interval{(v - by) / 1000, (v + by) / 1000} }
	r := report.Result{Strategy: strategy, Replications: 10, SuccessShare: &success, CI95: &report.SharesCI{}}
	r.LatencySeconds.P99, r.LatencySeconds.Mean = ms(p99), ms(mean)
	r.LatencyCI95 = &report.SpreadCI{P99: around(p99, within), Mean: around(mean, meanWithin)}
	return r
}

// against is the run with its differences to the baseline a, in milliseconds, of p99 and mean, each with half of its width.
func against(r report.Result, p99, within, mean, meanWithin float64) report.Result {
	span := func(v, by float64) report.DifferenceSpan {
		seconds := v / 1000
		verdict := "not distinguishable"
		if v-by > 0 {
			verdict = "worse"
		} else if v+by < 0 {
			verdict = "better"
		}
		return report.DifferenceSpan{Seconds: &seconds, CI95: &report.Interval{(v - by) / 1000, (v + by) / 1000}, Verdict: verdict}
	}
	r.Difference = &report.Difference{Baseline: "a", P99: span(p99, within), Mean: span(mean, meanWithin)}
	return r
}

// unspreadBy is the run with the same difference of p99 to the baseline a, in milliseconds, in each seed.
func unspreadBy(r report.Result, p99 float64, verdict string) report.Result {
	seconds := p99 / 1000
	r.Difference = &report.Difference{Baseline: "a", P99: report.DifferenceSpan{Seconds: &seconds, Verdict: verdict}}
	return r
}

func concluded(d Document, c report.Conclusion) Document {
	d.Conclusions = []report.Conclusion{c}
	return d
}

func bests(p99, mean []string) report.Conclusion {
	return report.Conclusion{Best: []report.Best{{Figure: "mean", Best: mean[0], Strategies: mean}, {Figure: "p99", Best: p99[0], Strategies: p99}}}
}

const asks = "the race asks for more where differences of 1 %, 500 µs, are small against their standard deviation from seed to seed, 46.2 ms: " +
	"some 114 replications, estimated from the differences so far."

func TestTheVerdictOfSeveralSeeds(t *testing.T) {
	a, b, c := mean10("a", 50, 1, 10, 0.2, 1), mean10("b", 60, 2, 12, 0.3, 1), mean10("c", 90, 3, 20, 0.4, 1)
	failing := mean10("b", 40, 1, 8, 0.2, 0.9)
	widest, winner := 0.0734, "a"
	race := report.Selection{Figure: "p99", Share: 0.01, Winner: &winner, Racing: []string{"a"},
		Replications: map[string]int{"a": 17, "b": 17, "c": 10}, Runs: 44, Near: []string{"b"}}
	alone, over := race, race
	alone.Near = []string{}
	without, sole := alone, alone
	without.LeftOut = []report.LeftOut{{Strategy: "c", SuccessShare: 0.9}}
	sole.LeftOut = []report.LeftOut{{Strategy: "b", SuccessShare: 0.8421}, {Strategy: "c", SuccessShare: 0.9}}
	over.Winner, over.Racing = nil, []string{"a", "b"}
	zone, atMost := 0.0005, 4321
	explained := over
	deviation, estimated := 0.0462, 114
	explained.Zone, explained.Leading, explained.AtMost, explained.Deviation, explained.Estimated = &zone, &winner, &atMost, &deviation, &estimated
	clear, mixed := explained, explained
	clear.Near = []string{}
	mixed.Racing = []string{"a", "b", "c"}
	overloaded := with(a, func(r *report.Result) { r.Saturated = true })
	for _, x := range []struct {
		says string
		d    Document
		want string
	}{
		{"one strategy", seeded(a), "a had a p99 latency of 50.00 ± 1.00 ms over 10 seeds."},
		{"two: one is better", seeded(a, against(b, 10, 2, 2, 0.1)),
			"a was better than b on p99 latency at 95 % over 10 seeds: 50.00 ± 1.00 ms against 60.00 ± 2.00 ms; on mean latency, too: 10.00 ± 0.20 ms against 12.00 ± 0.30 ms."},
		{"two: the baseline is worse", seeded(mean10("a", 70, 1, 10, 0.2, 1), against(b, -10, 2, 2, 0.1)),
			"b was better than a on p99 latency at 95 % over 10 seeds: 60.00 ± 2.00 ms against 70.00 ± 1.00 ms; on mean latency a was better: 10.00 ± 0.20 ms against 12.00 ± 0.30 ms."},
		{"two that cannot be told apart", seeded(a, against(b, 10, 12, 2, 3)),
			"a and b are not distinguishable on p99 latency at 95 % over 10 seeds: 50.00 ± 1.00 ms against 60.00 ± 2.00 ms; on mean latency they are not distinguishable."},
		{"two, and who lets requests fail is not better", seeded(a, against(failing, -10, 2, -2, 0.1)),
			"a fails least, and had a p99 latency of 50.00 ± 1.00 ms over 10 seeds; b had 40.00 ms, but only 90.00 % of its requests succeeded, against 100.00 % of a's."},
		{"two under overload", seeded(overloaded, against(b, 10, 2, 2, 3)),
			"a was better than b on p99 latency at 95 % over 10 seeds: 50.00 ± 1.00 ms against 60.00 ± 2.00 ms, but under overload, where latency depends on the length of the run; on mean latency they are not distinguishable."},
		{"two that differ by the same in each seed", seeded(a, unspreadBy(b, 10, "worse")),
			"a was better than b on p99 latency by the same difference in each seed, over 10 seeds: 50.00 ± 1.00 ms against 60.00 ± 2.00 ms; on mean latency they are not distinguishable."},
		{"two that are equal in each seed", seeded(a, unspreadBy(a, 0, "not distinguishable")),
			"a and a are not distinguishable on p99 latency in any seed, over 10 seeds: 50.00 ± 1.00 ms against 50.00 ± 1.00 ms; on mean latency they are not distinguishable."},
		{"three, one is best", concluded(seeded(a, b, c), bests([]string{"a"}, []string{"a"})),
			"a was best on p99 latency at 95 % over all 3 strategies together and 10 seeds: 50.00 ± 1.00 ms, 16.7 % below the next, b, with 60.00 ± 2.00 ms; on mean latency, too, with 10.00 ± 0.20 ms."},
		{"three, two of which cannot be told from the best", concluded(seeded(c, b, a), bests([]string{"a", "b"}, []string{"a"})),
			"a and b cannot be told from the best on p99 latency at 95 % over all 3 strategies together and 10 seeds: 50.00 to 60.00 ms; on mean latency a was best, with 10.00 ± 0.20 ms."},
		{"three that cannot be told apart", concluded(seeded(a, b, c), bests([]string{"a", "b", "c"}, []string{"b", "a", "c"})),
			"a, b and c cannot be told from the best on p99 latency at 95 % over all 3 strategies together and 10 seeds: 50.00 to 90.00 ms; the same goes for mean latency."},
		{"three, and others on the mean", concluded(seeded(a, b, c), bests([]string{"a"}, []string{"b", "a"})),
			"a was best on p99 latency at 95 % over all 3 strategies together and 10 seeds: 50.00 ± 1.00 ms, 16.7 % below the next, b, with 60.00 ± 2.00 ms; on mean latency b and a cannot be told from the best."},
		{"a race with a winner, and one near", concluded(seeded(a, b, c), report.Conclusion{Selection: &race}),
			"a was selected on p99 latency at 95 % after 44 runs, 10 to 17 of each strategy, where differences below 1 % do not matter: 50.00 ± 1.00 ms; b cannot be told from it."},
		{"a race with a winner, and nobody near", concluded(seeded(a, b, c), report.Conclusion{Selection: &alone}),
			"a was selected on p99 latency at 95 % after 44 runs, 10 to 17 of each strategy, where differences below 1 % do not matter: 50.00 ± 1.00 ms; every other can be told from it."},
		{"a race whose winner lets requests fail", concluded(seeded(mean10("a", 50, 1, 10, 0.2, 0.9), b, c), report.Conclusion{Selection: &alone}),
			"a was selected on p99 latency at 95 % after 44 runs, 10 to 17 of each strategy, where differences below 1 % do not matter: 50.00 ± 1.00 ms, but only 90.00 % of its requests succeeded, and 100.00 % of the requests succeed under b, so that no strategy is called best; every other can be told from it."},
		{"a race without those that fail more", concluded(seeded(a, b, c), report.Conclusion{Selection: &without}),
			"a was selected on p99 latency at 95 % after 44 runs, 10 to 17 of each strategy, where differences below 1 % do not matter: 50.00 ± 1.00 ms; every other of the race can be told from it; left out, for more of its requests fail: c (success 90.00 %)."},
		{"a race of one", concluded(seeded(a, b, c), report.Conclusion{Selection: &sole}),
			"a alone took part in the race on p99 latency after 44 runs, 10 to 17 of each strategy, for it fails least: 50.00 ± 1.00 ms; left out, for more of their requests fail: b (success 84.21 %) and c (success 90.00 %)."},
		{"a race that is not over", concluded(seeded(a, b, c), report.Conclusion{Selection: &over}),
			"The race on p99 latency at 95 % was not over after 17 replications, 44 runs in all: still in it are a (50.00 ± 1.00 ms) and b (60.00 ± 2.00 ms)."},
		{"a race that is not over, and why", concluded(seeded(a, b, c), report.Conclusion{Selection: &explained}),
			"The race on p99 latency at 95 % was not over after 17 replications, 44 runs in all: still in it are a (50.00 ± 1.00 ms) and b (60.00 ± 2.00 ms). " +
				"At 95 % over all strategies together b cannot be told from the best so far, a; " + asks},
		{"a race that is not over, though one can be told from the other", concluded(seeded(a, b, c), report.Conclusion{Selection: &clear}),
			"The race on p99 latency at 95 % was not over after 17 replications, 44 runs in all: still in it are a (50.00 ± 1.00 ms) and b (60.00 ± 2.00 ms). " +
				"At 95 % over all strategies together b can be told from the best so far, a; " + asks},
		{"a race that is not over, of three", concluded(seeded(a, b, c), report.Conclusion{Selection: &mixed}),
			"The race on p99 latency at 95 % was not over after 17 replications, 44 runs in all: still in it are a (50.00 ± 1.00 ms), b (60.00 ± 2.00 ms) and c (90.00 ± 3.00 ms). " +
				"At 95 % over all strategies together c can be told from the best so far, a, and b cannot; " + asks},
		{"narrow enough", concluded(seeded(a), report.Conclusion{Until: &report.Narrowed{Figure: "p99", Share: 0.1, Reached: true, Widest: &widest, Strategy: "a", Replications: 10}}),
			"a had a p99 latency of 50.00 ± 1.00 ms over 10 seeds; --until=p99:10% was reached by 10 replications: the widest interval is ± 7.3 %."},
		{"until, of equal values", concluded(seeded(a), report.Conclusion{Until: &report.Narrowed{Figure: "success", Share: 0.01, Reached: true, Replications: 10}}),
			"a had a p99 latency of 50.00 ± 1.00 ms over 10 seeds; --until=success:1% was reached by 10 replications: all of them gave the same value, of which no interval is known."},
		{"not narrow enough", concluded(seeded(a, against(b, 10, 2, 2, 3)), report.Conclusion{Until: &report.Narrowed{Figure: "p99", Share: 0.005, Widest: &widest, Strategy: "b", Replications: 100}}),
			"a was better than b on p99 latency at 95 % over 10 seeds: 50.00 ± 1.00 ms against 60.00 ± 2.00 ms; on mean latency they are not distinguishable; --until=p99:0.5% was not reached by 100 replications: the widest interval is ± 7.3 %, that of b."},
	} {
		assert.Equal(t, x.want, x.d.verdict(), x.says)
	}
	early := concluded(seeded(a), report.Conclusion{Until: &report.Narrowed{Figure: "p99", Share: 0.005, Widest: &widest, Strategy: "a", Replications: 10}})
	early.Interrupted = true
	assert.Equal(t, "a had a p99 latency of 50.00 ± 1.00 ms over 10 seeds; --until=p99:0.5% was not decided, as the run was interrupted: "+
		"there are 10 replications, and the widest interval is ± 7.3 %.", early.verdict())
	interrupted := seeded(a, against(b, 10, 2, 2, 0.1))
	interrupted.Interrupted = true
	assert.Equal(t, "The run was interrupted: no strategy is called best.", interrupted.verdict())
}

// Of three, the fastest fails more: the others are judged without it, on the single runs.
func TestTheVerdictOfManyLeavesOutWhoFailsMore(t *testing.T) {
	d := concluded(seeded(mean10("a", 50, 1, 10, 0.2, 1), mean10("b", 60, 2, 12, 0.3, 1), mean10("c", 40, 1, 8, 0.2, 0.5)), bests([]string{"c"}, []string{"c"}))
	for i := range d.Runs {
		for k := range 10 {
			r := d.Runs[i]
			p99, mean := *r.LatencySeconds.P99+float64(k)/1e4+float64(i*k)/1e5, *r.LatencySeconds.Mean
			r.LatencySeconds.P99, r.LatencySeconds.Mean, r.Replications = &p99, &mean, 1
			d.Each = append(d.Each, r)
		}
	}
	assert.Equal(t, "a was best on p99 latency at 95 % over the 2 strategies together that fail least and 10 seeds: 50.00 ± 1.00 ms, 16.7 % below the next, b, "+
		"with 60.00 ± 2.00 ms; c had 40.00 ms, but only 50.00 % of its requests succeeded, against 100.00 % of a's; on mean latency, too, with 10.00 ± 0.20 ms.", d.verdict())
}

// replicated is a document whose runs are means of three seeds, and are compared with the first.
func replicated(t *testing.T, order ...string) Document {
	d := document(t, six, order...)
	var first []report.Result
	for i, name := range order {
		var runs []report.Result
		for seed := range 3 {
			v := six[name]
			v.Seed = uint64(seed + 1)
			r, err := v.Result(name)
			require.NoError(t, err)
			runs = append(runs, r)
		}
		d.Runs[i] = report.Mean(runs)
		if i == 0 {
			first = runs
		} else {
			d.Runs[i].Difference = report.Compare(runs, first)
		}
		d.Each = append(d.Each, runs...)
	}
	return d
}

// The text of several seeds, where lines are as long as usual and where they are short; none is longer than its room.
func TestTheTextOfSeveralSeeds(t *testing.T) {
	d := replicated(t, "pull", "least-loaded", "power-of-two", "random")
	d.Conclusions = []report.Conclusion{bests([]string{"pull"}, []string{"pull"})}
	for _, width := range []int{60, 100} {
		d.Width = width
		var b bytes.Buffer
		require.NoError(t, d.WriteText(&b))
		golden.Check(t, fmt.Sprintf("seeds_%d.txt", width), b.String())
		for line := range strings.Lines(b.String()) {
			assert.LessOrEqual(t, utf8.RuneCountInString(strings.TrimSuffix(line, "\n")), width, line)
		}
	}
}

// Runs that have raced have different numbers of seeds, which the head and the table tell.
func TestTheTextTellsHowManySeedsEachHas(t *testing.T) {
	d := replicated(t, "pull", "random")
	d.Runs[1].Replications = 2
	assert.Equal(t, "2 to 3 seeds from 1", d.seeds())
	table := d.runsTable()
	var seeds []column
	for _, c := range table.columns {
		if c.name == "seeds" {
			seeds = append(seeds, c)
		}
	}
	assert.Equal(t, []column{{"seeds", "", []string{"3", "2"}}}, seeds)
	assert.Equal(t, "seed 7", Document{Seed: 7, Runs: []report.Result{{Replications: 1}}}.seeds())
}

// A difference that is small against the latencies has digits enough to be seen, and one that rounds to zero has no sign.
func TestSmallDifferencesAreSeen(t *testing.T) {
	d := seeded(mean10("a", 50, 1, 10, 0.2, 1), against(mean10("b", 50, 1, 10, 0.2, 1), 0.0031, 0.0012, -0.00001, 0.0012))
	table := d.comparedTable()
	assert.Equal(t, []string{"against a", "b"}, table.labels)
	assert.Equal(t, []string{"0.000 ± 0.001"}, table.columns[0].cells)
	assert.Equal(t, []string{absent}, table.columns[1].cells, "no ratio")
	assert.Equal(t, []string{"+0.003 ± 0.001"}, table.columns[3].cells)
	assert.Equal(t, []string{"worse"}, table.columns[5].cells)
}

// Where all seeds gave the same value the table has no ±, and says why; a difference is told without one.
func TestEqualValuesAreToldWithoutAnInterval(t *testing.T) {
	a, b := mean10("a", 50, 1, 10, 0.2, 1), mean10("b", 60, 0, 10, 0.2, 1)
	b.LatencyCI95.P99 = nil
	d := seeded(a, unspreadBy(b, 10, "worse"))
	var text bytes.Buffer
	require.NoError(t, d.WriteText(&text))
	assert.Contains(t, strings.Join(strings.Fields(text.String()), " "), "(Student t over the seeds); none where all seeds gave the same value")
	assert.Equal(t, []string{"+10.00"}, d.comparedTable().columns[3].cells)
	text.Reset()
	require.NoError(t, seeded(a).WriteText(&text))
	assert.NotContains(t, text.String(), "the same value")
}

func TestFiguresOfAllKindsAreTold(t *testing.T) {
	of := func(name string) report.Figure { f, _ := report.FigureNamed(name); return f }
	rate, share := 123.45, 0.5
	r := report.Result{Throughput: &rate, SuccessShare: &share}
	assert.Equal(t, "123.5 per second", told(&r, of("throughput")))
	assert.Equal(t, "50.00 %", told(&r, of("success")))
	assert.Equal(t, absent, told(&r, of("p99")))
	r.LatencyCI95, r.CI95 = &report.SpreadCI{}, &report.SharesCI{Throughput: &report.Interval{120, 126.9}, SuccessShare: &report.Interval{0.49, 0.51}}
	assert.Equal(t, "123.5 ± 3.5 per second", told(&r, of("throughput")))
	assert.Equal(t, "50.00 ± 1.00 %", told(&r, of("success")))
	assert.Equal(t, "2.00 ± 0.50 s", inUnitsWithin(2, &report.Interval{1.5, 2.5}))
}

// The JSON of an interrupted run names nobody as the best either, and says what was played.
func TestTheJSONOfAnInterruptedRunNamesNobody(t *testing.T) {
	winner, width := "a", 0.07
	d := concluded(seeded(mean10("a", 50, 1, 10, 0.2, 1), mean10("b", 60, 2, 12, 0.3, 1), mean10("c", 90, 3, 20, 0.4, 1)), bests([]string{"a"}, []string{"a"}))
	d.Conclusions[0].Selection = &report.Selection{Figure: "p99", Winner: &winner, Racing: []string{"a"}, Near: []string{"b"}, Runs: 44}
	d.Conclusions[0].Until = &report.Narrowed{Figure: "p99", Widest: &width, Strategy: "b", Replications: 10}
	read := func() report.Conclusion {
		var b bytes.Buffer
		require.NoError(t, d.WriteJSON(&b))
		var is struct{ Conclusions []report.Conclusion }
		require.NoError(t, json.Unmarshal(b.Bytes(), &is))
		require.Len(t, is.Conclusions, 1)
		return is.Conclusions[0]
	}
	assert.Equal(t, d.Conclusions[0], read())
	d.Interrupted = true
	is := read()
	assert.Empty(t, is.Best)
	assert.NotNil(t, is.Best, "the key is there")
	assert.Nil(t, is.Selection.Winner)
	assert.Empty(t, is.Selection.Near)
	assert.EqualValues(t, 44, is.Selection.Runs)
	assert.Equal(t, d.Conclusions[0].Until, is.Until)
	assert.Equal(t, &winner, d.Conclusions[0].Selection.Winner, "writing changes nothing")
}

// Of a mean that some seeds do not have nothing is said, neither that no request succeeded.
func TestSomeSeedsWithoutSuccess(t *testing.T) {
	nothing := report.Result{Strategy: "a", Requests: report.RequestCounts{Issued: 1}, MeasuredRequests: 1, Short: true, Latency: report.NewDistribution(1e9)}
	something := nothing
	something.Latency = report.NewDistribution(1e9)
	something.Latency.Add(1e6)
	mean := 0.001
	something.LatencySeconds.Mean = &mean
	var text bytes.Buffer
	require.NoError(t, Document{Runs: []report.Result{report.Mean([]report.Result{nothing, something})}}.WriteText(&text))
	assert.Contains(t, text.String(), "With some seeds no measured request succeeded, so there is no latency to judge by.")
}

// A latency is not better where more requests fail: the table says so beside it, by the rule of the verdict.
func TestTheComparisonSaysWhoFailsMore(t *testing.T) {
	a := mean10("a", 50, 1, 10, 0.2, 0.95)
	verdicts := func(success, p99 float64) string {
		d := seeded(a, against(mean10("b", 50+p99, 1, 10, 0.2, success), p99, 2, -0.1, 0.2))
		columns := d.comparedTable().columns
		assert.Equal(t, []string{"not distinguishable"}, columns[2].cells)
		return columns[5].cells[0]
	}
	assert.Equal(t, "better, but fails more", verdicts(0.9, -10))
	assert.Equal(t, "better", verdicts(0.945, -10), "within a percentage point")
	assert.Equal(t, "better", verdicts(1, -10))
	assert.Equal(t, "worse, but fails less", verdicts(1, 10))
	assert.Equal(t, "worse", verdicts(0.9, 10))
}
