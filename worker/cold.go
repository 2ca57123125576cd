package worker

import (
	"errors"
	"time"

	"waza/internal/option"
)

// cold makes services take factor times as long at first, and ever less until the ramp is over: caches fill. It begins with the fault, and
// with each rebirth.
type cold struct {
	harmless
	factor float64
	ramp   time.Duration
}

var (
	coldFactor = option.New("factor", option.Number(1, 1000), "", "so many times as long at first")
	ramp       = option.New("ramp", option.Length(1), "", "how long it takes to warm up")
)

func newCold(set option.Values) effect { return cold{factor: coldFactor.In(set), ramp: ramp.In(set)} }

// lasting refuses one that ends or comes again by itself.
func lasting(f Fault) error {
	if f.For > 0 || f.MTBF > 0 {
		return errors.New("want no for and no mtbf: it begins at its start and with each rebirth, and ends with its ramp")
	}
	return nil
}

func (c cold) lasts(t *Trouble, began time.Duration, took float64) float64 {
	if !t.holds(began) {
		return took
	}
	age := began - max(t.from, t.fate.born(began))
	if age >= c.ramp {
		return took
	}
	return took * (c.factor + (1-c.factor)*float64(max(0, age))/float64(c.ramp))
}

func (c cold) longest(took float64) float64 { return took * c.factor }
