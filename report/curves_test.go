package report

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/requester"
)

// curved folds a request every so often over a hundred seconds, of 50 ms each, but for an outage, and returns the stretches by share.
func curved(every time.Duration, outage func(at time.Duration) bool) map[float64][]Stretch {
	s := newSeries(1)
	for at := time.Duration(0); at < 100*time.Second; at += every {
		o := requester.Outcome{Start: at, Decided: at + 50*time.Millisecond}
		if outage(at) {
			o.Verdict = requester.Failed
		}
		s.add([]requester.Outcome{o})
	}
	var r Result
	s.describe(&r, &ending{second: 1e9, Facts: Facts{OverTime: true}})
	by := map[float64][]Stretch{}
	for _, c := range r.Curves {
		by[c.Share] = c.Stretches
	}
	return by
}

// Parts are 1 µs times a power of two: 0.524 s here, 191 of them. At 100 requests per second 52 begin in each: enough for a median, 20; two
// parts have the 100 that a p90 takes, 20 parts the 1000 that a p99 takes, and more than a tenth of all parts are too many. The last part is
// left, and belongs to the stretch before it.
func TestACurveTakesAsFewPartsAsHaveEnough(t *testing.T) {
	by := curved(10*time.Millisecond, func(time.Duration) bool { return false })
	const part = 0.524288
	assert.Len(t, by[0.5], 191)
	assert.Len(t, by[0.9], 95)
	assert.Empty(t, by[0.99])
	assert.Len(t, by[1], 191)
	last := &by[0.9][94]
	require.InDelta(t, 191*part, last.ToSeconds, 1e-9)
	last.ToSeconds -= part
	for i, s := range by[0.9] {
		require.InDelta(t, float64(2*i)*part, s.FromSeconds, 1e-9)
		require.InDelta(t, float64(2*i+2)*part, s.ToSeconds, 1e-9)
		require.InEpsilon(t, 0.05, s.Seconds, 1e-9)
	}
}

// Nothing bridges an outage: the curve has a gap as long as it, but for the parts at its ends.
func TestACurveHasAGapAtAnOutage(t *testing.T) {
	by := curved(10*time.Millisecond, func(at time.Duration) bool { return at >= 40*time.Second && at < 43*time.Second })
	for _, share := range []float64{0.5, 0.9, 1} {
		for _, s := range by[share] {
			assert.False(t, s.FromSeconds < 41 && s.ToSeconds > 42, "%v: %v", share, s)
		}
	}
	assert.Less(t, len(by[0.5]), 191-4)
}

// Where a part seldom has a request, empty ones are no outage.
func TestSparsePartsAreTakenTogether(t *testing.T) {
	by := curved(400*time.Millisecond, func(time.Duration) bool { return false })
	assert.Len(t, by[0.5], 12, "15 or 16 parts have 20 requests")
	assert.Empty(t, by[0.9])
	assert.Len(t, by[1], 190, "the last ends in a part in which none begins")
}
