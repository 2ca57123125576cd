package simulation

import (
	"math"
	"slices"
	"time"

	"waza/requester"
	"waza/strategy"
	"waza/worker"
)

// hopeless tells whether requests may wait for ever: for an answer that was swallowed, or for a worker, if none will ever serve again or
// none will ever be sent anything again.
func (t *topology) hopeless() bool {
	c := t.Config
	if c.Arrivals == Closed {
		return false // the command line refuses it
	}
	swallowed := func(f worker.Fault) bool { return f.Swallows() && !(f.Kills() && !f.Proxies && c.Claim > 0) }
	if c.Timeout == 0 && c.Deadline == 0 && slices.ContainsFunc(c.Faults, swallowed) {
		return true
	}
	return slices.ContainsFunc(t.stages, func(s *stage) bool {
		return worker.NoneServes(s.Config.Faults, s.Config.Staying(), s.Config.Workers, s.Config.zones()) || s.Config.starves(s.strategy.Name)
	})
}

// life is how long after its start a request has its verdict at the latest, if attempts end by themselves; else 0.
func (c *Config) life() time.Duration {
	if c.Timeout == 0 {
		return c.Deadline
	}
	all := float64(c.Tries())*float64(c.Timeout) + float64(c.Retries)*float64(max(c.Backoff.Base, c.Backoff.Cap))
	if c.Deadline > 0 {
		all = min(all, float64(c.Deadline))
	}
	return time.Duration(min(all, float64(requester.LongestInstant)))
}

// Starves tells whether requests may wait for ever under some of its strategies: see starves.
func (c *Config) Starves() bool {
	return slices.ContainsFunc(c.tiers(), func(tier *Config) bool { return slices.ContainsFunc(tier.Strategies, tier.starves) })
}

// starves tells whether requests may wait for ever in a balancer of this tier with that strategy, because all workers that could take them
// fail their health checks for ever. If the balancer never panics, these may be all workers; or all that are there of a pool, which starts
// no others while those do nothing. Panic or not, they may be all to which the strategy sends such a request, if it sends some requests to
// some workers only. It does not matter where requests end in the balancer, too.
func (c *Config) starves(name string) bool {
	if !c.checked() || c.Propagate && (c.Timeout > 0 || c.Deadline > 0) {
		return false
	}
	down := 0
	for id := range c.Workers {
		if slices.ContainsFunc(c.Faults, func(f worker.Fault) bool { return f.Silences() && f.Hits(id, c.Workers, c.zones()) }) {
			down++
		}
	}
	kind, _ := strategy.Find(name)
	return down > 0 && (kind.Part || c.Panic == 0 && (down == c.Workers || c.Resized()))
}

// patience is how long nothing may happen before it is certain that nothing more will. It is longer than anything that a process sleeps
// through: by an hour, or by ten times as much if that is less, lest what is checked every microsecond be checked for an hour. A run that
// hangs is found out only after that. Services may be of any length; one of a thousand times the mean is taken for the longest.
func (t *topology) patience() time.Duration {
	if t.WallClock {
		return 0
	}
	longest := float64(t.Longest()) + 1000*t.meanWork()/slices.Min(t.Speeds)
	if t.Work != nil {
		for _, d := range t.Work.Lengths() {
			longest += float64(d) / slices.Min(t.Speeds)
		}
	}
	if t.Proxies.Number > 0 {
		longest += 1000 * float64(t.Proxies.Work.Mean())
		for _, d := range t.Proxies.Work.Lengths() {
			longest += float64(d)
		}
	}
	for _, f := range t.Faults {
		longest = f.Longest(longest) + 50*float64(f.MTTR) // exponential: it never lasts longer
	}
	if t.Persist.On() {
		longest = (longest + float64(t.Persist.Interval)) * float64(t.Persist.Attempts)
	}
	if t.Arrivals == Closed {
		longest += 1000 * float64(t.Think.Mean())
	}
	more := min(10*longest, float64(t.times(time.Hour)))
	return time.Duration(min(longest+more, math.MaxInt64/4))
}

// lastArrival is the instant after which no request begins; 0, if that is not known.
func (c *Config) lastArrival() time.Duration {
	if c.Arrivals == Closed {
		return 0
	}
	return min(c.length(), requester.LongestInstant)
}
