package plots

import (
	"math"
	"slices"
	"strings"
	"time"

	"gonum.org/v1/plot"

	"waza/report"
	"waza/report/document"
)

// A valueAxis is that of the values of a sweep. Numbers and lengths are where they are, on a logarithmic axis if they are spread more
// evenly there; words, and numbers among words, stand side by side in their order.
type valueAxis struct {
	axis
	values []report.Swept
	words  bool
	log    bool
	lo, hi float64
}

func (s sweep) axis() valueAxis {
	values := s.values(first)
	a := valueAxis{values: values, axis: axis{label: sweptLabel(values[0].Flag)}}
	var numbers []float64
	for _, v := range values {
		if x, is := v.Value.(float64); is {
			numbers = append(numbers, x)
		}
	}
	if len(numbers) < len(values) {
		a.words, a.lo, a.hi = true, -0.5, float64(len(values))-0.5
		a.ticks = wordTicks(values)
		return a
	}
	numbers = slices.Compact(sorted(numbers))
	a.lo, a.hi = numbers[0], numbers[len(numbers)-1]
	a.log = geometric(numbers)
	if a.log {
		a.label += " (log scale)"
	}
	a.ticks = ticks(a.marks(numbers), formatOf(values))
	a.lo, a.hi = a.roomy()
	return a
}

// roomy are the ends with some room beside the outermost values.
func (a valueAxis) roomy() (lo, hi float64) {
	const room = 0.02
	switch {
	case a.log:
		by := math.Pow(a.hi/a.lo, room)
		return a.lo / by, a.hi * by
	case a.lo == a.hi:
		by := max(math.Abs(a.lo)/2, 0.5)
		return a.lo - by, a.hi + by
	}
	by := room * (a.hi - a.lo)
	return a.lo - by, a.hi + by
}

// sweptLabel says what a flag is, where its name does not.
func sweptLabel(flag string) string {
	switch flag {
	case "load":
		return "load (share of capacity)"
	case "rate":
		return "rate (requests per second)"
	}
	return drawable(flag)
}

// geometric tells whether numbers in ascending order are far more evenly spread by their logarithms.
func geometric(numbers []float64) bool {
	last := len(numbers) - 1
	if last < 2 || numbers[0] <= 0 {
		return false
	}
	narrowest := func(of func(float64) float64) float64 {
		least := math.Inf(1)
		for i := range last {
			least = min(least, of(numbers[i+1])-of(numbers[i]))
		}
		return least / (of(numbers[last]) - of(numbers[0]))
	}
	const much = 2.5
	return narrowest(math.Log) > much*narrowest(func(x float64) float64 { return x })
}

// marks are the values themselves as long as there is room for their labels.
func (a valueAxis) marks(numbers []float64) func(lo, hi float64) []float64 {
	place := func(x float64) float64 { return (x - numbers[0]) / (numbers[len(numbers)-1] - numbers[0]) }
	if a.log {
		place = func(x float64) float64 {
			return math.Log(x/numbers[0]) / math.Log(numbers[len(numbers)-1]/numbers[0])
		}
	}
	const narrow = 1.0 / 12
	close := false
	for i := range numbers[1:] {
		close = close || place(numbers[i+1])-place(numbers[i]) < narrow
	}
	switch {
	case !close:
		return func(float64, float64) []float64 { return numbers }
	case a.log:
		return latencyMarks
	}
	return evenly(5)
}

// formatOf writes numbers in the unit in which the values were given.
func formatOf(values []report.Swept) func(float64) string {
	lengths, units := true, false
	for _, v := range values {
		_, err := time.ParseDuration(v.Text)
		lengths = lengths && err == nil
		units = units || strings.TrimLeft(v.Text, "+-.0123456789") != ""
		if strings.HasSuffix(v.Text, "%") {
			return func(x float64) string { return number(100*x) + " %" }
		}
	}
	if lengths && units {
		return func(x float64) string {
			if x == 0 {
				return "0"
			}
			return document.Seconds(x, labelDigits)
		}
	}
	return number
}

// wordTicks marks the places of values that stand side by side, or some of them if there are many.
func wordTicks(values []report.Swept) plot.Ticker {
	const most = 16
	step := float64((len(values) + most - 1) / most)
	return ticks(func(lo, hi float64) (marks []float64) {
		for v := 0.0; v < float64(len(values)); v += step {
			if v >= lo && v <= hi {
				marks = append(marks, v)
			}
		}
		return marks
	}, func(v float64) string {
		const longest = 24
		if text := []rune(textOf(values[int(v)])); len(text) > longest {
			return string(text[:longest-1]) + "…"
		}
		return textOf(values[int(v)])
	})
}

// x is where a value stands; with words one of n strategies beside the others.
func (a valueAxis) x(v report.Swept, i, n int) float64 {
	if !a.words {
		return v.Value.(float64)
	}
	const taken = 0.7 // of the room that a value has
	return float64(slices.Index(a.values, v)) + taken*(float64(i)+0.5-float64(n)/2)/float64(n)
}

// suit gives a panel the axis.
func (a valueAxis) suit(p panel) {
	p.X.Min, p.X.Max = a.lo, a.hi
	if a.log {
		p.X.Scale = plot.LogScale{}
	}
}
