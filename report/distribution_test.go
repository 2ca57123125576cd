package report

import (
	"math"
	"math/big"
	"testing"

	"github.com/HdrHistogram/hdrhistogram-go"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"waza/internal/drawn"
)

// Mean and sd are compared with the definition, Σ(x − mean)² / (n − 1), in rationals.
func TestMomentsAreExact(t *testing.T) {
	drawn.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.Int64Min(0), 2, 50).Draw(t, "values")
		var m moments
		sum := new(big.Rat)
		for _, v := range values {
			m.add(wide{low: uint64(v)})
			sum.Add(sum, new(big.Rat).SetInt64(v))
		}
		n := new(big.Rat).SetInt64(int64(len(values)))
		mean := new(big.Rat).Quo(sum, n)
		squares := new(big.Rat)
		for _, v := range values {
			d := new(big.Rat).Sub(new(big.Rat).SetInt64(v), mean)
			squares.Add(squares, d.Mul(d, d))
		}
		variance, _ := squares.Quo(squares, n.Sub(n, big.NewRat(1, 1))).Float64()
		wantMean, _ := mean.Float64()
		assert.Equal(t, wantMean, *m.mean(1))
		assert.InEpsilon(t, math.Sqrt(variance)+1, *m.sd(1)+1, 1e-15*4)
	})
}

func TestEqualValuesHaveNoDeviation(t *testing.T) {
	d := NewDistribution(1e9)
	for range 12345 {
		d.Add(33_333_333)
	}
	s := d.spread()
	assert.Equal(t, 0.033333333, *s.Mean)
	assert.Zero(t, *s.SD)
	assert.Equal(t, 0.033333333, *s.P99, "a percentile is never above the largest value")
	assert.Equal(t, 0.033333333, *s.Max)
}

func TestPercentilesNeedTenSamplesBeyond(t *testing.T) {
	for _, c := range []struct {
		says   string
		n      int
		exists []bool // mean, sd, p50, p90, p95, p99, p999
	}{
		{"of nothing there are no figures", 0, []bool{false, false, false, false, false, false, false}},
		{"one value has no deviation", 1, []bool{true, false, false, false, false, false, false}},
		{"19 values leave nine beyond the median", 19, []bool{true, true, false, false, false, false, false}},
		{"20 values leave ten", 20, []bool{true, true, true, false, false, false, false}},
		{"999 are one short of a p99", 999, []bool{true, true, true, true, true, false, false}},
		{"1000 have one", 1000, []bool{true, true, true, true, true, true, false}},
		{"10000 have a p99.9", 10000, []bool{true, true, true, true, true, true, true}},
	} {
		d := NewDistribution(1)
		for i := range c.n {
			d.Add(int64(i))
		}
		s := d.spread()
		var exists []bool
		for _, figure := range []*float64{s.Mean, s.SD, s.P50, s.P90, s.P95, s.P99, s.P999} {
			exists = append(exists, figure != nil)
		}
		assert.Equal(t, c.exists, exists, c.says)
	}
}

// A slowdown may be larger than a histogram holds: mean, sd and maximum know it, and so do the percentiles below it.
func TestWhatLiesBeyondTheHistogramIsCounted(t *testing.T) {
	d := NewDistribution(1_000_000)
	for range 900 {
		d.add(millionths(1, 1))
	}
	for range 100 {
		d.add(millionths(math.MaxInt64, 1))
	}
	s := d.spread()
	assert.EqualValues(t, 100, d.beyond)
	assert.EqualValues(t, 1000, d.Count())
	assert.InEpsilon(t, 1, *s.P90, 0.001, "the 900th of 1000")
	assert.Nil(t, s.P95)
	assert.Nil(t, s.P99)
	assert.InEpsilon(t, 0.9+0.1*math.MaxInt64, *s.Mean, 1e-15)
	assert.InEpsilon(t, math.MaxInt64*math.Sqrt(0.09*1000/999), *s.SD, 1e-15*4)
	assert.InEpsilon(t, math.MaxInt64, *s.Max, 1e-15)

	both := NewDistribution(1_000_000)
	both.merge(d)
	assert.Equal(t, s, both.spread())
}

// 443 KB hold every time there is, in nanoseconds.
func TestNoTimeLiesBeyondTheHistogram(t *testing.T) {
	d := NewDistribution(1)
	assert.LessOrEqual(t, d.histogram.ByteSize(), 450_000)
	for _, v := range []int64{0, 1, 1e16 + 1, Highest, math.MaxInt64} {
		d.Add(v)
	}
	assert.Zero(t, d.beyond)
	assert.Equal(t, float64(math.MaxInt64), *d.Percentile(1))
	assert.Equal(t, float64(math.MaxInt64), *d.spread().Max)
}

// The p-th percentile is the ⌈pn⌉-th value from below, for the figures of the table and for any share that a plot asks for.
func TestPercentilesAreRanks(t *testing.T) {
	for _, c := range []struct {
		n    int64
		want map[float64]int64 // rank by share
	}{
		{1, map[float64]int64{0.001: 1, 0.5: 1, 1: 1}},
		{5, map[float64]int64{0.2: 1, 0.200001: 2, 0.4: 2, 0.5: 3, 0.6: 3, 0.8: 4, 0.800001: 5, 1: 5}},
		{100, map[float64]int64{0.07: 7, 0.14: 14, 0.28: 28, 0.29: 29, 0.55: 55, 0.56: 56, 0.57: 57}}, // as floats some products are a little more
		{1060, map[float64]int64{0.9: 954, 0.99: 1050, 0.999: 1059}},                                  // 1049.4 is no rank
		{1_000_000_000_000, map[float64]int64{0.5: 500_000_000_000, 0.999: 999_000_000_000}},
	} {
		for share, rank := range c.want {
			assert.Equal(t, rank, rankOf(share, c.n), "%v of %d", share, c.n)
			if c.n > 2000 {
				continue
			}
			d := NewDistribution(1)
			for v := range c.n {
				d.Add(v + 1) // below 2048 each value has a bucket of its own
			}
			assert.EqualValues(t, rank, *d.Percentile(share), "%v of %d", share, c.n)
		}
	}
}

func TestPercentilesDoNotExceedTheRankAskedFor(t *testing.T) {
	drawn.Check(t, func(t *rapid.T) {
		n := rapid.Int64Range(1, 1e9).Draw(t, "n")
		parts := rapid.Int64Range(1, 1000).Draw(t, "thousandths")
		want := (n*parts + 999) / 1000
		require.Equal(t, want, rankOf(float64(parts)/1000, n))
		h := hdrhistogram.New(1, Highest, 3)
		require.NoError(t, h.RecordValues(1, want)) // the rank asked for is the last of these
		require.NoError(t, h.RecordValues(2, n-want))
		v, ok := percentile(h, n, wide{low: 2}, float64(parts)/1000)
		require.True(t, ok)
		require.EqualValues(t, 1, v)
	})
}

func TestMillionths(t *testing.T) {
	for _, c := range []struct {
		says       string
		a, b, want int64
	}{
		{"equal times", 7, 7, 1_000_000},
		{"to the nearest, down", 1, 3, 333_333},
		{"to the nearest, up", 2, 3, 666_667},
		{"a product beyond 64 bits", math.MaxInt64, math.MaxInt64, 1_000_000},
	} {
		assert.Equal(t, wide{low: uint64(c.want)}, millionths(c.a, c.b), c.says)
	}
	var beyond wide
	beyond.addProduct(math.MaxInt64, 1_000_000)
	assert.Equal(t, beyond, millionths(math.MaxInt64, 1), "a quotient beyond 64 bits")
}
