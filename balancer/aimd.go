package balancer

import (
	"math"
	"time"

	"waza/internal/instant"
	"waza/internal/option"
)

// aimd adds one to the limit while it is in use, and multiplies it by less than one when a request is lost or takes too long: additive
// increase, multiplicative decrease (Chiu and Jain, 1989; AIMDLimit of Netflix' concurrency-limits). Its limit is always whole.
type aimd struct {
	backoff    float64
	timeout    time.Duration
	resolution instant.Resolution
}

var (
	aimdBackoff = option.New("backoff", option.Between(0, 1), "0.9", "what a drop multiplies the limit by")
	aimdTimeout = option.New("timeout", option.Length(1), "5s", "what takes longer, from dispatch to its end, is a drop")
)

func aimdKind() FeatureKind {
	return FeatureKind{
		Flag: "limit", Name: "limit.aimd", Example: "aimd:timeout=500ms", HoldsBack: true, Check: checkLimit,
		Keys: option.List{limitStart, limitMin, limitMax, aimdBackoff, aimdTimeout},
		Does: "aimd lets one more be out at a time, and fewer by a factor after one that was lost or took too long",
		make: func(b *Balancer, set option.Values) watcher {
			return newLimiter(set, &aimd{aimdBackoff.In(set), aimdTimeout.In(set), b.Resolution})
		},
	}
}

func (a *aimd) next(limit float64, s sample) float64 {
	const rounding = 1e-9 // 0.29 times 100 is 28.999999999999996
	switch {
	case s.lost || a.resolution.Before(s.sent+a.timeout, s.done):
		return math.Floor(limit*a.backoff + rounding)
	case 2*float64(s.inFlight) >= limit:
		return limit + 1
	}
	return limit // which those that are out do not reach: nothing is known of a higher one
}
