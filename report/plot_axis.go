package report

import (
	"math"
	"strconv"

	"gonum.org/v1/plot"
)

// seconds writes a time with so many significant digits and the unit that suits it.
func seconds(s float64, digits int) string {
	s = significant(s, digits) // before the unit is chosen: 999.9 ms is 1 s
	u := unitOf(s)
	return decimal(s/u.seconds, digits) + " " + u.name
}

// decimal writes a number with so many significant digits and no exponent.
func decimal(v float64, digits int) string {
	return strconv.FormatFloat(significant(v, digits)+0, 'f', -1, 64) // adding 0 makes −0 a plain 0
}

func significant(v float64, digits int) float64 {
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', digits, 64), 64)
	if err != nil {
		return v // rounded beyond the largest float
	}
	return rounded
}

// labelDigits is enough for neighbouring ticks of a narrow axis to differ.
const labelDigits = 6

// latencyTicks marks a logarithmic axis in seconds.
type latencyTicks struct{}

func (latencyTicks) Ticks(lo, hi float64) []plot.Tick {
	return labelled(latencyMarks(lo, hi), func(v float64) string { return seconds(v, labelDigits) })
}

// latencyMarks returns round values, as densely as leaves labels like "200 ms" legible side by side. An axis too short for
// three of them gets evenly spaced values instead.
func latencyMarks(lo, hi float64) []float64 {
	marks := logMarks(lo, hi, 1, 1, 2, 3, 5, 7)
	if len(marks) < 3 {
		return linearMarks(lo, hi, 3)
	}
	if len(marks) <= 6 {
		return marks
	}
	for _, mantissas := range [][]float64{{1, 2, 5}, {1, 3}, {1}} {
		if marks = logMarks(lo, hi, 1, mantissas...); len(marks) <= 8 {
			return marks
		}
	}
	return logMarks(lo, hi, 3, 1)
}

// logMarks returns the mantissas times every so many powers of ten, between lo and hi.
func logMarks(lo, hi float64, decades int, mantissas ...float64) []float64 {
	var marks []float64
	first := int(math.Floor(math.Log10(lo)/float64(decades))) * decades
	for exp := first; math.Pow10(exp) <= hi; exp += decades {
		for _, m := range mantissas {
			if v := significant(m*math.Pow10(exp), labelDigits); v >= lo && v <= hi {
				marks = append(marks, v)
			}
		}
	}
	return marks
}

// linearMarks returns the multiples of a round step between lo and hi: at least so many, and not three times as many.
func linearMarks(lo, hi float64, least int) []float64 {
	var marks []float64
	step := roundStep((hi - lo) / float64(least))
	for i := math.Ceil(lo / step); i*step <= hi; i++ {
		marks = append(marks, i*step)
	}
	return marks
}

// roundStep returns the largest of 1, 2 and 5 times a power of ten that is at most limit.
func roundStep(limit float64) float64 {
	decade := math.Pow(10, math.Floor(math.Log10(limit)))
	for _, m := range [...]float64{5, 2} {
		if m*decade <= limit {
			return m * decade
		}
	}
	return decade
}

func labelled(marks []float64, label func(float64) string) []plot.Tick {
	ticks := make([]plot.Tick, len(marks))
	for i, v := range marks {
		ticks[i] = plot.Tick{Value: v, Label: label(v)}
	}
	return ticks
}

// evenTicks marks a linear axis; each label ends with the unit.
type evenTicks struct{ unit string }

func (t evenTicks) Ticks(lo, hi float64) []plot.Tick {
	return labelled(linearMarks(lo, hi, 4), func(v float64) string { return decimal(v, labelDigits) + t.unit })
}

// bareTicks marks an axis at the places of another, which has the labels.
type bareTicks struct{ plot.Ticker }

func (t bareTicks) Ticks(lo, hi float64) []plot.Tick {
	ticks := t.Ticker.Ticks(lo, hi)
	for i := range ticks {
		ticks[i].Label = " " // one without a label would be a minor tick, which has no line in the grid
	}
	return ticks
}

// rankTicks marks an axis of whole numbers that begins at the first worker, at least at so many places and not at three
// times as many.
type rankTicks struct{ least float64 }

func (t rankTicks) Ticks(_, hi float64) []plot.Tick {
	step := max(1, roundStep(hi/t.least))
	marks := []float64{1}
	for v := step; v <= hi; v += step {
		if v > 1 {
			marks = append(marks, v)
		}
	}
	return labelled(marks, func(v float64) string { return decimal(v, labelDigits) })
}

// wholeTicks marks every whole number.
type wholeTicks struct{}

func (wholeTicks) Ticks(lo, hi float64) []plot.Tick {
	var marks []float64
	for v := math.Ceil(lo); v <= hi; v++ {
		marks = append(marks, v)
	}
	return labelled(marks, func(v float64) string { return decimal(v, labelDigits) })
}

// percentileTicks marks an axis of k = 1/(1−p) with p.
type percentileTicks struct{}

func (percentileTicks) Ticks(lo, hi float64) []plot.Tick {
	var ticks []plot.Tick
	for _, k := range [...]float64{2, 10, 100, 1000, lastOneIn} {
		if k >= lo && k <= hi {
			ticks = append(ticks, plot.Tick{Value: k, Label: decimal(100-100/k, 6) + " %"})
		}
	}
	return ticks
}
