package report

import (
	"math"
	"math/big"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// Mean and sd are compared with the definition, Σ(x − mean)² / (n − 1), in rationals.
func TestMomentsAreExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.Int64Range(0, Highest), 2, 50).Draw(t, "values")
		var m moments
		sum := new(big.Rat)
		for _, v := range values {
			m.add(uint64(v))
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
	d := newDistribution()
	for range 12345 {
		d.add(33_333_333)
	}
	s := d.spread(1e9)
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
		d := newDistribution()
		for i := range c.n {
			d.add(int64(i))
		}
		s := d.spread(1)
		var exists []bool
		for _, figure := range []*float64{s.Mean, s.SD, s.P50, s.P90, s.P95, s.P99, s.P999} {
			exists = append(exists, figure != nil)
		}
		assert.Equal(t, c.exists, exists, c.says)
	}
}

func TestOutOfRangeIsCounted(t *testing.T) {
	d := newDistribution()
	d.add(0)
	d.add(-1)
	d.add(math.MaxInt64)
	assert.Equal(t, 2, d.outOfRange, "0 is in range, the others are not")
	require.EqualValues(t, 1, d.moments.n)
	assert.Zero(t, *d.moments.mean(1))
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
		{"a quotient beyond 63 bits", math.MaxInt64, 1, math.MaxInt64},
	} {
		assert.Equal(t, c.want, millionths(c.a, c.b), c.says)
	}
}
