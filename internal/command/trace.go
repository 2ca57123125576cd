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

// traced is what the flags say of a trace.
type traced struct {
	path    string
	columns columns
	rows    *requester.Trace // as it was read; nil: there is none
}

func (f *flags) declareTrace(s *section) {
	notTraced, beside := f.ungiven("trace"), "--trace=FILE beside it"
	bind(s, &f.path, option.Text("a CSV file with a header line"), "trace", "",
		"CSV `FILE` of arrivals and work, instead of --work; --load\nor --rate, if given, rescales its time. Columns key,\npriority (from 0, the highest) and zone are used, if there").
		idle(f.isClosed, closedHas("trace")).
		idle(notTraced, "").
		check(f.readRows) // the rules that follow know its columns
	column := option.Text("the name of a column")
	bind(s, &f.columns.arrival, column, "trace-arrival", "arrival_seconds", "its column of seconds or timestamps").idle(notTraced, beside)
	bind(s, &f.columns.work, column, "trace-work", "work_seconds", "its column of work").idle(notTraced, beside)
	bind(s, &f.columns.unit, option.Length(1), "trace-work-unit", "1s", "what one unit of work takes at speed 1").idle(notTraced, beside)
}

func (f *flags) isTraced() bool { return f.given("trace") }

// readRows reads the trace, if there is one.
func (f *flags) readRows() (err error) {
	if f.isTraced() {
		f.rows, err = readTraceFile(f.path, f.columns)
	}
	return err
}

// traceSays tells whether there is a trace that has that column.
func (f *flags) traceSays(column string) bool {
	if f.rows == nil {
		return false
	}
	return column == "key" && f.rows.Keys != nil ||
		column == "priority" && f.rows.Priorities != nil || column == "zone" && f.rows.Zones != nil
}

// planTrace cuts the trace to N requests, gives it the load or the rate that is wanted, and cuts it at T.
func (f *flags) planTrace() error {
	trace, rows := f.rows, len(f.rows.Arrivals)
	if f.given("requests") {
		if f.run.Requests > rows {
			return f.wrong("requests", fmt.Sprintf("want at most the %s rows of %s", option.Grouped(rows), option.Printable(f.path)))
		}
		trace = head(trace, f.run.Requests)
	}
	rate := traceRate(trace)
	if rate == 0 {
		return f.wrong(f.cause("requests", "trace"), "want at least two requests at different times, or there is no rate")
	}
	if f.mean = meanWork(trace); f.mean == 0 {
		return f.wrong(f.cause("requests", "trace"), "want some work in the trace")
	}
	if f.given("load") || f.given("rate") {
		wanted := f.wantedRate()
		if err := f.checkSpan(len(trace.Arrivals), wanted); err != nil {
			return err
		}
		trace, rate = rescale(trace, rate/wanted), wanted
	}
	if n, _ := slices.BinarySearch(trace.Arrivals, f.duration); f.duration > 0 && n < len(trace.Arrivals) {
		if trace = head(trace, n); traceRate(trace) == 0 || meanWork(trace) == 0 {
			return f.wrong("duration", "want time for at least two requests of the trace, and some work")
		}
		rate = float64(n) / f.duration.Seconds()
	}
	f.mean = meanWork(trace)
	f.run.Arrivals, f.run.Trace, f.run.Requests, f.run.Rate = simulation.Trace, trace, len(trace.Arrivals), rate
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
