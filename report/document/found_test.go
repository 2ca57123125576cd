package document

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/report"
)

func heldAt(figure string, limit, v float64, ci *report.Interval, kept bool) []report.Held {
	return []report.Held{{Figure: figure, Limit: limit, Value: &v, CI95: ci, Kept: kept}}
}

func TestWhatASearchHasFoundInWords(t *testing.T) {
	all, none, most, precision := 1.0, 0.0, 0.6, 0.01
	f := report.Found{Strategy: "least-loaded", Flag: "workers", Monotone: true, Replications: 5,
		Tried: report.Tried{Value: 12., Text: "12", SLO: heldAt("p99", 0.05, 0.0412, &report.Interval{0.0409, 0.0415}, true), KeptShare: &all, Sure: true},
		Next:  &report.Tried{Value: 11., Text: "11", SLO: heldAt("p99", 0.05, 0.0551, nil, false), KeptShare: &none, Sure: true}}
	says := func() string { return Document{Found: []report.Found{f}}.foundVerdict() }
	assert.Equal(t, "least-loaded needs 12 workers for p99 ≤ 50 ms: 41.2 ms [40.9, 41.5] on 5 fresh seeds, kept by 5 of them, 95 % sure; with 11 it is 55.1 ms.", says())

	f.Flag, f.Text, f.Next.Text, f.Largest, f.Precision, f.Saturated = "load", "0.83", "0.84", true, &precision, true
	f.Tried.Sure, f.KeptShare, f.Next.SLO = false, &most, heldAt("p99", 0.05, 0.0499, nil, true)
	assert.Equal(t, "least-loaded bears load 0.83 for p99 ≤ 50 ms: 41.2 ms [40.9, 41.5] on 5 fresh seeds, kept by 3 of them, not sure at 95 %, "+
		"under overload, where that depends on the length of the run; with 0.84 it is 49.9 ms, which keeps it on these seeds, too.\nValues are found to 1 %.", says())

	f.Saturated, f.Precision, f.Next = false, nil, &report.Tried{Text: "4", Refused: "want at most 2"}
	f.SLO = append(heldAt("p99", 0.05, 0.0492, nil, true), heldAt("success", 0.999, 0.9995, nil, true)...)
	f.Unconfirmed = []report.Tried{{Text: "0.9"}, {Text: "0.87"}}
	f.Exception = &report.Pair{EasierText: "0.7", HarderText: "0.8"}
	assert.Equal(t, "least-loaded bears load 0.83 for p99 ≤ 50 ms and success ≥ 99.9 %: p99 49.2 ms and success 99.95 % on 5 fresh seeds, "+
		"kept by 3 of them, not sure at 95 %; 4 cannot be run: want at most 2; the search found 0.9, which fresh seeds refute. That is not monotone: 0.8 does better than 0.7.", says())

	f.Exception, f.Next, f.Unconfirmed = nil, nil, nil
	f.SLO, f.KeptShare, f.Tried.Sure = heldAt("success", 0.999, 1, nil, true), &all, false
	f.SLO[0].Equal = true
	assert.Equal(t, "least-loaded bears load 0.83 for success ≥ 99.9 %: 100 % on 5 fresh seeds, kept by 5 of them, of which all have the same success: "+
		"nothing says how sure that is; nothing beyond it was tried.", says())
	f.SLO = append(f.SLO, heldAt("p99", 0.05, 0.0499, &report.Interval{0.0489, 0.0509}, true)...)
	assert.Contains(t, says(), "kept by 5 of them, not sure at 95 %;", "the other could be either")
	f.SLO[1].CI95 = &report.Interval{0.0498, 0.05}
	assert.Contains(t, says(), "kept by 5 of them, of which all have the same success: nothing says how sure that is;")

	f.Replications = 1
	assert.Contains(t, says(), "on 1 fresh seed, kept by 1 of them, and one seed proves little;")

	one := report.Tried{Value: 12., Text: "12", SLO: heldAt("p99", 0.05, 0.0512, &report.Interval{0.0509, 0.0515}, false), KeptShare: &none, Sure: true}
	f = report.Found{Strategy: "pull", Flag: "workers", Tries: 5, Replications: 5, Unconfirmed: []report.Tried{one}, Best: &one}
	assert.Equal(t, "pull: no value of --workers could be confirmed for p99 ≤ 50 ms: the search found 12, and fresh seeds refute it, "+
		"with 51.2 ms [50.9, 51.5] on 5 seeds, kept by 0 of them.", says())
	f.Unconfirmed = []report.Tried{one, one, {Text: "14"}}
	assert.Equal(t, "pull: no value of --workers could be confirmed for p99 ≤ 50 ms: the search found 12, and fresh seeds refute it, and what is easier, step by step, to 14: "+
		"the best is 12, with 51.2 ms [50.9, 51.5] on 5 seeds, kept by 0 of them.", says())

	f = report.Found{Strategy: "pull", Flag: "workers", Tries: 5, Best: &report.Tried{Value: 160., Text: "160", SLO: heldAt("p99", 0.005, 0.0453, nil, false)}}
	assert.Equal(t, "pull keeps p99 ≤ 5 ms with none of 5 values of --workers that were tried: the best is 45.3 ms, with 160.", says())
	f.Range, f.Idle = &report.Range{Lowest: 10., Highest: 160., LowestText: "10", HighestText: "160"}, true
	assert.Equal(t, "pull keeps p99 ≤ 5 ms with none of 5 values of --workers that were tried, from 10 to 160, and to go on brings nothing: "+
		"the best is 45.3 ms, with 160.", says())
	f.Best.SLO[0].Value = nil
	assert.Equal(t, "pull keeps p99 ≤ 5 ms with none of 5 values of --workers that were tried, from 10 to 160, and to go on brings nothing: "+
		"with none of them every run has a p99 latency.", says())
}

func TestHowFarAnObjectiveIsMissedInWords(t *testing.T) {
	margin := -0.144
	h := heldAt("p99", 0.05, 0.0572, nil, false)[0]
	h.Margin = &margin
	assert.Equal(t, "pull has a p99 latency of 57.2 ms, and the limit is 50 ms: 14.4 % above it", Misses("pull", h))
	h = heldAt("goodput", 700, 599.2, nil, false)[0]
	h.Margin = &margin
	assert.Equal(t, "pull has a goodput of 599.2 /s, and the limit is 700 /s: 14.4 % below it", Misses("pull", h))
	h.Value = nil
	assert.Equal(t, "pull has no goodput: nobody can tell whether it is kept", Misses("pull", h))
}

// Student's interval of a share may end above 1 or below 0, where no share lies.
func TestIntervalsAreCutWhereTheyCannotBe(t *testing.T) {
	told := func(figure string, v, low, high float64) string {
		return valueTold(heldAt(figure, 0, v, &report.Interval{low, high}, true)[0])
	}
	assert.Equal(t, "99.57 % [98.66, 100]", told("success", 0.9957, 0.9866, 1.005))
	assert.Equal(t, "0.1 % [0, 0.3]", told("waste", 0.001, -0.001, 0.003))
	assert.Equal(t, "2 ms [0, 5]", told("p99", 0.002, -0.001, 0.005))
	assert.Equal(t, "2 /s [0, 5]", told("goodput", 2, -1, 5))
}

func TestWhetherItIsSureThatAnObjectiveIsKept(t *testing.T) {
	r := report.Result{SLO: heldAt("p99", 0.062, 0.05907, &report.Interval{0.05585, 0.06229}, true)}
	says := func() string { return shared(kept(&r)) }
	assert.Equal(t, "keeps p99 ≤ 62 ms: 59.07 ± 3.22 ms, not sure at 95 %", says())
	r.SLO = heldAt("success", 0.99, 0.98, &report.Interval{0.97, 0.991}, false)
	assert.Equal(t, "misses success ≥ 99 %: 98.00 ± 1.05 %, not sure at 95 %", says())
	r.SLO = heldAt("goodput", 700, 599.2, &report.Interval{580, 618.4}, false)
	assert.Equal(t, "misses goodput ≥ 700 /s: 599.2 ± 19.2 /s", says())

	one, two := 0.55, 0.6
	knee := report.Knee{Strategy: "random", Flag: "load", Value: &one, Next: &two, ValueUnsure: true}
	r.SLO = heldAt("p99", 0.06, 0.05, nil, true)
	d := func() string { return Document{Runs: []report.Result{r}, Knees: []report.Knee{knee}}.knees() }
	assert.Contains(t, d(), ": random up to 0.55 (not sure at 95 %), not at 0.6.")
	knee.NextUnsure = true
	assert.Contains(t, d(), ": random up to 0.55 (not sure at 95 %), not at 0.6 (not sure at 95 %).")
	knee.Value = nil
	assert.Contains(t, d(), ": random at none, from 0.6 on (not sure at 95 %).")
}

// Who lets requests fail keeps any latency: what is said of an objective that is no success says how many succeeded.
func TestObjectivesThatAreKeptByFailing(t *testing.T) {
	low, high, whole := 0.602, 0.9995, 1.0
	p99 := func(kept bool) []report.Held {
		held := heldAt("p99", 0.06, 0.05, nil, kept)
		held[0].Objective = "p99:60ms"
		return held
	}
	const only = "only 60.20 % of its requests succeeded"
	const hint = "--slo=p99:60ms,success:99.9% asks for both"
	f := report.Found{Strategy: "random", Flag: "workers", Monotone: true, Replications: 5,
		Tried: report.Tried{Value: 12., Text: "12", SLO: p99(true), KeptShare: &whole, Success: &low, Sure: true}}
	found := func() string { return Document{Found: []report.Found{f}}.foundVerdict() }
	assert.Contains(t, found(), "95 % sure, but "+only+": "+hint+";")
	f.Success = &high
	assert.Contains(t, found(), "95 % sure, and 99.95 % of its requests succeeded;")
	f.Success = &whole
	assert.NotContains(t, found(), "succeeded")

	r := report.Result{SLO: p99(true), SuccessShare: &low}
	run := func() string { return shared(kept(&r)) }
	assert.Equal(t, "keeps p99 ≤ 60 ms: 50 ms, but "+only+": "+hint, run())
	r.SLO = p99(false)
	assert.Equal(t, "misses p99 ≤ 60 ms: 50 ms", run())
	r.SLO = append(p99(true), heldAt("success", 0.5, low, nil, true)...)
	assert.NotContains(t, run(), "succeeded", "it was asked for")

	knee := report.Knee{Strategy: "random", Flag: "load", Value: &whole, Success: &low}
	r.SLO = p99(true)
	assert.Equal(t, "Knee: the load up to which p99 ≤ 60 ms is kept: random up to 1, the highest (at 1 "+only+"). "+hint+".",
		Document{Runs: []report.Result{r}, Knees: []report.Knee{knee}}.knees())
}

// Of a search the text shows the values that were found. A comparison with a run that is not shown there says nothing to its reader.
func TestWhatIsNotShownIsNotComparedWith(t *testing.T) {
	at := func(r report.Result, workers float64) report.Result {
		r.Swept = &report.Swept{Flag: "workers", Value: workers, Text: fmt.Sprint(workers)}
		return r
	}
	d := seeded(
		at(mean10("a", 90, 1, 30, 1, 1), 10), at(mean10("a", 57, 1, 12, 1, 1), 17),
		at(against(mean10("b", 59, 1, 13, 1, 1), -31, 1, -17, 1), 10), at(against(mean10("b", 50, 1, 11, 1, 1), -7, 1, -1, 1), 17))
	text := func() string {
		var b bytes.Buffer
		require.NoError(t, d.WriteText(&b))
		return b.String()
	}
	assert.Regexp(t, `(?m)^  against a (.|\n)*^  b at workers 10 .*\n  b at workers 17 `, text())
	d.Found = []report.Found{{Strategy: "a", Flag: "workers", Tried: report.Tried{Value: 17., Text: "17"}}, {Strategy: "b", Flag: "workers", Tried: report.Tried{Value: 10., Text: "10"}}}
	assert.NotContains(t, text(), "against", "b with 10 has no a with 10 beside it")
	d.Found[1].Value = 17.
	assert.Regexp(t, `(?m)^  against a (.|\n)*^  b at workers 17 `, text())
	assert.NotContains(t, text(), "b at workers 10")
}
