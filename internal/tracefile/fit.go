package tracefile

import (
	"math"
	"time"

	"waza/requester"
)

// Head is the first n requests of a trace.
func Head(t *requester.Trace, n int) *requester.Trace {
	return &requester.Trace{
		Arrivals: t.Arrivals[:n], Work: t.Work[:n],
		Keys: t.Keys[:min(n, len(t.Keys))], Priorities: t.Priorities[:min(n, len(t.Priorities))], Zones: t.Zones[:min(n, len(t.Zones))],
	}
}

// Rate is λ: n arrivals have n−1 gaps between them. It is 0 if they are all at one instant.
func Rate(t *requester.Trace) float64 {
	n := len(t.Arrivals)
	if span := t.Arrivals[n-1].Seconds(); span > 0 {
		return float64(n-1) / span
	}
	return 0
}

// MeanWork is E[S] of a trace, in seconds.
func MeanWork(t *requester.Trace) float64 {
	sum := 0.0
	for _, w := range t.Work {
		sum += w.Seconds()
	}
	return sum / float64(len(t.Work))
}

// Rescale stretches the time between arrivals. Rounding keeps them in order.
func Rescale(t *requester.Trace, factor float64) *requester.Trace {
	arrivals := make([]time.Duration, len(t.Arrivals))
	for i, at := range t.Arrivals {
		arrivals[i] = time.Duration(math.Round(float64(at) * factor))
	}
	faster := *t
	faster.Arrivals = arrivals
	return &faster
}
