// Package statistics says how sure a figure is that several replications agree on. It knows numbers only: what it is given are
// values of one figure, one value for each replication, in the order of the replications. Replications are independent of each
// other; the requests of one run are not, and must never be given to it as if they were (except to MSER5, which wants them in order).
//
// Next: interval.go, on which paired.go rests; best.go and select.go tell the best of many; mser.go finds where a warm-up ends; and
// seed.go makes the replications independent.
package statistics

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"
)

// Level is the level of confidence of all intervals and verdicts that do not say another.
const Level = 0.95

// An Interval is a mean and the limits between which the true mean lies with a stated confidence, in the unit of the values.
type Interval struct{ Mean, Low, High float64 }

// MeanInterval returns the mean of values with its Student-t interval of 95 %; see MeanIntervalAt.
func MeanInterval(values []float64) (Interval, bool) { return MeanIntervalAt(values, Level) }

// MeanIntervalAt returns the mean of n values and mean ± t((1+level)/2, n−1)·S/√n (Student 1908), where S is their sample standard
// deviation: exact for independent normal values, close for means and percentiles of long runs. Level lies in (0, 1), or it panics.
// There is no interval of fewer than two values, of a value that is not finite, or where the sums exceed a float64.
func MeanIntervalAt(values []float64, level float64) (Interval, bool) {
	if !(level > 0 && level < 1) {
		panic(fmt.Sprintf("statistics: a level of confidence of %v, not in (0, 1)", level))
	}
	mean, sd, ok := meanAndSD(values)
	if !ok {
		return Interval{}, false
	}
	half := student((1+level)/2, len(values)) * sd / math.Sqrt(float64(len(values)))
	i := Interval{mean, mean - half, mean + half}
	return i, finite(i.Low, i.High)
}

// Known tells whether the interval has a width. It has none if all values were equal, which shows no spread from which to tell how far
// the true mean may be from them: of an event that is rare, or of a figure that is counted in coarse steps, the next value may be another.
func (i Interval) Known() bool { return i.Low < i.High }

// HalfWidth returns how far the limits are from the middle between them.
func (i Interval) HalfWidth() float64 { return i.High/2 - i.Low/2 }

// Share returns the half-width as a share of the size of the mean, which is what a wanted relative error is compared with; a mean of
// zero has none.
func (i Interval) Share() (float64, bool) {
	if i.Mean == 0 {
		return 0, false
	}
	share := i.HalfWidth() / math.Abs(i.Mean)
	return share, finite(share)
}

// Within tells whether the half-width is at most that share of the size of the mean. A mean of zero is within any share if all of its
// values are zero, and within none otherwise.
func (i Interval) Within(share float64) bool { return i.HalfWidth() <= share*math.Abs(i.Mean) }

// Covers tells whether v lies between the limits, which belong to the interval.
func (i Interval) Covers(v float64) bool { return i.Low <= v && v <= i.High }

// meanAndSD returns the mean and the sample standard deviation, by way of the distances from the first value: those of equal values
// are exactly zero, where a sum of them, divided again, would leave noise.
func meanAndSD(values []float64) (mean, sd float64, ok bool) {
	if len(values) < 2 {
		return 0, 0, false
	}
	distances := make([]float64, len(values))
	for i, v := range values {
		distances[i] = v - values[0]
	}
	mean, sd = stat.MeanStdDev(distances, nil)
	mean += values[0]
	return mean, sd, finite(mean, sd)
}

// student returns the quantile of Student's t with one degree of freedom less than there are values.
func student(p float64, values int) float64 {
	return distuv.StudentsT{Mu: 0, Sigma: 1, Nu: float64(values - 1)}.Quantile(p)
}

// finite tells whether none of the values is infinite or not a number.
func finite(values ...float64) bool {
	for _, v := range values {
		if math.IsInf(v, 0) || math.IsNaN(v) {
			return false
		}
	}
	return true
}
