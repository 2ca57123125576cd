package worker

import (
	"errors"
	"time"

	"waza/internal/option"
	"waza/requester"
)

// drop loses answers on their way with probability p, and lets the others take longer. Which ones is a hash of what they are.
type drop struct {
	harmless
	p     float64
	delay time.Duration
}

var (
	lossProbability = option.New("p", option.Number(0, 1), "0", "the probability that an answer gets lost")
	delay           = option.New("delay", option.Length(0), "0s", "how much longer an answer is on its way")
)

func newDrop(set option.Values) effect { return drop{p: lossProbability.In(set), delay: delay.In(set)} }

func (d drop) answers(t *Trouble, began time.Duration, r *requester.Request) (way time.Duration, lost bool) {
	if !t.holds(began) {
		return 0, false
	}
	return d.delay, requester.Chance(t.seed, 'd', uint64(t.index), uint64(r.ID), uint64(r.Attempt)) < d.p
}

// harmlessDrop tells whether it is a drop that loses nothing.
func (f Fault) harmlessDrop() bool { return f.Kind == "drop" && lossProbability.In(f.Set) == 0 }

// something refuses a drop that neither loses nor delays.
func something(f Fault) error {
	if f.harmlessDrop() && delay.In(f.Set) == 0 {
		return errors.New("want p= or delay= beside it: without, no answer is lost or late")
	}
	return nil
}
