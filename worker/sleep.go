package worker

import "time"

// sleep lets a service take so long, and tells when it woke and whether all of the time has passed. The end is moved to an instant of the
// slot's own; what is missing or too much goes to the next service, so that services are right on average.
func (s *Slot) sleep(now, d time.Duration) (woke time.Duration, whole bool) {
	due := now + d + s.owed
	wake := s.Aim(now, due)
	if s.Wall {
		return s.wait(now, wake) // there nothing is moved, and nothing owed
	}
	s.owed = due - wake
	time.Sleep(wake - now)
	return wake, true // in simulated time it is that very instant
}

// rest sleeps until an instant, moved to one of the slot's own. Nothing is owed for that.
func (s *Slot) rest(now, until time.Duration) (woke time.Duration, whole bool) {
	wake := s.Aim(now, until)
	if s.Wall {
		return s.wait(now, wake)
	}
	time.Sleep(wake - now)
	return wake, true
}

// wait sleeps on the wall clock, until it is told to stop.
func (s *Slot) wait(now, wake time.Duration) (woke time.Duration, whole bool) {
	if wake <= now {
		return now, true
	}
	select {
	case <-time.After(wake - now):
		return s.now(), true
	case <-s.Stop:
		return s.now(), false
	}
}

// stopped tells, on the wall clock, whether sleeps are to end early.
func (s *Slot) stopped() bool {
	select {
	case <-s.Stop:
		return true
	default:
		return false
	}
}

// pause sleeps to the slot's next own instant.
func (s *Slot) pause() { time.Sleep(s.Aim(s.now(), s.now()) - s.now()) }

func (s *Slot) now() time.Duration { return time.Since(s.Epoch) }
