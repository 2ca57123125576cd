package worker

import (
	"time"

	"waza/internal/option"
	"waza/requester"
)

// failFast lets services fail after a moment, whatever their work. By its pending count such a worker looks best of
// all, and it attracts most of the load.
type failFast struct {
	harmless
	after time.Duration
}

var after = option.New("after", option.Length(0), "1ms", "how long it takes to fail")

func newFailFast(set option.Values) effect { return failFast{after: after.In(set)} }

func (f failFast) lasts(t *Trouble, began time.Duration, took float64) float64 {
	if t.holds(began) {
		return float64(f.after)
	}
	return took
}

func (f failFast) ends(t *Trouble, began time.Duration, _ *requester.Request) requester.Verdict {
	if t.holds(began) {
		return requester.Failed
	}
	return requester.Succeeded
}

func (f failFast) longest(took float64) float64 { return max(took, float64(f.after)) }
