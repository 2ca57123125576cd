package balancer

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"time"

	"waza/internal/instant"
	"waza/internal/option"
)

// bucket is a token bucket: a request takes a token, one comes in each interval, and at most burst lie there, as many as at the start. It keeps
// the instant at which it will be full, which says the same (the generic cell rate algorithm, ITU-T I.371). O(1).
type bucket struct {
	interval   float64 // ns
	burst      int
	full       time.Duration
	rest       float64 // of a nanosecond, by which it is full later
	resolution instant.Resolution
}

var (
	bucketRate  = option.New("rate", perSecond(), "", "tokens that come per second")
	bucketBurst = option.New("burst", option.Whole(1, 1_000_000_000), "1", "tokens that lie there at most")
)

// perSecond reads a rate, whose unit has to be there.
func perSecond() option.Kind[float64] {
	const unit, low, high = "/s", 1e-6, 1e9
	rate := option.Number(low, high)
	k := option.Kind[float64]{Want: "so many per second from 0.000001/s to 1,000,000,000/s, such as 100/s"}
	k.Parse = func(s string) (float64, error) {
		number, is := strings.CutSuffix(s, unit)
		r, err := rate.Parse(number)
		if !is || err != nil {
			return 0, errors.New("want " + k.Want)
		}
		return r, nil
	}
	k.Show = func(r float64) string { return rate.Show(r) + unit }
	return k
}

// checkBucket refuses a bucket that takes longer to fill than any length may be.
func checkBucket(set option.Values) error {
	if fills := float64(bucketBurst.In(set)) / bucketRate.In(set); fills > option.MaxLength.Seconds() {
		return fmt.Errorf("want a bucket that fills in %s at most, not in %.4g s", option.Short(option.MaxLength), fills)
	}
	return nil
}

func newBucket(b *Balancer, set option.Values) regulator {
	return &bucket{interval: float64(b.second()) / bucketRate.In(set), burst: bucketBurst.In(set), resolution: b.Resolution}
}

func (k *bucket) observe(m *metrics) {
	if m.sent == nil {
		return
	}
	whole, rest := math.Modf(k.interval + k.rest)
	k.full, k.rest = max(k.full, m.now)+time.Duration(whole), rest
}

// ready is when a token lies there.
func (k *bucket) ready() time.Duration {
	return k.full - time.Duration(float64(k.burst-1)*k.interval)
}

func (k *bucket) limits(now time.Duration) bool { return k.resolution.Before(now, k.ready()) }

func (k *bucket) until(time.Duration) time.Duration { return k.ready() }
