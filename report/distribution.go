package report

import (
	"math"
	"math/bits"

	"github.com/HdrHistogram/hdrhistogram-go"
)

// Highest is the largest value that a histogram is asked to hold. With it a histogram has room for every int64, so for
// every time there is: only a slowdown can lie beyond.
const Highest = 1 << 62

// SamplesBeyond says where a percentile is a figure: only where so many samples lie beyond it.
const SamplesBeyond = 10

// A Distribution describes non-negative integers in constant memory: 443 KB, whatever their number. Mean, sd and maximum
// are exact and of all values. Percentiles have three digits; one that lies beyond the histogram does not exist.
type Distribution struct {
	unit      int64 // of what is told, in what was added
	histogram *hdrhistogram.Histogram
	moments   moments
	largest   wide
	beyond    int64  // values above all that the histogram holds
	packed    []byte // all of it, in the place of the histogram; nil: it is not packed
}

// NewDistribution returns an empty Distribution whose figures are in units of so many, at least 1, of what is added.
func NewDistribution(unit int64) *Distribution {
	return &Distribution{unit: unit, histogram: hdrhistogram.New(1, Highest, 3)}
}

// Add counts a value, at least 0.
func (d *Distribution) Add(v int64) {
	if d.histogram.RecordValue(v) != nil {
		d.beyond++
	}
	d.moments.addShort(uint64(v))
	if d.largest.high == 0 && d.largest.low < uint64(v) {
		d.largest.low = uint64(v)
	}
}

// add adds a value that may need more than 63 bits, which only a slowdown does.
func (d *Distribution) add(v wide) {
	if v.high == 0 && v.low <= math.MaxInt64 {
		d.Add(int64(v.low))
		return
	}
	d.beyond++
	d.moments.add(v)
	if d.largest.less(v) {
		d.largest = v
	}
}

// merge adds what other holds. Both have the same range, so that nothing is dropped.
func (d *Distribution) merge(other *Distribution) {
	d.histogram.Merge(other.unpack())
	d.beyond += other.beyond
	d.moments.merge(other.moments)
	if d.largest.less(other.largest) {
		d.largest = other.largest
	}
}

// sum returns what all values are together, in the unit in which they are told.
func (d *Distribution) sum() float64 {
	if mean := d.moments.mean(d.unit); mean != nil {
		return *mean * float64(d.Count())
	}
	return 0
}

// Count returns how many values were added.
func (d *Distribution) Count() int64 { return d.unpack().TotalCount() + d.beyond }

// Percentile returns the value that so large a share of all values, above 0 and at most 1, do not exceed: the ⌈share·n⌉-th
// from below. It is nil if there are no values, or if this one lies beyond the histogram.
func (d *Distribution) Percentile(share float64) *float64 {
	v, ok := percentile(d.unpack(), d.Count(), d.largest, share)
	if !ok {
		return nil
	}
	return ratio(float64(v), float64(d.unit))
}

// Figure returns the same where at least SamplesBeyond values lie beyond it, else nil: with fewer it is chance.
func (d *Distribution) Figure(share float64) *float64 {
	if !enoughBeyond(d.Count(), share) {
		return nil
	}
	return d.Percentile(share)
}

// spread describes the values.
func (d *Distribution) spread() Spread {
	s := Spread{
		Mean: d.moments.mean(d.unit),
		SD:   d.moments.sd(d.unit),
		P50:  d.Figure(0.5),
		P90:  d.Figure(0.9),
		P95:  d.Figure(0.95),
		P99:  d.Figure(0.99),
		P999: d.Figure(0.999),
	}
	if d.moments.n > 0 {
		max := d.largest.over(float64(d.unit))
		s.Max = &max
	}
	return s
}

// percentile returns the value of this rank among n, of which h holds all but those beyond it. h answers with the top of a
// bucket, which may lie above the largest value there was. It is the only place where percentiles are taken.
func percentile(h *hdrhistogram.Histogram, n int64, largest wide, share float64) (v int64, ok bool) {
	rank, held := rankOf(share, n), h.TotalCount()
	if n == 0 || rank > held {
		return 0, false
	}
	v = h.ValueAtPercentile(100 * float64(rank) / float64(held)) // it asks for the nearest rank to this: for this one
	if top := (wide{low: uint64(v)}); largest.less(top) {
		v = int64(largest.low)
	}
	return v, true
}

// rankOf returns ⌈share·n⌉, from 1 to n where n > 0. A share is meant to nine digits behind the point: the float that is nearest
// to 0.07 is a little more, and so are many products with it.
func rankOf(share float64, n int64) int64 {
	const digits = 1_000_000_000
	high, low := bits.Mul64(uint64(math.Round(share*digits)), uint64(n))
	low, carry := bits.Add64(low, digits-1, 0)
	rank, _ := bits.Div64(high+carry, low, digits)
	return min(max(int64(rank), 1), n)
}

// enoughBeyond tells whether at least SamplesBeyond of n values lie beyond this percentile.
func enoughBeyond(n int64, share float64) bool { return n-rankOf(share, n) >= SamplesBeyond }

// millionths returns a / b in millionths, to the nearest, for a ≥ 0 and b > 0. It may have 83 bits.
func millionths(a, b int64) wide {
	high, low := bits.Mul64(uint64(a), 1_000_000)
	low, carry := bits.Add64(low, uint64(b)/2, 0)
	high += carry
	whole := high / uint64(b)
	quotient, _ := bits.Div64(high%uint64(b), low, uint64(b))
	return wide{whole, quotient}
}

// ratio returns a / b, or nil where it has no value.
func ratio(a, b float64) *float64 {
	if b == 0 {
		return nil
	}
	v := a / b
	return &v
}
