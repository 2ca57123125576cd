package document

import (
	"fmt"

	"waza/report"
)

// notes returns what a reader has to know beside the figures of a run, a line each.
func notes(r *report.Result) []string {
	var lines []string
	note := func(format string, values ...any) { lines = append(lines, fmt.Sprintf(format, values...)) }
	if r.Unopened {
		note("the measured window never opened: the figures are of the whole of what ran")
	}
	if r.Saturated {
		note("overload: the number in the system grows by %s requests per second "+
			"all through the window, so percentiles depend on the length of the run", Decimal(r.GrowthPerSecond, 3))
	}
	if r.BeyondSlowdowns > 0 {
		note("beyond the histogram: the slowdown of %s is above 9·10^12, "+
			"so a percentile of the slowdown that lies there does not exist; mean, sd and maximum are of all",
			counted(r.BeyondSlowdowns, "request"))
	}
	if r.Short {
		note("short: %s", shortness(r))
	}
	if u := r.Utilization; r.Wall && r.Saturated && u != nil && *u < 0.5 {
		note("wall clock: the workers are idle most of the time, so it is this machine that cannot keep up")
	}
	if r.Wall && r.ServiceSeconds.Mean != nil {
		note("wall clock: mean service %s for %s of work (at speed 1); "+
			"sleeps overshoot, and no hand-off is immediate, so nearly every request waits a little",
			inUnits(*r.ServiceSeconds.Mean), inUnits(r.WorkSeconds))
	}
	return lines
}

// shortness says why a window is too short to tell what lasts.
func shortness(r *report.Result) string {
	if r.Filling {
		return "the number in the system grows all through the window, but ever more slowly, so the figures " +
			"are those of a system that is still filling, or that has a little too much to do"
	}
	length, mean := r.WindowSeconds, *r.LatencySeconds.Mean // without a mean no window is short
	if length < mean {
		return fmt.Sprintf("the window of %s is less than the mean latency", inUnits(length))
	}
	return fmt.Sprintf("the window of %s is only %.1f times the mean latency, so the figures may be "+
		"those of a system that is still filling", inUnits(length), length/mean)
}
