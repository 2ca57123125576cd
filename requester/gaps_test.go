package requester

import (
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Request i of constant gaps begins at i gaps; of three requesters the second has requests 1, 4 and 7.
func TestGapsAddUp(t *testing.T) {
	g := NewGaps(Constant(10*ms), 8, 1, 1)
	assert.Equal(t, []time.Duration{10 * ms, 40 * ms, 70 * ms}, all(NewGapArrivals(g, 1, 3, 8)))
	assert.Equal(t, 80*ms, g.End(), "the gap after the last counts, so that the mean gap is that of the run")
	assert.Empty(t, all(NewGapArrivals(g, 9, 10, 8)))
}

// However many requesters share the requests, these begin at the same instants: also where each jumps over several of the kept ones.
func TestGapsAreTheSameForAnyNumberOfRequesters(t *testing.T) {
	const n = 1000
	g := NewGaps(Exponential(ms), n, 1, 1)
	want := all(NewGapArrivals(g, 0, 1, n))
	require.Len(t, want, n)
	for _, requesters := range []int{2, 63, 64, 65, 300, n} {
		var union []time.Duration
		for id := range requesters {
			union = append(union, all(NewGapArrivals(g, id, requesters, n))...)
		}
		slices.Sort(union)
		assert.Equal(t, want, union, fmt.Sprint(requesters))
	}
	assert.NotEqual(t, want, all(NewGapArrivals(NewGaps(Exponential(ms), n, 2, 1), 0, 1, n)), "another seed draws others")
}

// Gaps of U(10, 60) ms have the mean 35 ms and the variance 50²/12 ms². Of 100,000 the mean is off by 0.0456 ms at one standard error;
// neighbours do not correlate, at 1/√n.
func TestGapsAreIndependentDraws(t *testing.T) {
	const n = 100_000
	at := all(NewGapArrivals(NewGaps(Uniform(10*ms, 60*ms), n, 1, 1), 0, 1, n))
	gaps, sum := make([]float64, n-1), 0.0
	for i := range gaps {
		gaps[i] = float64(at[i+1]-at[i]) / float64(ms)
		require.True(t, 10 <= gaps[i] && gaps[i] <= 60)
		sum += gaps[i]
	}
	mean, variance, together := sum/(n-1), 0.0, 0.0
	for i, gap := range gaps {
		variance += (gap - mean) * (gap - mean) / (n - 1)
		if i > 0 {
			together += (gap - mean) * (gaps[i-1] - mean) / (n - 1)
		}
	}
	assert.InDelta(t, 35, mean, 4*math.Sqrt(2500./12/n))
	assert.InEpsilon(t, 2500./12, variance, 0.02)
	assert.InDelta(t, 0, together/variance, 4/math.Sqrt(n))
}

// A hundred million requests keep about a million instants.
func TestGapsTakeLittleMemory(t *testing.T) {
	g := NewGaps(Constant(1), 1<<27, 1, 1)
	assert.Equal(t, 128, g.block)
	assert.Len(t, g.starts, 1<<20)
}

// What a run cannot last does not overflow.
func TestGapsEndWhereRunsDo(t *testing.T) {
	at := all(NewGapArrivals(NewGaps(Constant(LongestInstant/2), 10, 1, 1), 0, 1, 10))
	assert.Equal(t, LongestInstant, at[9])
	assert.True(t, slices.IsSorted(at))
}
