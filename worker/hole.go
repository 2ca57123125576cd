package worker

import (
	"context"
	"time"

	"waza/internal/fifo"
	"waza/internal/instant"
	"waza/requester"
)

// A Hole stands before the queue of a worker where requests may fall into a black hole. It is a goroutine that looks at each request when it
// arrives, since the slots may all be busy then. While the fault does not last it passes requests on in the same instant. What it swallows
// takes no place in the queue, and no slot. Workers without such a fault have no Hole.
type Hole struct {
	Worker     int
	Proxy      *Proxy                // it is before a proxy: what falls in here has reached no worker; nil: before a worker
	Faults     []Trouble             // what may go wrong with the worker
	Fate       *Fate                 // a copy of the worker's: the dead refuse what comes, and have no hole
	Epoch      time.Time             // instant 0 of the run
	Resolution instant.Resolution    // how far apart two instants are to be different
	Tell       func(requester.Event) // hears what happens; nil: nobody does
	Tokens     <-chan struct{}       // one for each job that the worker holds; nil: nobody counts them
	Taken      <-chan struct{}       // one for each slot that has a job
	Hurry      func() bool           // whether the person who interrupted the run has waited enough; nil: it is never asked

	// Aim moves a wake-up to an instant of this hole's own, so that no two goroutines wake at once; on the wall clock it changes nothing.
	Aim func(now, due time.Duration) time.Duration

	gone  fifo.Queue[*Job] // jobs that have been swallowed, and are still to be sent back
	Tally Tally            // to be read when Run has returned
}

// Run passes what arrives on to the queue until arrivals is closed; then it closes the queue. Once ctx is over it swallows nothing more: the
// slots hand back what comes.
func (h *Hole) Run(ctx context.Context, arrivals <-chan *Job, queue chan<- *Job) {
	prepare(h.Faults, h.Fate, h.Resolution, h.Hurry)
	var alarm <-chan time.Time
	for arrivals != nil || h.gone.Len() > 0 {
		select {
		case job, open := <-arrivals:
			switch {
			case !open:
				arrivals = nil
				close(queue)
			case ctx.Err() == nil && h.swallows(job):
				h.gone.Push(job)
			default:
				queue <- job // never blocks: it has as much room as the channel that the job comes from
			}
		case <-alarm:
			h.sendBack(h.gone.Pop(), len(queue) == 0 && len(h.Taken) == 0)
			alarm = nil
		}
		if alarm == nil && h.gone.Len() > 0 { // it sends one Done per instant, and only at its own
			now := time.Since(h.Epoch)
			alarm = time.After(h.Aim(now, now) - now)
		}
	}
}

// swallows tells whether a job falls into a black hole, and notes in it how long it counts as pending: until its requester gives up or, if
// that never does, until the fault is over.
func (h *Hole) swallows(job *Job) bool {
	if h.Fate != nil {
		if _, dead := h.Fate.dies(job.Dispatched); dead {
			return false
		}
	}
	for i := range h.Faults {
		t := &h.Faults[i]
		if until, gone := t.effect.swallows(t, job.Dispatched); gone {
			if job.Request.Waits != requester.Never {
				until = job.Request.Waits
			}
			job.Until = until
			return true
		}
	}
	return false
}

// sendBack sends back a job that in the system that is simulated nobody will: so its balancer and its requester have what is theirs to use
// it again. The verdict tells them not to act on it.
func (h *Hole) sendBack(job *Job, idle bool) {
	r, now := job.Request, time.Since(h.Epoch)
	h.Tally.Received++
	h.Tally.Buried++
	h.Proxy.miss(h.Worker, job)
	if h.Tell != nil {
		h.Tell(requester.Event{At: now, What: requester.Ends, Request: r.ID, Attempt: r.Attempt, Worker: h.Worker, Verdict: requester.Lost})
	}
	if h.Tokens != nil {
		<-h.Tokens
	}
	job.swallow(job.Until)
	job.Verdict, job.Finished, job.Idle, job.Served = requester.Lost, now, idle, false
	answer := requester.Response{
		Ticket: r.Ticket, Verdict: requester.Lost, Worker: h.Worker, Dispatched: job.Dispatched, Began: requester.Never, Finished: now,
	}
	if h.Proxy != nil {
		answer.Worker, answer.Dispatched = requester.None, requester.Never
	}
	if job.Claim != nil {
		job.Claim.Answer = answer
		job.Done <- job
		return
	}
	job.Done <- job   // first, as a slot does
	r.Reply <- answer // never blocks
}
