package requester

import (
	"errors"
	"math"
	"math/rand/v2"

	"waza/internal/option"
)

// A ramp has the rate from at the start and to at the end, and in a straight line between: from + to = 2, or the mean would not be 1.
type ramp struct{ from, to, length float64 }

var (
	rampFrom = option.New("from", option.Number(0, 2), "0.5", "times the mean rate, at the start")
	rampTo   = option.New("to", option.Number(0, 2), "1.5", "times the mean rate, at the end")
)

// settleRamp makes the one of them that was not given follow from the other.
func settleRamp(given, all option.Values) error {
	from, to := rampFrom.In(all), rampTo.In(all)
	switch {
	case given["to"] == nil:
		to = 2 - from
	case given["from"] == nil:
		from = 2 - to
	}
	all["from"], all["to"] = from, to
	if math.Abs(from+to-2) > 1e-9 {
		return errors.New("want from and to that add up to 2, for both are relative to the mean rate; one of them is enough")
	}
	return nil
}

func rampOver(set option.Values, length float64, _ rand.Source) (curve, error) {
	return ramp{rampFrom.In(set), rampTo.In(set), length}, nil
}

func (r ramp) mass(t float64) float64 {
	return t * (r.from + (r.to-r.from)*t/(2*r.length))
}

// when solves the quadratic equation in the form that does not subtract what is nearly equal.
func (r ramp) when(mass float64) float64 {
	if mass <= 0 {
		return 0
	}
	rate := math.Sqrt(max(0, r.from*r.from+2*(r.to-r.from)*mass/r.length)) // at that instant
	return 2 * mass / (r.from + rate)
}

func (r ramp) peak() float64 { return max(r.from, r.to) }
