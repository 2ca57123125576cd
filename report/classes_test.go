package report_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/internal/invented"
	"waza/report"
)

// The classes are the whole: their requests add up to it, and so do their latencies.
func TestClassesAddUp(t *testing.T) {
	v := invented.Run{Workers: 2, Requests: 3000, Load: 0.8, Seed: 1, Timeout: 30 * time.Millisecond}
	for says, window := range map[string]*report.Window{
		"in the window":                         v.Window(),
		"in the whole run, if it has no window": report.NewWindow(time.Hour, 2*time.Hour),
	} {
		outcomes, facts := v.Outcomes(window)
		facts.Interrupted = true
		r, err := invented.Fold(report.Options{Window: window, Priorities: 3, Zones: 2}, outcomes, 7).Result(facts)
		require.NoError(t, err)
		require.Len(t, r.Classes, 5)
		for _, classes := range [][]report.ClassRow{r.Classes[:3], r.Classes[3:]} {
			requests, succeeded, sum := report.Count(0), 0.0, 0.0
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
	v := invented.Run{Workers: 2, Requests: 100, Load: 0.8, Seed: 1}
	outcomes, facts := v.Outcomes(v.Window())
	r, err := invented.Fold(report.Options{Window: v.Window(), Priorities: 1}, outcomes, 7).Result(facts)
	require.NoError(t, err)
	assert.Equal(t, []report.ClassRow{}, r.Classes)
}
