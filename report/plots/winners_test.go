package plots

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"waza/report"
)

// What several seeds cannot tell from the best is level with it, however near others are; of one seed, what is within a hundredth.
func TestWhoIsLevelWithTheWinner(t *testing.T) {
	at := value("load", 0.5)
	one := func(name string, ms, success float64) report.Result { return sweptRun(name, at, ms, success, 10) }
	five := func(name string, ms float64) report.Result {
		r := one(name, ms, 1)
		r.Replications = 5
		return r
	}
	compared := func(ms float64, verdict string) report.Result {
		r := five("b", ms)
		r.Difference = &report.Difference{Baseline: "a", P99: report.DifferenceSpan{Verdict: verdict}}
		return r
	}
	none := one("b", 12, 1)
	none.LatencySeconds.P99 = nil
	concluded := []report.Conclusion{{Swept: value("load", 0.5), Best: []report.Best{{Figure: "p99", Best: "a", Strategies: []string{"a", "c"}}}}}
	elsewhere := []report.Conclusion{{Swept: value("load", 0.6), Best: concluded[0].Best}}
	for _, row := range []struct {
		says  string
		runs  runs
		told  []report.Conclusion
		best  string
		level []string
	}{
		{"the lowest", runs{one("a", 10, 1), one("b", 12, 1)}, nil, "a", nil},
		{"a hundredth is level in one seed", runs{one("a", 10, 1), one("b", 10.05, 1)}, nil, "a", []string{"b"}},
		{"who fails more is not", runs{one("a", 10, 0.9), one("b", 12, 1)}, nil, "b", nil},
		{"who has none is not", runs{one("a", 10, 1), none}, nil, "a", nil},
		{"not told apart seed by seed", runs{five("a", 10), compared(12, "not distinguishable")}, nil, "a", []string{"b"}},
		{"told apart", runs{five("a", 10), compared(12, "worse")}, nil, "a", nil},
		{"told apart within a hundredth", runs{five("a", 10), compared(10.05, "worse")}, nil, "a", nil},
		{"the other way", runs{five("a", 10), compared(9.95, "better")}, nil, "b", nil},
		{"not told apart among all", runs{five("a", 10), five("b", 10.05), five("c", 12)}, concluded, "a", []string{"c"}},
		{"at another value nobody knows", runs{five("a", 10), five("b", 11), five("c", 12)}, elsewhere, "a", nil},
	} {
		w, found := newSweep(row.runs, row.told, Beside{}).winner(*at, nil)
		assert.True(t, found, row.says)
		assert.Equal(t, row.best, w.run.Strategy, row.says)
		assert.Equal(t, row.level, w.level, row.says)
	}
	_, found := newSweep(runs{none}, nil, Beside{}).winner(*at, nil)
	assert.False(t, found, "nobody has a p99")
}
