package requester

import (
	"fmt"
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
	lasts, run := to-from, option.Short(time.Duration(length).Round(time.Microsecond))
	if lasts >= length {
		return nil, fmt.Errorf("want a spike that is shorter than the run, whose requests arrive for %s", run)
	}
	rest := (length - factor*lasts) / (length - lasts)
	if rest < 0 {
		return nil, fmt.Errorf("want as factor at most %.4g: more in %s than all requests of a run of %s cannot arrive",
			length/lasts, option.Short(time.Duration(lasts).Round(time.Microsecond)), run)
	}
	s := &steps{}
	s.add(from, rest)
	s.add(to, factor)
	s.add(length, rest)
	return s, nil
}
