package document

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"waza/report"
)

func TestNotes(t *testing.T) {
	mean, busy, service := 0.05, 0.3, 0.0101
	latency := report.Spread{Mean: &mean}
	for _, c := range []struct {
		says string
		run  report.Result
		want []string
	}{
		{"of an ordinary run there is nothing to say", report.Result{WindowSeconds: 100, LatencySeconds: latency}, nil},
		{"no window", report.Result{Unopened: true},
			[]string{"the measured window never opened: the figures are of the whole of what ran"}},
		{"overload", report.Result{Saturated: true, GrowthPerSecond: 12.345},
			[]string{"overload: the number in the system grows by 12.3 requests per second all through the window, so percentiles depend on the length of the run"}},
		{"slowdowns that no histogram holds", report.Result{BeyondSlowdowns: 2},
			[]string{"beyond the histogram: the slowdown of 2 requests is above 9·10^12, so a percentile of the slowdown that lies there does not exist; mean, sd and maximum are of all"}},
		{"a window that is filling", report.Result{Short: true, Filling: true},
			[]string{"short: the number in the system grows all through the window, but ever more slowly, so the figures are those of a system that is still filling, or that has a little too much to do"}},
		{"a window shorter than a request", report.Result{Short: true, WindowSeconds: 0.04, LatencySeconds: latency},
			[]string{"short: the window of 40.00 ms is less than the mean latency"}},
		{"a window of few requests", report.Result{Short: true, WindowSeconds: 0.4, LatencySeconds: latency},
			[]string{"short: the window of 400.0 ms is only 8.0 times the mean latency, so the figures may be those of a system that is still filling"}},
		{"the wall clock, in overload with idle workers",
			report.Result{Wall: true, Saturated: true, GrowthPerSecond: 1, Utilization: &busy, ServiceSeconds: report.Spread{Mean: &service}, WorkSeconds: 0.01},
			[]string{
				"overload: the number in the system grows by 1 requests per second all through the window, so percentiles depend on the length of the run",
				"wall clock: the workers are idle most of the time, so it is this machine that cannot keep up",
				"wall clock: mean service 10.10 ms for 10.00 ms of work (at speed 1); sleeps overshoot, and no hand-off is immediate, so nearly every request waits a little",
			}},
	} {
		assert.Equal(t, c.want, notes(&c.run), c.says)
	}
}
