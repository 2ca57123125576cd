package statistics

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/stat"
)

// A Verdict says how the first of two compares with the second.
type Verdict int

const (
	Indistinguishable Verdict = iota
	Better
	Worse
)

// String returns the words in which a verdict is told.
func (v Verdict) String() string {
	switch v {
	case Better:
		return "better"
	case Worse:
		return "worse"
	default:
		return "not distinguishable"
	}
}

// Judge says of a difference a − b of a figure of which less is better (a latency) whether a is better or worse than b: it is if zero is
// not in the interval, and with the confidence of the interval. Of a figure of which more is better (a throughput) give it b − a.
func Judge(difference Interval) Verdict {
	switch {
	case difference.High < 0:
		return Better
	case difference.Low > 0:
		return Worse
	default:
		return Indistinguishable
	}
}

// Difference returns the mean of a − b with its Student-t interval of 95 %; see DifferenceAt.
func Difference(a, b []float64) (Interval, bool) { return DifferenceAt(a, b, Level) }

// DifferenceAt returns the mean of a − b with the Student-t interval of the differences, each taken within one replication (the paired-t
// interval; Law, "Simulation Modeling and Analysis", 2015, section 10.2.1). Both have met the same arrivals, sizes and faults there, so
// what one replication has more of than another falls out. It panics if they are not as many; see MeanIntervalAt for the rest.
func DifferenceAt(a, b []float64, level float64) (Interval, bool) {
	return MeanIntervalAt(less(a, b), level)
}

// Ratio returns the ratio of the mean of a to the mean of b with its interval of 95 %; see RatioAt.
func Ratio(a, b []float64) (Interval, bool) { return RatioAt(a, b, Level) }

// RatioAt returns the ratio R of the mean of a to the mean of b, paired by replication, with the interval of Fieller ("Some problems in
// interval estimation", 1954): it holds each θ for which the paired interval of the mean of a − θb covers zero. That is exact where the
// pairs are normal, and 1 lies in it if and only if zero lies in the interval of the difference, so the two never contradict each other,
// as the delta method or a t interval of log ratios could. The limits are R + u, with b scaled to a mean of 1, z = a − Rb and τ = t²/n:
//
//	u²(1 − τ·S_bb) + 2u·τ·S_zb − τ·S_zz = 0
//
// There is no ratio of values of which one is zero or less, and no interval where the mean of b itself is not distinguishable from zero
// (τ·S_bb ≥ 1: the limits enclose no bounded interval), nor where MeanIntervalAt has none. A ratio of positive means cannot be less
// than zero, where the lower limit ends.
func RatioAt(a, b []float64, level float64) (Interval, bool) {
	over, ok := MeanIntervalAt(a, level)
	if under, known := MeanIntervalAt(b, level); ok && known && positive(a) && positive(b) {
		return fieller(a, b, over.Mean, under.Mean, level)
	}
	sameNumber(a, b)
	return Interval{}, false
}

func fieller(a, b []float64, over, under, level float64) (Interval, bool) {
	ratio := over / under
	scaled := make([]float64, len(b))
	for i, v := range b {
		scaled[i] = v / under
	}
	rest := make([]float64, len(a))
	for i, v := range less(a, b) { // a − Rb = (a − b) − (R − 1)b, which is exactly zero where a is b
		rest[i] = v/under - (ratio-1)*scaled[i]
	}
	t := student((1+level)/2, len(a))
	tau := t * t / float64(len(a))
	open := 1 - tau*stat.Variance(scaled, nil)
	if !(open > 0) {
		return Interval{}, false
	}
	half := tau * stat.Covariance(rest, scaled, nil)
	root := math.Sqrt(half*half + open*tau*stat.Variance(rest, nil))
	i := Interval{ratio, max(0, ratio+(-half-root)/open), ratio + (-half+root)/open}
	return i, finite(i.Mean, i.Low, i.High)
}

// less returns a − b, pair by pair.
func less(a, b []float64) []float64 {
	sameNumber(a, b)
	differences := make([]float64, len(a))
	for i := range a {
		differences[i] = a[i] - b[i]
	}
	return differences
}

func sameNumber(a, b []float64) {
	if len(a) != len(b) {
		panic(fmt.Sprintf("statistics: %d values paired with %d", len(a), len(b)))
	}
}

func positive(values []float64) bool {
	for _, v := range values {
		if !(v > 0) {
			return false
		}
	}
	return true
}
