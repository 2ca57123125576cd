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
	if t.Arrivals == Closed {
		t.window = report.NewClosedLoopWindow(min(t.Requesters, t.Requests))
	} else {
		length := t.length()
		t.window = report.NewWindow(time.Duration(t.Warmup*float64(length)), length)
	}
	options := report.Options{Window: t.window, Expected: t.Requests, KeepLog: t.Log}
	options.Priorities, options.Zones = t.classes(name)
	if s.Progress != nil {
		options.Progress = func(done int) { s.Progress(name, done) }
	}
	t.fold = report.NewFold(options)
}

// facts gathers what the processes counted, once all have ended.
func (t *topology) facts(interrupted bool) report.Facts {
	f := report.Facts{Strategy: t.strategy.Name, Group: t.strategy.Group, Place: t.strategy.Place, Ended: time.Since(t.epoch), Interrupted: interrupted, Wall: t.WallClock}
	for id := range t.Workers {
		f.Workers = append(f.Workers, t.workerFacts(id))
	}
	for _, p := range t.balancers {
		ledger := p.Ledger()
		f.Balancer.Admitted += ledger.Admitted
		f.Balancer.Dispatched += ledger.Dispatched
		f.Balancer.Completed += ledger.Completed
		f.Balancer.Rejected += ledger.Rejected
		f.Balancer.Skipped += ledger.Skipped
		f.Balancer.Cancelled += ledger.Cancelled
		for id, k := range ledger.Workers {
			f.Workers[id].Books = append(f.Workers[id].Books, report.Book{
				Pending: k.Pending, PendEver: k.PendEver, PendInside: k.PendInside, Held: k.Held,
				MostPending: k.MostPending, MostEver: k.MostEver,
			})
		}
	}
	return f
}

// workerFacts is what the slots of a worker counted.
func (t *topology) workerFacts(id int) report.WorkerFacts {
	tally := t.workers[id].Tally()
	return report.WorkerFacts{
		ID: id, Speed: t.Speeds[id], Concurrency: t.Concurrency, Received: tally.Received, Begun: tally.Begun,
		BegunInside: tally.BegunInside, Skipped: tally.Skipped, Cancelled: tally.Cancelled, Busy: tally.Busy, BusyInside: tally.BusyInside,
	}
}
