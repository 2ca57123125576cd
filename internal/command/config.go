package command

import (
	"waza/internal/simulation"
	"waza/strategy"
)

// config fills the Config.
func (f *flags) config() (simulation.Config, error) {
	speeds, err := f.speeds.is.of(f.workers.is)
	if err != nil {
		return simulation.Config{}, f.wrong("speeds", err.Error())
	}
	c := simulation.Config{
		Strategies:  f.strategy.is,
		Parameters:  strategy.Parameters{Set: f.set},
		Workers:     f.workers.is,
		Requesters:  f.requesters.is,
		Balancers:   f.balancers.is,
		Seed:        f.seed.is,
		WallClock:   f.clock.is == "wall",
		Arrivals:    f.arrivals.is,
		Work:        f.work.is.Distribution,
		Jitter:      f.jitter.is,
		Speeds:      speeds,
		Concurrency: f.concurrency.is,
		Queue:       f.queue.is,
		Backlog:     f.backlog.is,
		Discipline:  f.discipline.is,
		Reject:      f.whenFull.is == "reject",
		Stale:       f.stale.is,
		Refresh:     f.refresh.is,
		Faults:      f.fault.faults,
		Grace:       f.grace.is,
		Warmup:      f.warmup.is,
		Events:      f.events.is,
		Log:         f.log.is != "",
	}
	f.patience(&c)
	if err := f.characterize(&c); err != nil {
		return simulation.Config{}, err
	}
	if err := f.plan(&c); err != nil {
		return simulation.Config{}, err
	}
	return c, f.settle(&c)
}

// patience says when requesters give up, and whether they try again.
func (f *flags) patience(c *simulation.Config) {
	c.Timeout, c.Deadline, c.Propagate = f.timeout.is, f.deadline.is, f.propagate.is
	c.Retries, c.Backoff = f.retries.is, f.backoff.is
}

// plan works out how many requests arrive how fast, which several flags say together.
func (f *flags) plan(c *simulation.Config) error {
	if f.clock.is == "wall" && !f.requests.given && !f.duration.given && !f.closed() {
		f.duration.is = wallDuration
	}
	workload := f.planOpen
	switch {
	case f.closed():
		workload = f.planClosed
	case f.traced():
		workload = f.planTrace
	}
	err := workload(c)
	f.requests.is = c.Requests // the report tells how many there were, whoever said so
	return err
}
