package worker

import (
	"errors"

	"waza/internal/option"
)

// stall lets a worker stand still and then go on where it stood: see Fate.
type stall struct{ harmless }

func newStall(option.Values) effect { return stall{} }

// endless refuses a stall without an end: what the worker holds would never be answered, and the run would never end.
func endless(f Fault) error {
	if f.For == 0 && f.MTBF == 0 {
		return errors.New("want for= or mtbf= beside it: one who stands still for ever is a blackhole")
	}
	return nil
}
