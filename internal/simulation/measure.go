package simulation

import (
	"time"

	"waza/balancer"
	"waza/report"
	"waza/requester"
)

// length is T, the time in which an open loop issues its requests; with Gaps the sum of the gaps, which is about as long.
func (c *Config) length() time.Duration {
	if c.gaps != nil {
		return c.gaps.End()
	}
	return time.Duration(float64(c.Requests) / c.Rate * float64(time.Second))
}

// Curve is how the shape of the arrivals bends the run's time; nil, if their rate is even. It is the same for all strategies.
func (c *Config) Curve() (*requester.Curve, error) {
	if c.Shape.Kind == "" {
		return nil, nil
	}
	return c.Shape.Over(c.length(), c.source(shapeRole, 0))
}

// PeakRate is how many requests per second arrive when the rate is greatest; 0 in closed loop.
func (c *Config) PeakRate() float64 {
	curve, _ := c.Curve() // an error is reported by build
	return c.Rate * curve.Peak()
}

// measure makes what measures the run.
func (t *topology) measure(name string, s Spectators) {
	requesters := min(t.Requesters, t.Requests)
	switch {
	case t.Arrivals != Closed:
		length := t.length()
		t.window = report.NewWindow(t.WarmupOf(length), length)
	case t.Duration > 0: // what is over first ends it, the requests or the time
		t.window = report.NewTimedLoopWindow(requesters, t.WarmupOf(t.Duration), t.Duration)
	case t.WarmupTime > 0:
		t.window = report.NewTimedLoopWindow(requesters, t.WarmupTime, requester.Never)
	default:
		t.window = report.NewClosedLoopWindow(requesters)
	}
	t.window.Opening, t.window.Closing = make(chan struct{}), make(chan struct{})
	t.window.Resolve(t.resolution())
	options := report.Options{Window: t.window, Scale: int64(t.scale), Expected: t.Requests, Faults: t.toldFaults(), KeepLog: t.Log, FindWarmup: t.FindWarmup}
	options.Priorities, options.Zones = t.classes(name)
	if s.Progress != nil {
		options.Progress = func(done int) { s.Progress(name, done) }
	}
	t.fold = report.NewFold(options)
}

// WarmupOf is how long the warm-up is in a run of that length.
func (c *Config) WarmupOf(length time.Duration) time.Duration {
	if c.WarmupTime > 0 {
		return min(c.WarmupTime, length)
	}
	return time.Duration(c.Warmup * float64(length))
}

// lately is the instant from which on services that begin are counted once more: ten seconds before the end of the measured window. They are
// counted only in runs whose report tells of them: with claims, with proxies, with a changing number of workers, and if priorities are
// reported that differ in their work, as with the consumers of streams. 0: they are not, also in closed loop, where the end of the window is
// not known before.
func (c *Config) lately() time.Duration {
	streams := c.Mix.ByPriority && c.Mix.PriorityWork != nil
	told := c.Claim > 0 || c.Proxies.Number > 0 || c.Resized() || streams
	if !told || c.Arrivals == Closed {
		return 0
	}
	return max(1, c.length()-c.times(10*time.Second))
}

// numbered returns what a balancer found out about the faults of its tier, by their numbers among those of the run.
func (s *stage) numbered(found [][]time.Duration) [][]time.Duration {
	if found == nil {
		return nil
	}
	all := make([][]time.Duration, len(s.topology.Faults))
	for i, of := range found {
		all[s.numbers[i]] = of
	}
	return all
}

// unissued is how many requests would have begun after the end of a closed loop.
func (t *topology) unissued() int {
	n := 0
	for _, r := range t.requesters {
		if a, ok := r.Arrivals.(*requester.ClosedArrivals); ok && a.End > 0 {
			n += a.Left
		}
	}
	return n
}

// facts gathers what all processes have counted, once they have ended.
func (t *topology) facts(interrupted bool) report.Facts {
	last := t.last()
	f := report.Facts{
		Strategy: last.strategy.Name, Group: last.strategy.Group, Place: last.strategy.Place,
		Ended: time.Since(t.epoch), Interrupted: interrupted, Wall: t.WallClock, OverTime: t.Eventful(), Unissued: t.unissued(),
		Pool: t.Resized(), Queue: t.WatchQueue, Lingers: t.Linger > 0,
		Retries: t.Persist.On(), Claims: t.Claim > 0, Lately: t.lately() > 0, Broker: t.Proxies.Number > 0,
	}
	f.Workers, f.Balancers = last.counts()
	if front := t.stages[0]; front != last {
		f.Proxies.Workers, f.Proxies.Balancers = front.counts()
		f.Proxies.Passages, f.Proxies.Wait = front.responses, t.Proxies.Waits
	}
	return f
}

// counts returns what the processes of a stage have counted, once they have ended.
func (s *stage) counts() (workers []report.WorkerFacts, balancers []balancer.Ledger) {
	share, _ := s.share()
	for id, w := range s.workers {
		workers = append(workers, report.WorkerFacts{
			ID: id, Speed: s.Speeds[id], Concurrency: s.Concurrency, Share: share, Tally: w.Tally(),
		})
	}
	for _, b := range s.balancers {
		ledger := b.Ledger()
		ledger.Detected = s.numbered(ledger.Detected)
		balancers = append(balancers, ledger)
	}
	return workers, balancers
}
