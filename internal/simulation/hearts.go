package simulation

import (
	"context"
	"slices"
	"time"

	"waza/balancer"
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

// engulfing tells whether requests may fall into black holes; holed, whether they may do so at that worker.
func (c *Config) engulfing() bool { return slices.ContainsFunc(c.Faults, worker.Fault.Engulfs) }

func (c *Config) holed(id int) bool {
	return slices.ContainsFunc(c.Faults, func(f worker.Fault) bool { return f.Engulfs() && f.Hits(id, c.Workers, c.zones()) })
}

// changing tells whether members may come and go while the run lasts.
func (c *Config) changing() bool { return c.mortal() || c.Beating() || c.Resized() }

// Beating tells whether workers beat, so that balancers find out that one is dead, or that what it holds has to be given to others.
func (c *Config) Beating() bool { return c.Heartbeat > 0 && (c.mortal() || c.Claim > 0 && c.fateful()) }

// lease is how long a balancer waits for a beat before it suspects the worker; 0: workers do not beat.
func (c *Config) lease() time.Duration {
	switch {
	case !c.Beating():
		return 0
	case c.Claim > 0:
		return c.Claim
	}
	return 3 * c.Heartbeat
}

// troubles are the faults that hit a worker, as it meets them.
func (s *stage) troubles(id int) (all []worker.Trouble) {
	for i, f := range s.Faults {
		if f.Hits(id, s.Workers, s.zones()) {
			all = append(all, f.Meet(s.Seed, s.numbers[i], id))
		}
	}
	return all
}

// fate says when a worker dies and when it stands still. Each process that asks has a copy of its own.
func (s *stage) fate(id int, hurry context.Context) *worker.Fate {
	return worker.NewFate(s.troubles(id), s.resolution(), s.heartLane(id), hurried(hurry))
}

// eachFate returns the fates of all workers, for a balancer that measures how long it takes until one is known, and how long a worker lives that is suspected.
func (s *stage) eachFate() []*worker.Fate {
	var all []*worker.Fate
	for id := range s.Workers {
		all = append(all, s.fate(id, context.Background()))
	}
	return all
}

// hurried returns a function that tells whether the person who interrupted the run has waited enough.
func hurried(hurry context.Context) func() bool { return func() bool { return hurry.Err() != nil } }

// noticesHurry returns the same for a balancer, which then counts as one that has noticed the interruption. Usually a requester notices it,
// before its next request; but until then, or after the last one, workers may beat and die for minutes of real time. On the wall clock
// requesters hear of it at once, and it is nil.
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

// newHeart returns the heart of a worker; nil, if the worker needs none.
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

// eachHeart returns what the hearts do until stop is closed.
func (s *stage) eachHeart(stop <-chan struct{}) []func() {
	share, _ := s.share()
	var lives []func()
	for id, h := range s.hearts {
		if h == nil {
			continue
		}
		var ears []balancer.Ear
		for _, b := range s.balancers {
			rebirth := s.joining(s.workers[id], share) // one for each balancer, for it has Vitals of its own
			rebirth.Reserve = false                    // a pool knows by itself which workers stand in reserve
			ears = append(ears, balancer.Ear{
				Control: b.control, Ended: b.ended, Silence: b.Silence, Rebirth: rebirth,
			})
		}
		lives = append(lives, func() { h.Run(stop, ears) })
	}
	return lives
}
