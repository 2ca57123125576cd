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

// Harmless tells whether the fault changes no length because its factor is 1.
func (f Fault) Harmless() bool {
	return f.Kind == "slow" && factor.In(f.Set) == 1 || f.Kind == "cold" && coldFactor.In(f.Set) == 1
}

func (s slow) lasts(t *Trouble, began time.Duration, took float64) float64 {
	if t.holds(began) {
		return took * s.factor
	}
	return took
}

func (s slow) longest(took float64) float64 { return took * max(1, s.factor) }
