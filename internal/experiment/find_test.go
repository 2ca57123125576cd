package experiment

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/internal/statistics"
	"waza/report"
)

// A curved plays runs whose p99 is a function of the value that is tried, and as much more as the seed says.
type curved struct {
	p99   func(strategy string, value float64) float64
	noise float64
	own   bool    // each value has noise of its own
	luck  float64 // so much less with the seeds of the search

	saturated func(value float64) bool // nil: none is
}

func (c curved) Play(_ context.Context, p Piece, _ func(int)) (report.Result, error) {
	value := float64(len(p.Settings[0].Text)) // see looked: the text has as many characters
	v := c.p99(p.Strategy, value)
	if c.noise > 0 {
		of := uint64(0)
		if c.own {
			of = uint64(value)<<8 + uint64(p.Strategy[0])
		}
		v += c.noise * rand.New(rand.NewPCG(p.Seed, of)).NormFloat64()
	}
	for k := range uint64(5) {
		if p.Seed == statistics.Seed(1, k) {
			v -= c.luck
		}
	}
	return report.Result{Strategy: p.Strategy, LatencySeconds: report.Spread{P99: &v}, Saturated: c.saturated != nil && c.saturated(value)}, nil
}

func (curved) End() {}

// looked lets a search find the smallest of whole numbers from 1 to 100 whose p99 is at most 50, from some value on.
func looked(t *testing.T, from float64, c curved, change func(*Find)) Findings {
	t.Helper()
	find := &Find{Flag: "workers", Whole: true, From: from}
	find.At = func(v float64) (Point, error) {
		at := Point{Swept: []report.Swept{{Flag: "workers", Value: v}}, Strategies: []string{"a", "b"}}
		if v < 1 || v > 100 {
			return at, errors.New("want a whole number from 1 to 100")
		}
		at.Settings = []Setting{{"workers", string(make([]byte, int(v)))}}
		return at, nil
	}
	change(find)
	start, err := find.At(from)
	require.NoError(t, err)
	p := Plan{Seed: 1, Replications: 5, Baseline: "a", Points: []Point{start}, Find: find, SLO: []Objective{{p99(), 50, "p99:50s"}}}
	f, err := Run(context.Background(), p, Crew{Players: []Player{c, c}})
	require.NoError(t, err)
	return f
}

func smallest(*Find) {}

// valuesTried are those of the rows of a strategy.
func valuesTried(f Findings, strategy string) (values []float64) {
	for _, r := range f.Runs {
		if r.Strategy == strategy {
			values = append(values, r.Swept.Value.(float64))
		}
	}
	return values
}

// inverse is a p99 that falls with the value: of a 600/v, of b 900/v. It is at most 50 from 12 on, and from 18 on.
func inverse(strategy string, v float64) float64 {
	return map[string]float64{"a": 600, "b": 900}[strategy] / v
}

func TestASearchFindsTheSmallestValueThatKeepsTheObjective(t *testing.T) {
	f := looked(t, 10, curved{p99: inverse}, smallest)
	require.Len(t, f.Found, 2)
	a, b := f.Found[0], f.Found[1]
	// a: 10 misses it, 20 keeps it; then 15 and 12 keep it, 11 does not, in the middle of 10 and 12; one beyond is 10 again.
	assert.Equal(t, []float64{10, 11, 12, 15, 20}, valuesTried(f, "a"))
	assert.Equal(t, 12., a.Value)
	assert.Equal(t, 11., a.Next.Value)
	assert.Equal(t, 50., *a.SLO[0].Value)
	assert.InDelta(t, 600./11, *a.Next.SLO[0].Value, 1e-12)
	assert.False(t, a.Sure, "without noise all seeds gave the same, and nobody knows how sure that is")
	assert.True(t, a.SLO[0].Equal)
	assert.Nil(t, a.SLO[0].CI95)
	assert.False(t, a.Next.Sure, "nor of the next")
	assert.Equal(t, []float64{1, 0}, []float64{*a.KeptShare, *a.Next.KeptShare})
	assert.True(t, a.Monotone)
	assert.Nil(t, a.Precision)
	assert.Equal(t, 18., b.Value)
	assert.Equal(t, 17., b.Next.Value)
	for _, r := range f.Each {
		assert.Contains(t, []uint64{1, statistics.Seed(1, 1), statistics.Seed(1, 2), statistics.Seed(1, 3), statistics.Seed(1, 4)}, r.Seed, "rows have the seeds of the search")
	}

	f = looked(t, 100, curved{p99: inverse}, smallest)
	assert.Equal(t, 12., f.Found[0].Value, "from above, too")
	assert.Equal(t, 18., f.Found[1].Value)
}

func TestASearchFindsTheLargestValueToOnePercent(t *testing.T) {
	load := func(_ string, v float64) float64 { return 800 / max(80-v, 1e-9) } // at most 50 up to 64
	f := looked(t, 10, curved{p99: load}, func(find *Find) { find.Largest = true })
	assert.Equal(t, 64., f.Found[0].Value)
	assert.Equal(t, 65., f.Found[0].Next.Value)
	assert.True(t, f.Found[0].Largest)

	f = looked(t, 10, curved{p99: func(string, float64) float64 { return 1 }}, func(find *Find) { find.Largest = true })
	assert.Equal(t, 100., f.Found[0].Value, "the last that is not refused")
	assert.Equal(t, 101., f.Found[0].Next.Value)
	assert.Equal(t, "want a whole number from 1 to 100", f.Found[0].Next.Refused)

	f = looked(t, 10, curved{p99: load}, func(find *Find) { find.Largest, find.Whole = true, false })
	found := f.Found[0]
	value, next := found.Value.(float64), found.Next.Value.(float64)
	assert.Equal(t, 0.01, *found.Precision)
	assert.Less(t, value, 65., "the fake cuts what is behind the point")
	assert.GreaterOrEqual(t, next, 65.)
	assert.LessOrEqual(t, next/value, 1.01)
}

func TestASearchTurnsRoundWhereMoreIsWorse(t *testing.T) {
	f := looked(t, 20, curved{p99: func(_ string, v float64) float64 { return 4 * v }}, smallest) // at most 50 up to 12
	assert.Equal(t, 12., f.Found[0].Value)
	assert.Equal(t, 13., f.Found[0].Next.Value)
	assert.True(t, f.Found[0].Largest)
	assert.True(t, f.Found[0].Monotone)
}

func TestASearchSaysWhereAFigureIsNotMonotone(t *testing.T) {
	odd := func(strategy string, v float64) float64 {
		if strategy == "a" && v == 10 {
			return 40
		}
		return inverse("a", v)
	}
	f := looked(t, 16, curved{p99: odd}, smallest) // 16 keeps it, 8 does not; then 12, 10 keep it, 9 does not; 8 is one beyond
	assert.Equal(t, 10., f.Found[0].Value)
	require.False(t, f.Found[0].Monotone)
	assert.Equal(t, report.Pair{Easier: 12., Harder: 10.}, *f.Found[0].Exception, "10 is surely better than 12")
	assert.True(t, f.Found[1].Monotone)

	hole := func(strategy string, v float64) float64 {
		if v == 10 {
			return 40
		}
		return inverse("a", v)
	}
	f = looked(t, 6, curved{p99: hole}, smallest) // 6 misses it, 12 keeps it; 9 and 10 and 11 …
	assert.Equal(t, 10., f.Found[0].Value)
	f = looked(t, 11, curved{p99: hole}, smallest) // 11 misses it, 22 keeps it, then 16, 13, 12; one beyond 11 is 10, which keeps it
	assert.Equal(t, 12., f.Found[0].Value)
	assert.Equal(t, report.Pair{Easier: 11., Harder: 10.}, *f.Found[0].Exception)
}

func TestAnObjectiveThatNoValueKeeps(t *testing.T) {
	f := looked(t, 10, curved{p99: func(_ string, v float64) float64 { return 60 + 600/v }}, smallest)
	found := f.Found[0]
	assert.Nil(t, found.Value)
	assert.Nil(t, found.Next)
	assert.Equal(t, 100., found.Best.Value, "the last that is not refused")
	assert.Equal(t, 66., *found.Best.SLO[0].Value)
	assert.InDelta(t, -0.32, *found.Best.SLO[0].Margin, 1e-12)
	assert.NotEmpty(t, f.Runs)

	f = looked(t, 1, curved{p99: func(string, float64) float64 { return 60 }}, smallest)
	assert.Equal(t, []float64{1, 2, 4}, valuesTried(f, "a"), "two steps brought nothing")
	found = f.Found[0]
	assert.True(t, found.Idle)
	assert.Equal(t, report.Range{Lowest: 1., Highest: 4.}, *found.Range)
}

// Of values that are all alike one is often better than the one before by more than a hundredth, and by chance.
func TestNoiseDoesNotKeepASearchGoing(t *testing.T) {
	for _, largest := range []bool{false, true} {
		f := looked(t, 16, curved{p99: func(string, float64) float64 { return 60 }, noise: 2, own: true}, func(find *Find) { find.Largest = largest })
		for _, strategy := range []string{"a", "b"} {
			assert.LessOrEqual(t, len(valuesTried(f, strategy)), 6, "%s tried %v", strategy, valuesTried(f, strategy))
		}
		assert.True(t, f.Found[0].Idle)
	}
}

// Success of 99.2 % misses 99.9 % by less than a hundredth, and what takes half of that away is much nearer all the same.
func TestASearchIsPatientNearTheLimit(t *testing.T) {
	missing := func(_ string, v float64) float64 { return 50 * (1 + 0.008/v) }
	f := looked(t, 1, curved{p99: func(s string, v float64) float64 { return missing(s, v) - 50*0.0002 }}, smallest)
	assert.Equal(t, 40., f.Found[0].Value)
}

// Under overload a figure may not move until there is enough, as where p99 is what full queues take.
func TestASearchGoesOnThroughOverload(t *testing.T) {
	full := func(_ string, v float64) float64 { return map[bool]float64{true: 1000, false: 10}[v < 50] }
	f := looked(t, 2, curved{p99: full, saturated: func(v float64) bool { return v < 50 }}, smallest)
	assert.Equal(t, 50., f.Found[0].Value)
}

func TestFreshSeedsSayHowSureItIs(t *testing.T) {
	f := looked(t, 10, curved{p99: inverse, noise: 20}, smallest)
	assert.NotNil(t, f.Runs[0].SLO[0].CI95, "that of the seeds of the search, in the row")
	for _, found := range f.Found {
		h := found.SLO[0]
		require.NotNil(t, h.CI95)
		assert.Equal(t, h.CI95[1] <= 50 || h.CI95[0] > 50, found.Sure)
		assert.False(t, math.IsNaN(*found.KeptShare))
		// the figures of fresh seeds are those of replications 5 to 9, and after each refutal of five further ones
		mean, first := 0.0, 5*(1+len(found.Unconfirmed))
		for k := range 5 {
			mean += (inverse(found.Strategy, found.Value.(float64)) + 20*rand.New(rand.NewPCG(statistics.Seed(1, uint64(first+k)), 0)).NormFloat64()) / 5
		}
		assert.InDelta(t, mean, *h.Value, 1e-9)
	}
}

func TestAnInterruptedSearchShowsWhatItPlayed(t *testing.T) {
	ctx, end := context.WithCancel(context.Background())
	find := &Find{Flag: "load", From: 1, At: func(v float64) (Point, error) {
		return Point{Settings: []Setting{{"load", "1"}}, Swept: []report.Swept{{Flag: "load", Value: v}}, Strategies: []string{"a"}}, nil
	}}
	start, _ := find.At(1)
	p := Plan{Seed: 7, Replications: 3, Points: []Point{start}, Find: find, SLO: []Objective{{p99(), 50, "p99:50s"}}}
	f, err := Run(ctx, p, Crew{Players: []Player{fake{cut: seed(1), end: end, fails: 1}}})
	require.NoError(t, err)
	assert.Len(t, f.Runs, 1)
	assert.Empty(t, f.Found)
	assert.Equal(t, []Lack{{"a", start.Swept, 1, 3}}, f.Lack)
}

func TestAnObjectiveIsAtMostOrAtLeast(t *testing.T) {
	at := func(name string, limit, v float64) report.Held {
		figure, found := report.FigureNamed(name)
		require.True(t, found)
		r := report.Result{SuccessShare: &v, Goodput: &v, LatencySeconds: report.Spread{P99: &v}, WastedWorkShare: &v}
		return held([]Objective{{figure, limit, name}}, &r)[0]
	}
	for _, row := range []struct {
		name     string
		limit, v float64
		kept     bool
		margin   float64
	}{
		{"p99", 0.05, 0.05, true, 0},
		{"p99", 0.05, 0.06, false, -0.2},
		{"success", 0.8, 0.9, true, 0.125},
		{"success", 0.999, 0.9, false, -0.0990990990990991},
		{"goodput", 700, 350, false, -0.5},
		{"waste", 0.1, 0.05, true, 0.5},
	} {
		h := at(row.name, row.limit, row.v)
		assert.Equal(t, row.kept, h.Kept, row)
		assert.InDelta(t, row.margin, *h.Margin, 1e-12)
		assert.Equal(t, row.name, h.Objective)
	}
	none := held([]Objective{{p99(), 1, "p99:1s"}}, &report.Result{})[0]
	assert.False(t, none.Kept, "nobody can tell")
	assert.Nil(t, none.Margin)
}
