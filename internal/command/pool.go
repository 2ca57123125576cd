package command

import (
	"errors"
	"fmt"
	"strings"

	"waza/balancer"
	"waza/internal/option"
)

// pool is what the flags say of how many workers there are. Without a least and a most there are as many as at the start, always.
type pool struct {
	start, least, most int // the latter two: unsaid without a flag
	balancer.Pool
}

// unsaid is the least or the most of which nothing was said: the number at the start.
const unsaid = -1

func (f *flags) declarePool(s *section) {
	number := func(low int) option.Kind[int] { return option.OrNone(option.Whole(low, maxWorkers), unsaid) }
	bind(s, &f.pool.least, number(0), "min-workers", "none",
		"how many of a pool stay, those that start counted, --workers by default; more leave when they are idle").
		check(f.checkLeast)
	bind(s, &f.pool.most, number(1), "max-workers", "none",
		"how many of a pool there may be, --workers by default; more than at the start are started when work waits. "+
			"Lists such as --speeds, and faults, are of so many workers, and those of the lowest ids start first").
		check(f.checkMost)
	unpooled, want := func() bool { return !f.pooled() }, "--min-workers or --max-workers beside it: without, no worker starts or leaves"
	bind(s, &f.pool.Interval, option.Length(1), "scale-interval", "500ms", "between two looks whether workers are to be started").
		idle(unpooled, want)
	bind(s, &f.pool.Delay, option.Length(0), "start-delay", "0s", "from the start of a worker until it is there").
		idle(unpooled, want)
	bind(s, &f.pool.Idle, option.Length(1), "idle-timeout", "5s", "a worker that is idle for so long leaves").
		idle(unpooled, want)
	bind(s, &f.run.Linger, option.OrNone(option.Length(1), 0), "linger", "none", "how long the run goes on after its last request: idle workers leave then, too").
		idle(unpooled, want)
}

// pooled tells whether there is a pool.
func (f *flags) pooled() bool { return f.pool.least != unsaid || f.pool.most != unsaid }

// givePool says how many workers exist, and how many of them are there when.
func (f *flags) givePool() error {
	p := &f.pool
	f.run.Workers = p.start
	if f.resized() {
		f.giveResizes()
	}
	if !f.pooled() {
		return nil
	}
	if p.least == unsaid {
		p.least = p.start
	}
	if p.most == unsaid {
		p.most = p.start
	}
	f.run.Workers = max(p.start, p.most) // what is wrong with them is found later
	f.run.Pool = balancer.Pool{Start: p.start, Least: p.least, Interval: p.Interval, Delay: p.Delay, Idle: p.Idle}
	return nil
}

func (f *flags) checkLeast() error {
	switch p := &f.pool; {
	case !f.pooled():
		return nil
	case p.least > p.start:
		return fmt.Errorf("want at most --workers=%d, with which the run starts", p.start)
	case f.overWorkers() > 1 && f.given("min-workers"):
		return errPooled
	case p.least == 0 && f.run.Reject && f.run.Backlog == 0:
		return errors.New("want at least 1 beside --backlog=0 --when-full=reject: where nobody is there all are rejected, and nobody waits for a start")
	}
	return nil
}

func (f *flags) checkMost() error {
	switch p := &f.pool; {
	case !f.pooled():
		return nil
	case p.most < p.start:
		return fmt.Errorf("want at least --workers=%d, with which the run starts", p.start)
	case f.overWorkers() > 1:
		return errPooled
	}
	return nil
}

var errPooled = errors.New("want --balancers=1 beside it: a pool has one owner")

// allWorkers is the flag that says how many workers exist.
func (f *flags) allWorkers() string {
	if f.pooled() {
		return fmt.Sprintf("--max-workers=%d", f.run.Workers)
	}
	if f.run.Workers > f.pool.start {
		return fmt.Sprintf("--resize=%s", strings.Join(f.toldResizes(), " "))
	}
	return fmt.Sprintf("--workers=%d", f.run.Workers)
}

// starting is how long an attempt may wait until somebody is there at all, in seconds.
func (f *flags) starting() float64 {
	if !f.pooled() || f.pool.least > 0 {
		return 0
	}
	return (f.pool.Interval + f.pool.Delay).Seconds()
}

// remarkPool names a pool that never changes, and one that never grows.
func (f *flags) remarkPool() {
	c, p := f.run, &f.pool
	switch {
	case !f.pooled():
	case p.least == p.most:
		f.note("--min-workers=%d and --max-workers=%d change nothing: no worker starts or leaves", p.least, p.most)
	case c.Reject && c.Backlog == 0 && (c.Queue == 0 || f.queuesAreIdle()):
		f.note("--max-workers=%d starts nobody: with --backlog=0 --when-full=reject no request waits", p.most)
	}
}
