package worker

import (
	"context"
	"time"

	"waza/internal/instant"
	"waza/requester"
)

// A Slot serves one request at a time. The slots of a worker take their jobs from one queue; there are as many as its concurrency.
type Slot struct {
	Worker int       // the worker's id, from 0
	Speed  float64   // work per time: with 2 every service takes half as long
	Jitter Jitter    // noise on every service
	Faults []Trouble // what may go wrong with its services
	Fate   *Fate     // when its worker dies or stands still, a copy of its own; nil: it does neither

	Resolution instant.Resolution // how far apart two instants are to be different

	// Ways are what the network takes, there and back, by the zone of the request; nil: nothing.
	Ways []time.Duration

	// Aim moves a wake-up to an instant of this slot's own, so that no two goroutines wake at once; on the wall clock it changes nothing.
	Aim func(now, due time.Duration) time.Duration
	// Proxy makes this a slot of a proxy, which passes requests on; nil: it works itself.
	Proxy *Proxy
	// Window is the measured part of the run.
	Window Window
	// Lately: services in the window that begin from this instant on are counted once more; 0: none are.
	Lately time.Duration
	// Tell hears what happens; nil: nobody listens.
	Tell func(requester.Event)
	// Notes go to the worker's gauge, and a token is taken out of Tokens for each job that is done; nil: there is no gauge.
	Notes  chan<- Note
	Tokens <-chan struct{}
	// Taken holds a token for each slot of this worker that has a job. So a slot that is done knows whether it was the last, and since there
	// is room for all slots none ever waits. Nil: this is the only slot.
	Taken chan struct{}
	// Whole: requests come with their bodies, since the proxies before this worker have waited for them.
	Whole bool
	// Wall: it runs on the wall clock, where sleeps end late.
	Wall bool

	queue <-chan *Job
	free  time.Duration // when the service before ended
	tried time.Duration // when the latest try of a service began, if that was not the first; 0: it was
	owed  time.Duration // by how much services were too short so far because Aim moved their ends: the next one is as much longer
	Tally Tally         // to be read when Run has returned

	// In most runs no job needs these. They stand last, so that the fields above lie in few lines of a core's cache: by the time that a slot
	// wakes, the cache has forgotten it.

	Retry Retry           // how the worker itself tries again what has failed
	Epoch time.Time       // instant 0 of the run
	Hurry func() bool     // tells, in real time, whether the person who interrupted the run has waited enough; nil: it is never asked
	Stop  <-chan struct{} // ends sleeps early on the wall clock; nil in simulated time, where sleeping takes no time
}

// Run serves the queue until it is closed. Once ctx is over it serves nothing more, and hands back what comes.
func (s *Slot) Run(ctx context.Context, queue <-chan *Job) {
	s.queue = queue
	if s.Proxy != nil {
		s.Proxy.over = ctx.Done()
	}
	prepare(s.Faults, s.Fate, s.Resolution, s.Hurry)
	s.pause() // so that the slots of a worker begin to wait one after the other, each at its own instant
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
		// It is the instant at which the job was sent or, if that is later, at which the slot became free: a message takes no simulated
		// time, and to ask the clock of a bubble is slow. On the wall clock a slot that has waited asks how late it is.
		now := max(s.free, job.Dispatched)
		if waits {
			now = s.now()
		}
		s.Tally.Received++
		if s.Fate != nil {
			now = s.standStill(now)
		}
		if verdict := s.objection(ctx, job, now); verdict != requester.Succeeded {
			if ctx.Err() == nil { // else the run is over: nothing depends on the order any more, and there may be much to hand back
				s.pause() // a slot sends one Done per instant, and only at its own: this may be that of another
			}
			s.free = s.now()
			s.answer(job, verdict, requester.Never, s.free)
			continue
		}
		s.serve(ctx, job, now)
	}
}

// standStill waits until the worker stands still no longer, or dies, and returns when that is.
func (s *Slot) standStill(now time.Duration) time.Duration {
	for until := s.Fate.resumes(now); until > now; until = s.Fate.resumes(now) {
		now, _ = s.rest(now, until)
		if s.stopped() {
			break
		}
	}
	return now
}

// objection is the verdict on a job that is not to be served, because nobody waits for an answer to it any more or because it is lost with
// its worker; Succeeded: it is to be served.
func (s *Slot) objection(ctx context.Context, job *Job, now time.Duration) requester.Verdict {
	if ctx.Err() != nil {
		s.Tally.Cancelled++
		return requester.Cancelled
	}
	if verdict, lost := s.Fate.buries(job.Dispatched, now); lost {
		s.Tally.Buried++
		s.Proxy.miss(s.Worker, job)
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

// perish lets a job be swallowed by the death of its worker: its balancer counts it as pending until its requester gives up, or the worker
// begins a new life.
func (s *Slot) perish(job *Job) {
	job.swallow(job.Request.Waits)
	if job.Claim != nil {
		job.Claim.Dead = true
	}
}

// serve lets a service pass, and answers, or passes the request on if this is a proxy.
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

// took notes how long the slot was busy with a job that is about to be given back. It counts the answer, whether or not the requester still
// waits for it, unless a fault has swallowed it or this is a proxy, which only passes answers on.
func (s *Slot) took(job *Job, began, finished time.Duration, v requester.Verdict) {
	inside := s.Window.Known() // what it says about the beginning of the service it would have said then
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

// service is how long the request takes here if its service begins now. How long its body takes to come does not depend on the worker.
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

// LongestService bounds every service, in time of the run's clock, so that no sum of instants overflows.
const LongestService = requester.LongestInstant / 10

// verdict is how a service went that began at that instant and was not cut short.
func (s *Slot) verdict(r *requester.Request, began time.Duration) requester.Verdict {
	for i := range s.Faults {
		t := &s.Faults[i]
		if v := t.effect.ends(t, began, r); v != requester.Succeeded {
			return v
		}
	}
	return requester.Succeeded
}

// tellEnd tells whoever listens that a job is over: it was served, handed back, or skipped.
func (s *Slot) tellEnd(r *requester.Request, began, finished time.Duration, v requester.Verdict) {
	if s.Tell != nil && began == requester.Never && v == requester.TimedOut {
		s.Tell(requester.Event{At: finished, What: requester.Skips, Request: r.ID, Attempt: r.Attempt, Worker: s.Worker, Verdict: v, Why: r.WhySkipped()})
		return
	}
	s.tell(requester.Ends, r, finished, v)
}

// tell tells whoever listens what happens to a request.
func (s *Slot) tell(what requester.Happening, r *requester.Request, at time.Duration, v requester.Verdict) {
	if s.Tell != nil {
		s.Tell(requester.Event{At: at, What: what, Request: r.ID, Attempt: r.Attempt, Worker: s.Worker, Verdict: v})
	}
}

// spoil lets an answer get lost on its way, or take longer, if a fault does that. The balancer hears that the job is done all the same.
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
