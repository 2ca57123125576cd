package requester

import (
	"fmt"
	"math/rand/v2"

	"waza/internal/option"
)

// Bursts have factor times the mean rate, and between them is what keeps the mean: (1 − factor·p) / (1 − p), where p = on/(on + off) is
// their share of the time. Their lengths and those of the pauses are exponential, an interrupted Poisson process where nothing is left for the
// pauses (Kuczura, 1973). In one run they take more or less than that share, and the Curve divides by what the mean has become.
var (
	burstFactor = option.New("factor", option.Number(0.001, 1000), "3", "times the mean rate, in a burst")
	burstOn     = option.New("on", option.Length(1), "1s", "mean length of a burst")
	burstOff    = option.New("off", option.Length(1), "2s", "mean length of a pause")
)

// maxBursts is how many bursts and pauses a run may have on average: all of them are kept, in 16 bytes each.
const maxBursts = 1_000_000

// betweenBursts is the rate between them, and whether anything is left for it.
func betweenBursts(set option.Values) (rate float64, ok bool) {
	on, off := float64(burstOn.In(set)), float64(burstOff.In(set))
	left := on + off - burstFactor.In(set)*on
	return max(0, left) / off, left >= -rounding*(on+off)
}

func settleBursts(_, all option.Values) error {
	if _, ok := betweenBursts(all); !ok {
		on, off := float64(burstOn.In(all)), float64(burstOff.In(all))
		return fmt.Errorf("want as factor at most %s, (on+off)/on: nothing is left between the bursts then", floored((on+off)/on))
	}
	return nil
}

func burstsOver(set option.Values, length float64, src rand.Source) (curve, error) {
	on, off := float64(burstOn.In(set)), float64(burstOff.In(set))
	if n := 2 * length / (on + off); n > maxBursts {
		return nil, fmt.Errorf("want at most %s bursts and pauses in a run, not %.4g", option.Grouped(maxBursts), n)
	}
	s, phases := &steps{}, rand.New(src)
	between, _ := betweenBursts(set)
	for at := 0.0; at < length; {
		at += phases.ExpFloat64() * on
		s.add(min(at, length), burstFactor.In(set))
		at += phases.ExpFloat64() * off
		s.add(min(at, length), between)
	}
	return s, nil
}
