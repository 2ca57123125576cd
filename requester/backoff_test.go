package requester

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// before returns the waits before the first n retries of a request.
func (b Backoff) before(n int, seed uint64, request int) []time.Duration {
	waits := make([]time.Duration, n)
	for k := range waits {
		waits[k] = b.Before(k, seed, request)
	}
	return waits
}

func TestBackoffWithoutDraws(t *testing.T) {
	rows := []struct {
		says  string
		kind  BackoffKind
		waits []time.Duration
	}{
		{"none", NoBackoff, []time.Duration{0, 0, 0, 0, 0, 0}},
		{"the base, and no cap", ConstantBackoff, []time.Duration{10 * ms, 10 * ms, 10 * ms, 10 * ms, 10 * ms, 10 * ms}},
		{"doubled from retry to retry, up to the cap", ExponentialBackoff,
			[]time.Duration{10 * ms, 20 * ms, 40 * ms, 80 * ms, 100 * ms, 100 * ms}},
	}
	for _, row := range rows {
		b := Backoff{Kind: row.kind, Base: 10 * ms, Cap: 100 * ms}
		assert.Equal(t, row.waits, b.before(6, 1, 1), row.says)
	}
	b := Backoff{Kind: ExponentialBackoff, Base: time.Hour, Cap: 10 * time.Hour}
	assert.Equal(t, 10*time.Hour, b.Before(MostAttempts, 1, 1), "two to the 255 hours is no problem")
}

// The jitters are uniform between two ends, so their mean is the middle, and n of them are off by a standard error of
// width/√(12n). What the ends are depends on h(k) = min(cap, base·2^k), here 10, 20, 40, 80, 100, 100 ms.
func TestBackoffJitters(t *testing.T) {
	const n = 20_000
	grown := []time.Duration{10 * ms, 20 * ms, 40 * ms, 80 * ms, 100 * ms, 100 * ms}
	rows := []struct {
		says string
		kind BackoffKind
		low  func(h time.Duration) time.Duration
	}{
		{"full jitter: from nothing to h", FullJitter, func(time.Duration) time.Duration { return 0 }},
		{"equal jitter: from half of h to h", EqualJitter, func(h time.Duration) time.Duration { return h / 2 }},
	}
	for _, row := range rows {
		b := Backoff{Kind: row.kind, Base: 10 * ms, Cap: 100 * ms}
		for k, high := range grown {
			low, sum := row.low(high), 0.0
			for request := range n {
				wait := b.Before(k, 1, request)
				require.True(t, low <= wait && wait <= high, "%s: %v before retry %d", row.says, wait, k)
				sum += float64(wait)
			}
			width := float64(high - low)
			assert.InDelta(t, float64(low)+width/2, sum/n, 4*width/math.Sqrt(12*n), "%s, retry %d", row.says, k)
		}
	}
}

// Each wait lies between the base and three times the one before it, the first between the base and three bases.
func TestDecorrelatedJitterFollowsTheWaitBefore(t *testing.T) {
	b := Backoff{Kind: DecorrelatedJitter, Base: 10 * ms, Cap: 100 * ms}
	capped := 0
	for request := range 5000 {
		last := b.Base
		for k, wait := range b.before(6, 1, request) {
			most := min(b.Cap, 3*(last+1)) // + 1 ns: last has been rounded down
			require.True(t, b.Base <= wait && wait <= most, "%v before retry %d, after %v", wait, k, last)
			if last = wait; wait == b.Cap {
				capped++
			}
		}
	}
	assert.Positive(t, capped, "it grows up to the cap")
}

// The mean before the first retry is that of U(base, 3·base), and before the second U(base, 3s) with s from it: while the
// cap is far away, E s' = (base + 3·E s)/2, so 20 ms, then 35 ms. The standard deviations are 5.8 and 18.5 ms.
func TestDecorrelatedJitterByExample(t *testing.T) {
	const n = 20_000
	b := Backoff{Kind: DecorrelatedJitter, Base: 10 * ms, Cap: time.Hour}
	var first, second float64
	for request := range n {
		first += float64(b.Before(0, 1, request)) / n
		second += float64(b.Before(1, 1, request)) / n
	}
	assert.InDelta(t, float64(20*ms), first, 4*5.8*float64(ms)/math.Sqrt(n))
	assert.InDelta(t, float64(35*ms), second, 4*18.5*float64(ms)/math.Sqrt(n))
}

func TestBackoffDrawsDependOnSeedRequestAndRetryOnly(t *testing.T) {
	for _, kind := range []BackoffKind{FullJitter, EqualJitter, DecorrelatedJitter} {
		b := Backoff{Kind: kind, Base: 10 * ms, Cap: time.Hour}
		waits := b.before(5, 1, 7)
		for k := 4; k >= 0; k-- { // asked in another order
			assert.Equal(t, waits[k], b.Before(k, 1, 7))
		}
		assert.NotEqual(t, waits, b.before(5, 2, 7), "another seed")
		assert.NotEqual(t, waits, b.before(5, 1, 8), "another request")
	}
}
