package report

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The classes are the whole: their requests add up to it, and so do their latencies.
func TestClassesAddUp(t *testing.T) {
	v := invention{workers: 2, requests: 3000, load: 0.8, seed: 1, timeout: 30 * time.Millisecond}
	for says, window := range map[string]*Window{
		"in the window":                         v.window(),
		"in the whole run, if it has no window": NewWindow(time.Hour, 2*time.Hour),
	} {
		outcomes, facts := v.run(window)
		facts.Interrupted = true
		r, err := folded(Options{Window: window, Priorities: 3, Zones: 2}, outcomes, 7).Result(facts)
		require.NoError(t, err)
		require.Len(t, r.Classes, 5)
		for _, classes := range [][]ClassRow{r.Classes[:3], r.Classes[3:]} {
			requests, succeeded, sum := 0, 0.0, 0.0
			for _, c := range classes {
				requests += c.Requests
				succeeded += *c.SuccessShare * float64(c.Requests)
				sum += *c.LatencySeconds.Mean * *c.SuccessShare * float64(c.Requests)
			}
			assert.Equal(t, r.MeasuredRequests, requests, says)
			assert.InEpsilon(t, *r.SuccessShare*float64(requests), succeeded, 1e-9, says)
			assert.InEpsilon(t, *r.LatencySeconds.Mean*succeeded, sum, 1e-9, says)
		}
	}
}

func TestOneClassIsNone(t *testing.T) {
	v := invention{workers: 2, requests: 100, load: 0.8, seed: 1}
	outcomes, facts := v.run(v.window())
	r, err := folded(Options{Window: v.window(), Priorities: 1}, outcomes, 7).Result(facts)
	require.NoError(t, err)
	assert.Equal(t, []ClassRow{}, r.Classes)
}
