package requester

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// all returns the arrivals of somebody whose verdicts come at once.
func all(a Arrivals) []time.Duration {
	var at []time.Duration
	for {
		next, ok := a.Next(0)
		if !ok {
			return at
		}
		at = append(at, next)
	}
}

func TestPoissonArrivalsAreSortedAndExactlySoMany(t *testing.T) {
	for _, left := range []int{0, 1, 2, 1000} {
		at := all(&PoissonArrivals{Left: left, End: time.Second, Rand: rand.New(rand.NewPCG(1, 1))})
		require.Len(t, at, left)
		assert.True(t, slices.IsSorted(at))
		for _, instant := range at {
			require.True(t, 0 <= instant && instant <= time.Second)
		}
	}
}

// The points are uniform on [0, End]. By the inequality of Dvoretzky, Kiefer and Wolfowitz (1956, with Massart's
// constant of 1990) the greatest distance between the share of points up to x and x itself exceeds ε with a
// probability of at most 2·exp(−2nε²): one in a million for ε = √(ln(2·10⁶)/2n).
func TestPoissonArrivalsAreUniform(t *testing.T) {
	const n = 50_000
	at := all(&PoissonArrivals{Left: n, End: time.Hour, Rand: rand.New(rand.NewPCG(2, 1))})
	farthest := 0.0
	for i, instant := range at {
		x := float64(instant) / float64(time.Hour)
		farthest = max(farthest, float64(i+1)/n-x, x-float64(i)/n)
	}
	assert.Less(t, farthest, math.Sqrt(math.Log(2e6)/(2*n)))
}

// The i-th of k independent uniform points on [0, 1] has the mean i/(k+1) and the variance i(k+1−i)/((k+1)²(k+2)).
func TestPoissonArrivalsAreTheOrderStatisticsOfUniformPoints(t *testing.T) {
	const k, runs = 3, 20_000
	var sums [k]float64
	for seed := range uint64(runs) {
		for i, at := range all(&PoissonArrivals{Left: k, End: time.Hour, Rand: rand.New(rand.NewPCG(4, seed))}) {
			sums[i] += float64(at) / float64(time.Hour)
		}
	}
	for i := range sums {
		place := float64(i + 1)
		se := math.Sqrt(place * (k + 1 - place) / ((k + 1) * (k + 1) * (k + 2)) / runs)
		assert.InDelta(t, place/(k+1), sums[i]/runs, 4*se)
	}
}

// Independent too: the numbers of arrivals in cells of equal length are as uneven as those of a Poisson process, where
// arrivals that keep a distance would be too even, and bursts too uneven.
func TestPoissonArrivalsAreIndependent(t *testing.T) {
	counts := make([]float64, 500)
	for requester := range uint64(50) { // together, as the requesters of a run
		for _, at := range all(&PoissonArrivals{Left: 400, End: time.Second, Rand: rand.New(rand.NewPCG(3, requester))}) {
			counts[min(499, int(at/(2*ms)))]++
		}
	}
	equallyLikely(t, counts)
}

// Request i of the run begins at i/λ, whoever issues it.
func TestConstantArrivals(t *testing.T) {
	var together []time.Duration
	for requester := range 3 {
		together = append(together, all(&ConstantArrivals{Rate: 1000, First: requester, Step: 3, Total: 8})...)
	}
	assert.Equal(t, []time.Duration{0, 3 * ms, 6 * ms, 1 * ms, 4 * ms, 7 * ms, 2 * ms, 5 * ms}, together)
	assert.Empty(t, all(&ConstantArrivals{Rate: 1000, First: 8, Step: 9, Total: 8}), "more requesters than requests")
}

func TestClosedArrivalsThinkAfterEachVerdict(t *testing.T) {
	thinks := []time.Duration{3 * ms, 0}
	a := &ClosedArrivals{Left: 2, Think: func() time.Duration {
		think := thinks[0]
		thinks = thinks[1:]
		return think
	}}
	first, ok := a.Next(0)
	assert.True(t, ok)
	assert.Equal(t, 3*ms, first, "it thinks before the first one too")
	second, ok := a.Next(20 * ms)
	assert.True(t, ok)
	assert.Equal(t, 20*ms, second)
	_, ok = a.Next(30 * ms)
	assert.False(t, ok)
}

// What would begin at the end of the time, or so little before it that nobody could tell, does not begin, and is left.
func TestClosedArrivalsEndWithTheTime(t *testing.T) {
	for at, begins := range map[time.Duration]bool{10*ms - 128: true, 10*ms - 127: false, 10 * ms: false, 11 * ms: false} {
		a := &ClosedArrivals{Left: 2, Think: func() time.Duration { return at }, End: 10 * ms, Resolution: 128}
		_, ok := a.Next(0)
		assert.Equal(t, begins, ok, "%d", at)
		assert.Equal(t, map[bool]int{true: 1, false: 2}[begins], a.Left, "%d", at)
	}
}

// Row i of a trace belongs to requester i mod R, its arrival and its work.
func TestReplay(t *testing.T) {
	trace := &Trace{
		Arrivals: []time.Duration{0, 1 * ms, 1 * ms, 5 * ms, 9 * ms},
		Work:     []time.Duration{10 * ms, 20 * ms, 30 * ms, 40 * ms, 50 * ms},
	}
	p := &Replay{Trace: trace, First: 1, Step: 2, Total: 5}
	for _, row := range []int{1, 3} {
		at, ok := p.Next(0)
		assert.True(t, ok)
		assert.Equal(t, trace.Arrivals[row], at)
		assert.Equal(t, trace.Work[row], p.Work())
		assert.Equal(t, trace.Work[row], p.Work(), "of the row that was given last, however often it is asked")
	}
	_, ok := p.Next(0)
	assert.False(t, ok)
	assert.Len(t, all(&Replay{Trace: trace, Step: 1, Total: 3}), 3, "of a trace only the first rows may be asked for")
}

func TestATraceKnowsItsShortWorkAndItsCrowds(t *testing.T) {
	for _, row := range []struct {
		says        string
		work, wants time.Duration
		of          int // such rows, of a thousand; the others have 3000 ns
	}{
		{"one row in a hundred is not minded", 5, 2048, 10},
		{"eleven of a thousand are", 5, 4, 11},
		{"rows without work are no rows", 0, 2048, 900},
		{"and where there are no others nothing is", 0, 0, 1000},
	} {
		trace := &Trace{Work: append(slices.Repeat([]time.Duration{row.work}, row.of), slices.Repeat([]time.Duration{3000}, 1000-row.of)...)}
		assert.Equal(t, row.wants, trace.ShortWork(), row.says)
	}
	trace := &Trace{Arrivals: []time.Duration{0, 10, 10, 10, 15, 16, 26}}
	for within, rows := range map[time.Duration]int{0: 3, 4: 3, 5: 4, 6: 5, 15: 5, 16: 6, 100: 7} {
		assert.Equal(t, rows, trace.Crowd(within), "within %d ns", within)
	}
}
