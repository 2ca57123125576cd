package command

import (
	"fmt"
	"math"
	"slices"
	"time"

	"waza/internal/option"
	"waza/internal/simulation"
	"waza/requester"
)

// The workload is N requests at mean rate λ over T = N/λ. The flags say two of the three, or one and the load
// ρ = λ E[S] / capacity, and planning works out the rest.

// capacity is how much work the workers do per second, in seconds.
func capacity(c *simulation.Config) float64 {
	sum := 0.0
	for _, speed := range c.Speeds {
		sum += speed
	}
	return sum * float64(c.Concurrency)
}

// planOpen works out λ, N and T of arrivals that follow a distribution.
func (f *flags) planOpen(c *simulation.Config) error {
	c.Rate = f.wantedRate(c, f.meanWork())
	c.Requests = f.requests.is
	if t := f.duration.is; t > 0 {
		if err := f.fit(c, t); err != nil {
			return err
		}
	}
	return f.checkTotals(c, f.meanWork())
}

// fit works out N from T, unless the N that was asked for is over before.
func (f *flags) fit(c *simulation.Config, t time.Duration) error {
	n := math.Round(c.Rate * t.Seconds())
	switch {
	case n < 1:
		return f.wrong("duration", fmt.Sprintf("want time for one request, at %s per second", figure(c.Rate)))
	case f.requests.given && float64(f.requests.is) <= n:
		return nil
	case n > maxRequests:
		return f.wrong("duration", fmt.Sprintf("want at most %s requests, at %s per second", option.Grouped(maxRequests), figure(c.Rate)))
	}
	c.Requests = int(n)
	return nil
}

// wantedRate is λ as --rate or --load say it.
func (f *flags) wantedRate(c *simulation.Config, meanWork float64) float64 {
	if f.rate.given {
		return f.rate.is
	}
	return f.load.is * capacity(c) / meanWork
}

// planClosed works out N. On the wall clock, where nobody wants to wait long, it is by default what fits the usual
// time, by the upper bounds of Denning and Buzen (1978): no more answers per second than R / (Z + S), nor than the workers have.
func (f *flags) planClosed(c *simulation.Config) error {
	c.Think, c.Requests = f.think.is.Distribution, f.requests.is
	work, think := f.meanWork(), c.Think.Mean().Seconds()
	if c.WallClock && !f.requests.given {
		rate := min(float64(c.Requesters)/(think+work), capacity(c)/work)
		c.Requests = int(max(1, min(maxRequests, math.Round(rate*wallDuration.Seconds()))))
	}
	each := math.Ceil(float64(c.Requests) / float64(c.Requesters))
	if think*each > maxLength.Seconds() {
		return f.wrong(f.cause("think", "requests"), fmt.Sprintf("want each requester to think for at most %s in all, not %s",
			option.Short(maxLength), seconds(think*each)))
	}
	return f.checkTotals(c, work)
}

// planTrace reads the trace, cuts it to N requests, gives it the load or the rate that is wanted, and cuts it at T.
func (f *flags) planTrace(c *simulation.Config) error {
	f.arrivals.is, c.Arrivals, c.Work = simulation.Trace, simulation.Trace, nil
	trace, err := readTraceFile(f.trace.is, columns{f.traceArrival.is, f.traceWork.is, f.traceWorkUnit.is})
	if err != nil {
		return wrong("trace", f.trace.is, err.Error())
	}
	f.rows = trace
	rows := len(trace.Arrivals)
	if f.requests.given && f.requests.is > rows {
		return f.wrong("requests", fmt.Sprintf("want at most the %s rows of %s", option.Grouped(rows), option.Printable(f.trace.is)))
	}
	if f.requests.given {
		trace = head(trace, f.requests.is)
	}
	c.Requests, c.Rate = len(trace.Arrivals), traceRate(trace)
	if c.Rate == 0 {
		return f.wrong(f.cause("requests", "trace"), "want at least two requests at different times, or there is no rate")
	}
	work := meanWork(trace)
	if work == 0 {
		return f.wrong(f.cause("requests", "trace"), "want some work in the trace")
	}
	if f.load.given || f.rate.given {
		wanted := f.wantedRate(c, work)
		if err := f.checkSpan(c.Requests, wanted); err != nil {
			return err
		}
		trace, c.Rate = rescale(trace, c.Rate/wanted), wanted
	}
	c.Trace = trace
	if err := f.cutTrace(c); err != nil {
		return err
	}
	return f.checkTotals(c, meanWork(c.Trace))
}

// cutTrace drops what arrives after the duration.
func (f *flags) cutTrace(c *simulation.Config) error {
	t := f.duration.is
	if t == 0 || c.Trace.Arrivals[c.Requests-1] < t {
		return nil
	}
	n, _ := slices.BinarySearch(c.Trace.Arrivals, t)
	if c.Trace = head(c.Trace, n); traceRate(c.Trace) == 0 || meanWork(c.Trace) == 0 {
		return f.wrong("duration", "want time for at least two requests of the trace, and some work")
	}
	c.Requests, c.Rate = n, float64(n)/t.Seconds()
	return nil
}

// head is the first n requests of a trace.
func head(t *requester.Trace, n int) *requester.Trace {
	return &requester.Trace{
		Arrivals: t.Arrivals[:n], Work: t.Work[:n],
		Keys: t.Keys[:min(n, len(t.Keys))], Priorities: t.Priorities[:min(n, len(t.Priorities))], Zones: t.Zones[:min(n, len(t.Zones))],
	}
}

// traceRate is λ: n arrivals have n−1 gaps between them. It is 0 if they are all at one instant.
func traceRate(t *requester.Trace) float64 {
	n := len(t.Arrivals)
	if span := t.Arrivals[n-1].Seconds(); span > 0 {
		return float64(n-1) / span
	}
	return 0
}

// meanWork is E[S] of a trace, in seconds.
func meanWork(t *requester.Trace) float64 {
	sum := 0.0
	for _, w := range t.Work {
		sum += w.Seconds()
	}
	return sum / float64(len(t.Work))
}

// rescale stretches the time between arrivals. Rounding keeps them in order.
func rescale(t *requester.Trace, factor float64) *requester.Trace {
	arrivals := make([]time.Duration, len(t.Arrivals))
	for i, at := range t.Arrivals {
		arrivals[i] = time.Duration(math.Round(float64(at) * factor))
	}
	faster := *t
	faster.Arrivals = arrivals
	return &faster
}

// checkSpan refuses a run whose arrivals take too long, or less than a nanosecond each.
func (f *flags) checkSpan(n int, rate float64) error {
	if rate > maxRate {
		return f.wrong(f.cause("trace", "work"), fmt.Sprintf("want at most %s requests per second, not %s", option.Grouped(maxRate), figure(rate)))
	}
	if t := float64(n) / rate; !(t <= maxLength.Seconds()) {
		return f.wrong(f.cause("load", "rate", "requests", "trace", "work"), fmt.Sprintf(
			"want a run of at most %s, and %s requests at %s per second take %s", option.Short(maxLength), option.Grouped(n), figure(rate), seconds(t)))
	}
	return nil
}

// checkTotals refuses a run that would leave the range of a time.Duration: the slowest worker may get all the work,
// all the retries and every fault that makes it slower.
func (f *flags) checkTotals(c *simulation.Config, meanWork float64) error {
	if c.Rate > 0 {
		if err := f.checkSpan(c.Requests, c.Rate); err != nil {
			return err
		}
	}
	total := float64(c.Requests) * meanWork / slices.Min(c.Speeds) * float64(1+c.Retries)
	for _, fault := range c.Faults {
		total = fault.Longest(total)
	}
	if total > maxTotal.Seconds() {
		return f.wrong(f.cause("work", "trace-work-unit", "trace", "requests", "duration", "speeds", "fault", "retries", "work"), fmt.Sprintf(
			"want at most %s of work in all, for the slowest worker and with every retry, not %s", option.Short(maxTotal), seconds(total)))
	}
	if err := f.checkView(c, meanWork); err != nil {
		return err
	}
	return f.checkLanes(c)
}

// checkLanes refuses more requests per second than the requesters have instants for. In simulated time each of them
// issues at most one per period of the lanes; above half of that they would queue for their own instants.
func (f *flags) checkLanes(c *simulation.Config) error {
	if c.WallClock {
		return nil
	}
	each := 0.5 / c.LanePeriod().Seconds() // per second
	if c.Rate <= each*float64(c.Requesters) {
		return nil
	}
	return f.wrong("requesters", fmt.Sprintf("want more: so many issue at most %s requests per second with so many workers, and the load is %s",
		figure(each*float64(c.Requesters)), figure(c.Rate)))
}

// cause picks the first of the flags that was given, or else the last of them.
func (f *flags) cause(names ...string) string {
	for _, name := range names {
		if f.given(name) {
			return name
		}
	}
	return names[len(names)-1]
}
