package worker

import (
	"time"

	"waza/internal/option"
)

// slow makes services take factor times as long. A service keeps the speed with which it began.
type slow struct {
	harmless
	factor float64
}

var factor = option.New("factor", option.Number(0.001, 1000), "", "so many times as long")

func newSlow(set option.Values) effect { return slow{factor: factor.In(set)} }

func (s slow) lasts(t *Trouble, began time.Duration, took float64) float64 {
	if t.holds(began) {
		return took * s.factor
	}
	return took
}

func (s slow) longest(took float64) float64 { return took * max(1, s.factor) }
