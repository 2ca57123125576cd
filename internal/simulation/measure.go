package simulation

import (
	"time"

	"waza/report"
)

// length is T, the time in which the open loop issues its requests.
func (c *Config) length() time.Duration {
	return time.Duration(float64(c.Requests) / c.Rate * float64(time.Second))
}

// measure makes what measures the run.
func (t *topology) measure(name string, s Spectators) {
	expected := t.Requests
	switch {
	case t.Arrivals != Closed:
		length := t.length()
		t.window = report.NewWindow(time.Duration(t.Warmup*float64(length)), length)
	case t.Duration > 0: // it is known, and how many requests there will be is not
		t.window = report.NewWindow(time.Duration(t.Warmup*float64(t.Duration)), t.Duration)
		expected = 0
	default:
		t.window = report.NewClosedLoopWindow(min(t.Requesters, t.Requests))
		t.window.Opening, t.window.Closing = make(chan struct{}), make(chan struct{})
	}
	t.window.Resolution = t.resolution()
	t.window.Stopping = make(chan struct{})
	options := report.Options{Window: t.window, Scale: int64(t.scale), Expected: expected, KeepLog: t.Log}
	options.Priorities, options.Zones = t.classes(name)
	if s.Progress != nil {
		options.Progress = func(done int) { s.Progress(name, done) }
	}
	t.fold = report.NewFold(options)
}

// facts gathers what the processes counted, once all have ended.
func (t *topology) facts(interrupted bool) report.Facts {
	f := report.Facts{
		Strategy: t.strategy.Name, Group: t.strategy.Group, Place: t.strategy.Place,
		Ended: time.Since(t.epoch), Interrupted: interrupted, Wall: t.WallClock,
	}
	share, _ := t.share()
	for id, w := range t.workers {
		f.Workers = append(f.Workers, report.WorkerFacts{
			ID: id, Speed: t.Speeds[id], Concurrency: t.Concurrency, Share: share, Tally: w.Tally(),
		})
	}
	for _, b := range t.balancers {
		f.Balancers = append(f.Balancers, b.Ledger())
	}
	return f
}
