package report

import (
	"math"
	"math/bits"

	"github.com/HdrHistogram/hdrhistogram-go"
)

// Highest is the largest value that a figure is sure to accept: 115 days in nanoseconds, a slowdown of 10^10 in
// millionths. What lies above it is left out and counted.
const Highest = 10_000_000_000_000_000

// SamplesBeyond says where a percentile is told: only where so many samples lie beyond it.
const SamplesBeyond = 10

// distribution describes non-negative integers in constant memory: 360 KB, whatever their number.
// Mean, sd and maximum are exact, percentiles have three digits.
type distribution struct {
	histogram  *hdrhistogram.Histogram
	moments    moments
	max        int64
	outOfRange int // values that were left out, so that the report can say so
}

func newDistribution() distribution {
	return distribution{histogram: hdrhistogram.New(1, Highest, 3)}
}

func (d *distribution) add(v int64) {
	if d.histogram.RecordValue(v) != nil {
		d.outOfRange++
		return
	}
	d.moments.add(uint64(v))
	d.max = max(d.max, v)
}

// merge adds what other holds. Both have the same range, so that nothing is dropped.
func (d *distribution) merge(other *distribution) {
	d.histogram.Merge(other.histogram)
	d.moments.merge(other.moments)
	d.max = max(d.max, other.max)
	d.outOfRange += other.outOfRange
}

// spread describes the values in units of so many of what was added.
func (d *distribution) spread(unit int64) Spread {
	s := Spread{
		Mean: d.moments.mean(unit),
		SD:   d.moments.sd(unit),
		P50:  d.percentile(500, unit),
		P90:  d.percentile(900, unit),
		P95:  d.percentile(950, unit),
		P99:  d.percentile(990, unit),
		P999: d.percentile(999, unit),
	}
	if d.moments.n > 0 {
		s.Max = ratio(float64(d.max), float64(unit))
	}
	return s
}

// percentile returns the value that so many thousandths do not exceed. The histogram answers with the top
// of a bucket, which may lie above the largest value there was.
func (d *distribution) percentile(thousandths, unit int64) *float64 {
	if !enoughBeyond(d.histogram, thousandths) {
		return nil
	}
	v := min(d.histogram.ValueAtPercentile(float64(thousandths)/10), d.max)
	return ratio(float64(v), float64(unit))
}

// enoughBeyond tells whether at least SamplesBeyond of h's values lie beyond this percentile.
func enoughBeyond(h *hdrhistogram.Histogram, thousandths int64) bool {
	return h.TotalCount()*(1000-thousandths) >= SamplesBeyond*1000
}

// millionths returns a / b in millionths, to the nearest, for b > 0. What 63 bits cannot hold
// becomes the largest value, which no distribution accepts.
func millionths(a, b int64) int64 {
	high, low := bits.Mul64(uint64(a), 1_000_000)
	low, carry := bits.Add64(low, uint64(b)/2, 0)
	high += carry
	if high >= uint64(b) {
		return math.MaxInt64
	}
	quotient, _ := bits.Div64(high, low, uint64(b))
	return int64(min(quotient, math.MaxInt64))
}

// ratio returns a / b, or nil where it has no value.
func ratio(a, b float64) *float64 {
	if b == 0 {
		return nil
	}
	v := a / b
	return &v
}
