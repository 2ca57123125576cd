package worker

import (
	"context"
	"time"

	"waza/internal/instant"
	"waza/requester"
)

// A Slot serves one request at a time; a worker is as many slots on one queue as it has concurrency.
type Slot struct {
	Worker int       // the worker's id, from 0
	Speed  float64   // work per time: 2 halves every service
	Jitter Jitter    // noise on every service
	Faults []Trouble // what may go wrong with its services
	Fate   *Fate     // when its worker dies or stands still; each slot has a copy of its own

	Resolution instant.Resolution // how far apart two instants are to be different

	// Ways are what the network takes, there and back, by the zone of the request; nil: nothing.
	Ways []time.Duration

	// Aim moves a wake-up to an instant of this slot's own, so that no two goroutines wake at once; on the wall clock it changes nothing.
	Aim func(now, due time.Duration) time.Duration
	// Proxy makes it one of a proxy; nil: it works itself.
	Proxy *Proxy
	// Window is what of the run is measured.
	Window Window
	// Lately is from when on what begins in the window is counted apart; 0: never.
	Lately time.Duration
	// Tell hears what happens; nil: nobody does.
	Tell func(requester.Event)
	// Notes go to the worker's gauge, which counts what the worker holds by the Tokens; nil: it has none.
	Notes  chan<- Note
	Tokens <-chan struct{}
	// Taken holds a token for each slot of this worker that has a job, with room for all of them: so each slot knows
	// whether it is the last, and none waits. Nil: this is the only slot.
	Taken chan struct{}
	// Whole: requests come with their bodies, for which proxies before it have waited.
	Whole bool
	// Wall: it lives on the wall clock, where sleeps end late.
	Wall bool

	queue <-chan *Job
	free  time.Duration // when the service before ended
	owed  time.Duration // how much shorter the services were than they should have been, from being moved
	Tally Tally         // to be read when Run has returned

	// In most runs no job asks for these. They stand last, so that those before lie in few lines of a core's cache, which has forgotten a slot
	// when it wakes.

	Retry Retry           // of what has failed, by the worker itself
	Epoch time.Time       // instant 0 of the run
	Hurry func() bool     // tells, in real time, that the person who interrupted the run has waited enough; nil: it is never asked
	Stop  <-chan struct{} // ends sleeps early on the wall clock; nil in simulated time, where sleeping takes no time
}

// Run serves the queue until it is closed. When ctx is over it serves no more and hands back what comes.
func (s *Slot) Run(ctx context.Context, queue <-chan *Job) {
	s.queue = queue
	if s.Proxy != nil {
		s.Proxy.over = ctx.Done()
	}
	for i := range s.Faults {
		s.Faults[i].resolution, s.Faults[i].hurry, s.Faults[i].fate = s.Resolution, s.Hurry, s.Fate
	}
	s.pause() // the slots of a worker begin to wait one after the other
	s.free = s.now()
	for {
		waits := s.Wall && len(queue) == 0
		job, open := <-queue
		if !open {
			return
		}
		if s.Taken != nil {
			s.Taken <- struct{}{}
		}
		// A job begins when the slot is free, or when it was sent: a message takes no simulated time, and to ask the clock of a bubble
		// is slow. On the wall clock a slot that has waited looks how late it is.
		now := max(s.free, job.Dispatched)
		if waits {
			now = s.now()
		}
		s.Tally.Received++
		if s.Fate != nil {
			now = s.standStill(now)
		}
		if verdict := s.objection(ctx, job, now); verdict != requester.Succeeded {
			if ctx.Err() == nil {
				s.pause() // one Done per instant, and this instant may be that of another
			} // when the run is over nothing more depends on the order, and there may be much to hand back
			s.free = s.now()
			s.answer(job, verdict, requester.Never, s.free)
			continue
		}
		s.serve(ctx, job, now)
	}
}

// standStill waits for as long as the worker stands still, unless it dies before. It returns when that is over.
func (s *Slot) standStill(now time.Duration) time.Duration {
	for until := s.Fate.resumes(now); until > now; until = s.Fate.resumes(now) {
		now, _ = s.rest(now, until)
		if s.stopped() {
			break
		}
	}
	return now
}

// objection is the verdict on a job that is not served, or Succeeded: there is none. Nobody waits for an answer to it any more, or it is
// lost with its worker.
func (s *Slot) objection(ctx context.Context, job *Job, now time.Duration) requester.Verdict {
	if ctx.Err() != nil {
		s.Tally.Cancelled++
		return requester.Cancelled
	}
	if verdict, lost := s.Fate.buries(job.Dispatched, now); lost {
		s.Tally.Buried++
		s.perish(job)
		return verdict
	}
	if job.Claim != nil && job.Claim.over() {
		s.Tally.Buried++
		job.Withdrawn = true
		return requester.Lost
	}
	if !s.Resolution.Before(now, job.Request.End) || job.Request.Loser() {
		s.Tally.Skipped++
		return requester.TimedOut
	}
	return requester.Succeeded
}

// perish lets a job be swallowed with its worker's life: whoever counts it as pending does so until its requester gives up, or the worker
// begins a new life.
func (s *Slot) perish(job *Job) {
	job.swallow(job.Request.Waits)
	if job.Claim != nil {
		job.Claim.Dead = true
	}
}

// serve lets a service pass, and says how it went.
func (s *Slot) serve(ctx context.Context, job *Job, began time.Duration) {
	r := job.Request
	s.Tally.Begun++
	s.tell(requester.Begins, r, began, requester.Succeeded)
	finished, verdict, failed := s.try(job, began)
	if failed && s.Retry.On() {
		finished, verdict = s.persist(ctx, job, finished)
	}
	if verdict != requester.Succeeded {
		s.Tally.Failed++
	}
	if s.Proxy != nil {
		s.relay(job, verdict, began, finished)
		return
	}
	s.answer(job, verdict, began, finished)
}

// took notes how long the slot was busy with a job that is about to be given back, and counts the answer to it, if it is one: what a fault
// swallows is none, nor is what a proxy says. Whether its requester still waits does not matter.
func (s *Slot) took(job *Job, began, finished time.Duration, v requester.Verdict) {
	inside := s.Window.Known() // of the beginning too, which has passed
	s.free = finished
	s.Tally.Ended = finished
	s.Tally.Busy += finished - began
	s.Tally.BusyInside += inside.Overlap(began, finished)
	if inside.Contains(began) {
		s.Tally.BegunInside++
		if s.Lately > 0 && !s.Resolution.Before(began, s.Lately) {
			s.Tally.BegunLately++
		}
	}
	if s.Proxy == nil && (v == requester.Succeeded || v == requester.Failed) {
		s.Tally.Answered++
		if inside.Contains(finished) {
			s.Tally.AnsweredInside++
		}
	}
	if s.Notes != nil {
		s.Notes <- Note{Ahead: job.Ahead, Took: finished - job.Dispatched}
	}
	if s.Proxy != nil && s.Proxy.Passages != nil {
		s.Proxy.Passages <- Passage{Proxy: s.Worker, Sent: job.Dispatched, Finished: finished}
	}
}

// service is how long the request takes here if its service begins now. Its body takes as long to come whatever is wrong with the worker.
func (s *Slot) service(r *requester.Request, now time.Duration) time.Duration {
	took := float64(s.takes(r)) / s.Speed * s.Jitter.factor(r, s.Worker)
	for i := range s.Faults {
		t := &s.Faults[i]
		took = t.effect.lasts(t, now, took)
	}
	if !s.Whole {
		took += float64(r.Upload)
	}
	return time.Duration(min(took, float64(LongestService)))
}

// takes is how long a service is at speed 1 without noise.
func (s *Slot) takes(r *requester.Request) time.Duration {
	if s.Proxy != nil {
		return s.Proxy.Takes(r)
	}
	return r.Work
}

// LongestService is where a service is cut, in time of the run's clock, so that no sum of instants overflows.
const LongestService = requester.LongestInstant / 10

// verdict is how a service went that began then and has had all of its time.
func (s *Slot) verdict(r *requester.Request, began time.Duration) requester.Verdict {
	for i := range s.Faults {
		t := &s.Faults[i]
		if v := t.effect.ends(t, began, r); v != requester.Succeeded {
			return v
		}
	}
	return requester.Succeeded
}

// tellEnd tells that a job is over: it was served, handed back, or skipped.
func (s *Slot) tellEnd(r *requester.Request, began, finished time.Duration, v requester.Verdict) {
	if s.Tell != nil && began == requester.Never && v == requester.TimedOut {
		s.Tell(requester.Event{At: finished, What: requester.Skips, Request: r.ID, Attempt: r.Attempt, Worker: s.Worker, Verdict: v, Why: r.WhySkipped()})
		return
	}
	s.tell(requester.Ends, r, finished, v)
}

func (s *Slot) tell(what requester.Happening, r *requester.Request, at time.Duration, v requester.Verdict) {
	if s.Tell != nil {
		s.Tell(requester.Event{At: at, What: what, Request: r.ID, Attempt: r.Attempt, Worker: s.Worker, Verdict: v})
	}
}

// spoil lets an answer get lost on its way, or take longer, if some trouble does so. The balancer hears of the job all the same.
func (s *Slot) spoil(answer *requester.Response, r *requester.Request, began time.Duration) {
	for i := range s.Faults {
		t := &s.Faults[i]
		way, lost := t.effect.answers(t, began, r)
		answer.Way += way
		if lost {
			answer.Verdict = requester.Lost
		}
	}
}
