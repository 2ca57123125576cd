package worker

import (
	"time"

	"waza/internal/option"
	"waza/requester"
)

// flaky lets each attempt fail with probability p, after its whole service. Which ones is a hash of what they are, so that
// every strategy meets the same failures, and a retry draws anew.
type flaky struct {
	harmless
	p float64
}

var probability = option.New("p", option.Above(0, 1), "", "the probability that it fails")

func newFlaky(set option.Values) effect { return flaky{p: probability.In(set)} }

func (f flaky) ends(t *Trouble, began time.Duration, r *requester.Request) requester.Verdict {
	if t.holds(began) && f.drawn(t, r) < f.p {
		return requester.Failed
	}
	return requester.Succeeded
}

func (f flaky) drawn(t *Trouble, r *requester.Request) float64 {
	if t.try > 0 {
		return requester.Chance(t.seed, 'f', uint64(t.index), uint64(r.ID), uint64(r.Attempt), t.try)
	}
	return requester.Chance(t.seed, 'f', uint64(t.index), uint64(r.ID), uint64(r.Attempt))
}
