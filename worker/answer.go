package worker

import (
	"time"

	"waza/requester"
)

// answer tells the balancer, then the requester.
func (s *Slot) answer(job *Job, v requester.Verdict, began, finished time.Duration) {
	r := job.Request
	answer := requester.Response{
		Ticket: r.Ticket, Verdict: v, Worker: s.Worker,
		Dispatched: job.Dispatched, Began: began, Finished: finished,
	}
	if s.Proxy != nil {
		answer.Worker, answer.Dispatched = requester.None, requester.Never // it has reached no worker
	}
	if s.Ways != nil {
		answer.Way = s.Ways[r.Zone]
	}
	if began != requester.Never {
		answer.Latest, s.tried = s.tried, 0
		s.spoil(&answer, r, began)
		s.took(job, began, finished, answer.Verdict)
	}
	s.tellEnd(r, began, finished, v)
	s.fillIn(job, v, finished, began != requester.Never)
	if job.Claim != nil {
		if job.Claim.Answer = answer; answer.Verdict == requester.Lost && v != requester.Lost {
			job.Verdict = requester.Lost // the answer was to the balancer, so that does not hear of it either
			job.swallow(r.Waits)
			if r.Waits == requester.Never {
				job.Until = finished // nobody would ever end it, so it is over at once
			}
		}
		job.Done <- job
		return
	}
	job.Done <- job   // first: so the balancer's books are right before the requester can ask again. The job is the balancer's now.
	r.Reply <- answer // never blocks. The request is its requester's again.
}

// release gives a job back that was served to its balancer, without answering the requester.
func (s *Slot) release(job *Job, v requester.Verdict, finished time.Duration) {
	s.fillIn(job, v, finished, true)
	job.Done <- job
}

// fillIn says in a job how it went.
func (s *Slot) fillIn(job *Job, v requester.Verdict, finished time.Duration, served bool) {
	if s.Tokens != nil {
		<-s.Tokens // before Done: whoever hears of that finds the token gone
	}
	job.Verdict, job.Finished, job.Idle, job.Served = v, finished, s.lastOut(), served
}

// lastOut gives up the slot's token, and tells whether the worker holds nothing any more. It looks at the lengths of channels, which is sound
// only because in simulated time nobody else runs at this instant; on the wall clock a job may come a moment later.
func (s *Slot) lastOut() bool {
	if s.Taken != nil {
		<-s.Taken
	}
	return len(s.queue) == 0 && len(s.Taken) == 0
}
