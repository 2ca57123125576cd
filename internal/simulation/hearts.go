package simulation

import (
	"context"
	"math"
	"slices"
	"time"

	"waza/balancer"
	"waza/requester"
	"waza/strategy"
	"waza/worker"
)

// fateful tells whether workers may die or stand still.
func (c *Config) fateful() bool {
	return slices.ContainsFunc(c.Faults, func(f worker.Fault) bool { return f.Kills() || f.Stops() })
}

// mortal tells whether workers may die.
func (c *Config) mortal() bool { return slices.ContainsFunc(c.Faults, worker.Fault.Kills) }

// swallowing tells whether answers may never come.
func (c *Config) swallowing() bool { return slices.ContainsFunc(c.Faults, worker.Fault.Swallows) }

// engulfing tells whether requests may fall into holes; holed, whether they may at that worker.
func (c *Config) engulfing() bool { return slices.ContainsFunc(c.Faults, worker.Fault.Engulfs) }

func (c *Config) holed(id int) bool {
	return slices.ContainsFunc(c.Faults, func(f worker.Fault) bool { return f.Engulfs() && f.Hits(id, c.Workers, c.zones()) })
}

// changing tells whether members may come and go while the run lasts.
func (c *Config) changing() bool { return c.mortal() || c.Beating() || c.Resized() }

// hopeless tells whether requests may wait for ever: for an answer that was swallowed, or for a worker where none will ever serve again, or
// will ever be sent anything.
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

// life is how long after its start the verdict on a request falls at the latest, where attempts end by themselves; else 0.
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

// Starves tells whether some of its strategies may let requests wait for ever.
func (c *Config) Starves() bool {
	return slices.ContainsFunc(c.tiers(), func(tier *Config) bool { return slices.ContainsFunc(tier.Strategies, tier.starves) })
}

// starves tells whether requests may wait for ever in a balancer of a tier with that strategy, because all that may take them are down for
// ever, by their health checks: all workers, where it never panics, and those that are there of a pool, which starts nobody while they do
// nothing; or those of a strategy that has a worker for one request and none for another. What ends in its balancer, too, waits until then.
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

// Beating tells whether workers beat: where balancers are to find out that one is dead, or has to be replaced.
func (c *Config) Beating() bool { return c.Heartbeat > 0 && (c.mortal() || c.Claim > 0 && c.fateful()) }

// lease is how long a balancer waits for a beat; 0: it expects none.
func (c *Config) lease() time.Duration {
	switch {
	case !c.Beating():
		return 0
	case c.Claim > 0:
		return c.Claim
	}
	return 3 * c.Heartbeat
}

// troubles are the faults as a worker meets them.
func (s *stage) troubles(id int) (all []worker.Trouble) {
	for i, f := range s.Faults {
		if f.Hits(id, s.Workers, s.zones()) {
			all = append(all, f.Meet(s.Seed, s.numbers[i], id))
		}
	}
	return all
}

// fate is what happens to a worker: each of its processes has a copy.
func (s *stage) fate(id int, hurry context.Context) *worker.Fate {
	return worker.NewFate(s.troubles(id), s.resolution(), s.heartLane(id), hurried(hurry))
}

// eachFate returns what happens to each worker, for somebody who finds out how long it takes to be known.
func (s *stage) eachFate() []*worker.Fate {
	var all []*worker.Fate
	for id := range s.Workers {
		all = append(all, s.fate(id, context.Background()))
	}
	return all
}

// hurried tells whether the person who interrupted the run has waited enough.
func hurried(hurry context.Context) func() bool { return func() bool { return hurry.Err() != nil } }

// noticesHurry tells a balancer whether the person who interrupted the run has waited enough, and notes that it has been told: between two
// requests, or after the last of them, workers may beat and die for minutes of real time before a requester looks. On the wall clock
// requesters hear of it at once.
func (s *stage) noticesHurry(hurry context.Context) func() bool {
	if s.WallClock {
		return nil
	}
	told := false
	return func() bool {
		if hurry.Err() != nil && !told {
			told = true
			s.noticed <- struct{}{}
		}
		return told
	}
}

// newHeart returns the heart of a worker; nil, if it needs none.
func (s *stage) newHeart(id int, hurry context.Context) *balancer.Heart {
	if !s.mortal() && !s.Beating() {
		return nil
	}
	fate := s.fate(id, hurry)
	if fate == nil && !s.Beating() {
		return nil
	}
	h := &balancer.Heart{
		Worker: id, Fate: fate, Epoch: s.epoch, Resolution: s.resolution(), Aim: s.heartLane(id), Wall: s.WallClock,
	}
	if s.Beating() {
		h.Every = s.Heartbeat
	}
	return h
}

// eachHeart returns what the hearts do until they are stopped.
func (s *stage) eachHeart(stop <-chan struct{}) []func() {
	share, _ := s.share()
	var lives []func()
	for id, h := range s.hearts {
		if h == nil {
			continue
		}
		var ears []balancer.Ear
		for _, b := range s.balancers {
			rebirth := s.joining(s.workers[id], share) // to each its own: what answers health checks changes
			rebirth.Reserve = false                    // a pool knows by itself who stands in reserve
			ears = append(ears, balancer.Ear{
				Control: b.control, Ended: b.ended, Silence: b.Silence, Rebirth: rebirth,
			})
		}
		lives = append(lives, func() { h.Run(stop, ears) })
	}
	return lives
}

// patience is how long nothing may happen before it is certain that nothing more will: an hour beyond what anybody sleeps for, or ten
// times as long as that, if it is less: what is checked every microsecond would be so for an hour. That a run hangs is found out no sooner, and a longest service that is longer than a thousand means is not known beforehand.
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

// lastArrival is the instant after which no request begins; 0 where it is not known.
func (c *Config) lastArrival() time.Duration {
	if c.Arrivals == Closed {
		return 0
	}
	return min(c.length(), requester.LongestInstant)
}
