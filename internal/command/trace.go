package command

import (
	"fmt"
	"slices"

	"waza/internal/option"
	"waza/internal/simulation"
	"waza/internal/tracefile"
	"waza/requester"
)

// traced is what the flags say of a trace.
type traced struct {
	path string
	form tracefile.Form
	rows *requester.Trace // as it was read; nil: there is none
}

func (f *flags) declareTrace(s *section) {
	notTraced, beside := f.ungiven("trace"), "--trace=FILE beside it"
	bind(s, &f.path, option.Path("a CSV file with a header line"), "trace", "",
		"CSV `FILE` (-: stdin) of arrivals and work, instead of --work; --load or --rate, if given, rescales its time. Columns key, "+
			"priority (from 0, the highest) and zone are used, if there. Rows of one instant are asked in their order, in which proxies need not pass them on").
		idle(f.isClosed, closedHas("trace")).
		idle(notTraced, "").
		check(f.readRows) // the rules that follow know its columns
	column := option.Text("the name of a column")
	bind(s, &f.form.Arrival, column, "trace-arrival", "arrival_seconds", "its column of numbers or timestamps").idle(notTraced, beside)
	bind(s, &f.form.ArrivalUnit, option.Length(1), "trace-arrival-unit", "1s", "what one unit of those numbers is: 1ms for an epoch in milliseconds").
		idle(notTraced, beside)
	bindSwitch(s, &f.form.Sort, "trace-sort", "false", "take its rows in any order, and sort them by arrival").idle(notTraced, beside)
	bind(s, &f.form.Work, column, "trace-work", "work_seconds", "its column of work").idle(notTraced, beside)
	bind(s, &f.form.WorkUnit, option.Length(1), "trace-work-unit", "1s", "what one unit of work takes at speed 1").idle(notTraced, beside)
}

func (f *flags) isTraced() bool { return f.given("trace") }

// readRows reads the trace, if there is one.
func (f *flags) readRows() (err error) {
	switch {
	case !f.isTraced():
		return nil
	case f.form.Arrival == f.form.Work:
		return fmt.Errorf("want another column for --trace-work than for --trace-arrival=%s", option.Printable(f.form.Arrival))
	}
	f.rows, err = f.known.readTrace(f.path, f.form)
	return err
}

// traceName is where the trace comes from, for an error.
func (f *flags) traceName() string {
	if f.path == tracefile.Stdin {
		return "stdin"
	}
	return option.Printable(f.path)
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
			return f.wrong("requests", fmt.Sprintf("want at most the %s rows of %s", option.Grouped(rows), f.traceName()))
		}
		trace = tracefile.Head(trace, f.run.Requests)
	}
	rate := tracefile.Rate(trace)
	if rate == 0 {
		return f.wrong(f.cause("requests", "trace"), "want at least two requests at different times, were it 1ms apart: from these follow the rate and the time that is measured")
	}
	if f.mean = tracefile.MeanWork(trace); f.mean == 0 {
		return f.wrong(f.cause("requests", "trace"), "want some work in the trace")
	}
	if f.given("load") || f.given("rate") {
		wanted := f.wantedRate()
		if err := f.checkSpan(len(trace.Arrivals), wanted); err != nil {
			return err
		}
		trace, rate = tracefile.Rescale(trace, rate/wanted), wanted
	}
	if n, _ := slices.BinarySearch(trace.Arrivals, f.duration); f.duration > 0 && n < len(trace.Arrivals) {
		if trace = tracefile.Head(trace, n); tracefile.Rate(trace) == 0 || tracefile.MeanWork(trace) == 0 {
			return f.wrong("duration", "want time for at least two requests of the trace, and some work")
		}
		rate = float64(n) / f.duration.Seconds()
	}
	f.mean = tracefile.MeanWork(trace)
	f.run.Arrivals, f.run.Trace, f.run.Requests, f.run.Rate = simulation.Trace, trace, len(trace.Arrivals), rate
	return nil
}
