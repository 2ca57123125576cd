package balancer

import (
	"time"

	"waza/internal/option"
)

// gradient compares what a request takes with what requests have taken for long: the limit grows by what may queue while both are alike,
// and shrinks in proportion when the newest takes much longer (Gradient2Limit of Netflix' concurrency-limits).
type gradient struct {
	tolerance float64 // so many times as long is no longer
	queue     float64
	smoothing float64
	long      float64 // the average of all, in nanoseconds
	samples   int     // so far, up to those that warm it up
}

var (
	gradientTolerance = option.New("tolerance", option.Number(1, 100), "1.5", "a request that takes up to so many times the average is none too slow")
	gradientQueue     = option.New("queue", option.Whole(0, maxLimit), "4", "requests that may wait at workers")
	gradientSmoothing = option.New("smoothing", option.Above(0, 1), "0.2", "weight of the newest limit against the one before")
)

func gradientKind() FeatureKind {
	return FeatureKind{
		Flag: "limit", Name: "limit.gradient", Example: "gradient:tolerance=2", HoldsBack: true, Check: checkLimit,
		Keys: option.List{limitStart, limitMin, limitMax, gradientTolerance, gradientQueue, gradientSmoothing},
		Does: "gradient as many as take little longer than requests have on average",
		make: func(_ *Balancer, set option.Values) watcher {
			return newLimiter(set, &gradient{
				tolerance: gradientTolerance.In(set), queue: float64(gradientQueue.In(set)), smoothing: gradientSmoothing.In(set),
			})
		},
	}
}

func (g *gradient) next(limit float64, s sample) float64 {
	short := float64(max(time.Nanosecond, s.done-s.sent))
	g.average(short)
	if g.long > 2*short {
		g.long *= 0.95 // the overload is over: that many samples would tell it too late
	}
	if float64(s.inFlight) < limit/2 {
		return limit // which those that are out do not reach: nothing is known of a higher one
	}
	slope := min(1, max(0.5, g.tolerance*g.long/short))
	return (1-g.smoothing)*limit + g.smoothing*(limit*slope+g.queue)
}

// average takes a sample into the average: the mean of the first, then exponential over a window.
func (g *gradient) average(short float64) {
	const first, window = 10, 600
	if g.samples < first {
		g.samples++
		g.long += (short - g.long) / float64(g.samples)
		return
	}
	const weight = 2.0 / (window + 1)
	g.long += weight * (short - g.long)
}
