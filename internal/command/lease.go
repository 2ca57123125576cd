package command

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"waza/internal/option"
	"waza/worker"
)

func (f *flags) declareLeases(s *section) {
	fateless := func() bool {
		return !slices.ContainsFunc(f.run.Faults, func(fault worker.Fault) bool { return !fault.Proxies && (fault.Kills() || fault.Stops()) })
	}
	bind(s, &f.run.Claim, option.LengthOrNone(), "claim", "none",
		"what a worker holds that has given no sign of life for so long, its lease, goes to others; the balancer then answers requesters, once each").
		idle(func() bool { return f.run.Claim > 0 && fateless() }, "--fault=crash:… or stall:… beside it: without, every worker beats").
		check(f.checkClaim)
	f.declareStreams(s)
	bind(s, &f.run.Heartbeat, option.LengthOrNone(), "heartbeat", "1s",
		"between two signs of life of each worker, where workers may die: without one for three of them, or with --claim for so long, a balancer suspects it; with --claim it is a third of that unless it is given").
		idle(func() bool {
			return !f.mayDie() && !(f.run.Claim > 0 && !fateless())
		}, "--fault=crash:… beside it, or stall:… and --claim: without, nobody can die").
		check(f.checkHeartbeat)
}

// checkClaim refuses leases in which nobody could beat, or after which nobody would be left.
func (f *flags) checkClaim() error {
	c := f.run
	switch {
	case c.Claim == 0:
		return nil
	case f.given("heartbeat") && c.Heartbeat == 0:
		return errors.New("want a --heartbeat beside it: without, nobody knows that a worker is silent")
	case f.given("heartbeat") && c.Heartbeat >= c.Claim:
		return fmt.Errorf("want more than --heartbeat=%s: else every worker is silent for so long", option.Short(c.Heartbeat))
	case c.WallClock && c.Claim < shortestLease:
		return fmt.Errorf("want at least %s with --clock=wall, whose sleeps end late", option.Short(shortestLease))
	}
	if out := f.listless(); len(out) > 0 {
		return fmt.Errorf("want --strategy=pull beside it and --proxies, not %s: behind proxies what is claimed belongs to one queue", strings.Join(out, ", "))
	}
	if !worker.NoneServes(f.faultsAt(false), c.Staying(), c.Workers, max(1, len(f.zones))) {
		return nil
	}
	return errors.New("want some worker that does not crash for ever: nobody would be left to take the work of the others")
}

// shortestLease is how long a lease is at least on the wall clock.
const shortestLease = 100 * time.Millisecond

// checkHeartbeat refuses a lease that is too short for the wall clock.
func (f *flags) checkHeartbeat() error {
	if f.run.WallClock && f.run.Claim == 0 && f.run.Heartbeat > 0 && 3*f.run.Heartbeat < shortestLease {
		return fmt.Errorf("want at least %s with --clock=wall, whose sleeps end late", option.Short(shortestLease/3))
	}
	return nil
}
