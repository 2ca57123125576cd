package requester

import (
	"fmt"
	"math"
	"math/rand/v2"
	"time"

	"waza/internal/option"
)

// A spike has factor times the mean rate from at on, for a while, and for the rest of the run the rate that keeps the mean:
// (T − factor·for) / (T − for). What of it is beyond the end of the run is not there.
var (
	spikeFactor = option.New("factor", option.Number(0, 1000), "2", "times the mean rate, while it lasts")
	spikeAt     = option.New("at", option.Length(0), "10s", "when it starts")
	spikeFor    = option.New("for", option.Length(1), "5s", "how long it lasts")
)

func spikeOver(set option.Values, length float64, _ rand.Source) (curve, error) {
	factor, from := spikeFactor.In(set), min(float64(spikeAt.In(set)), length)
	to := min(float64(spikeAt.In(set)+spikeFor.In(set)), length)
	lasts := to - from
	if lasts >= length {
		return nil, fmt.Errorf("want a spike that is shorter than the run, whose requests arrive for %s", told(length))
	}
	left := length - factor*lasts
	if left < -rounding*length {
		return nil, fmt.Errorf("want as factor at most %s: more in %s than all requests of a run of %s cannot arrive",
			floored(length/lasts), told(lasts), told(length))
	}
	rest := max(0, left) / (length - lasts)
	s := &steps{}
	s.add(from, rest)
	s.add(to, factor)
	s.add(length, rest)
	return s, nil
}

// rounding is how much less than nothing may be left, as a part of all, where nothing is meant to be.
const rounding = 1e-12

// floored is the largest number of three decimals that is not above x, as text: a limit that may be given.
func floored(x float64) string { return option.FormatDecimal(math.Floor(x*1e3) / 1e3) }

// told is a length of so many nanoseconds as errors tell it.
func told(ns float64) string {
	d := time.Duration(ns)
	if d > time.Millisecond {
		d = d.Round(time.Microsecond)
	}
	return option.Short(d)
}
