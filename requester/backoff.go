package requester

import (
	"math"
	"time"
)

// A BackoffKind is a rule for how long to wait before a retry.
type BackoffKind int

// The rules: the plain ones, and those of Brooker, "Exponential Backoff And Jitter" (AWS Architecture Blog, 2015).
const (
	NoBackoff          BackoffKind = iota
	ConstantBackoff                // Base
	ExponentialBackoff             // min(Cap, Base·2^k)
	FullJitter                     // U(0, min(Cap, Base·2^k))
	EqualJitter                    // h + U(0, h), h = min(Cap, Base·2^k)/2
	DecorrelatedJitter             // s = min(Cap, U(Base, 3·s before)), Base before the first
)

// A Backoff says how long to wait before a retry.
type Backoff struct {
	Kind BackoffKind
	Base time.Duration
	Cap  time.Duration // the longest wait
}

// Before returns the wait before retry k of the request; k = 0 is the first retry.
func (b Backoff) Before(k int, seed uint64, request int) time.Duration {
	u := func(k int) float64 { return Chance(seed, 'b', uint64(request), uint64(k)) }
	base, limit := float64(b.Base), float64(b.Cap)
	grown := min(limit, base*math.Pow(2, float64(k)))
	switch b.Kind {
	case ConstantBackoff:
		return b.Base
	case ExponentialBackoff:
		return time.Duration(grown)
	case FullJitter:
		return time.Duration(grown * u(k))
	case EqualJitter:
		return time.Duration(grown/2 + grown/2*u(k))
	case DecorrelatedJitter:
		s := base
		for i := range k + 1 {
			s = min(limit, base+(3*s-base)*u(i))
		}
		return time.Duration(s)
	default:
		return 0
	}
}
