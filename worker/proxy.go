package worker

import (
	"time"

	"waza/requester"
)

// A Proxy makes a slot one of a proxy: its service is to pass the request on to the balancer behind. While that balancer does not receive
// it, the slot waits. Then the slot is free, as if it had put a message into a queue, and the worker behind answers the requester.
//
// With Replies it waits for the answer as well, as a proxy that forwards requests does: it asks in its own name, and answers the requester
// itself. So the balancer behind does not know which workers earlier attempts of the same request have met.
type Proxy struct {
	Takes    func(*requester.Request) time.Duration // how long it takes to pass a request on
	Next     chan<- *requester.Request              // to the balancer behind
	Replies  chan requester.Response                // with room for one; nil: it does not wait for answers
	Passages chan<- Passage                         // hears how long requests were here; nil: nobody listens

	over    <-chan struct{}           // closed when the run is over
	asked   *requester.Request        // what it asks, if it waits for answers
	orphans []chan requester.Response // for answers to what it had asked when it died
}

// A Passage is the time from when a proxy was sent a request until it had passed it on or, if it waits, answered it.
type Passage struct {
	Proxy          int
	Sent, Finished time.Duration // Finished is Never where the proxy was dead, or a black hole, and did neither
}

// miss tells whoever counts passages that a proxy has not looked at what it was sent.
func (p *Proxy) miss(id int, job *Job) {
	if p != nil && p.Passages != nil {
		p.Passages <- Passage{Proxy: id, Sent: job.Dispatched, Finished: requester.Never}
	}
}

// relay passes a request on once its service is over, and gives the job back. If the service has failed, or the proxy has died, it passes
// nothing on and answers the requester.
func (s *Slot) relay(job *Job, v requester.Verdict, began, now time.Duration) {
	answer := requester.Response{Verdict: v, Worker: requester.None, Dispatched: requester.Never, Began: requester.Never, Finished: now}
	asked := false
	switch {
	case v != requester.Succeeded:
	case s.Proxy.Replies == nil:
		if now, v = s.pass(job, job.Request, now); v == requester.Succeeded {
			s.took(job, began, now, v)
			s.release(job, v, now)
			return
		}
	default:
		now, v, asked = s.inquire(job, now, &answer)
	}
	s.took(job, began, now, v)
	s.tell(requester.Ends, job.Request, now, v)
	known := asked && isBurial(&answer)                                                    // the worker behind that lost it has counted it
	answer.Ticket, answer.Verdict, answer.Way = job.Request.Ticket, v, now-answer.Finished // it is home when the proxy says so
	if asked {
		s.spoil(&answer, job.Request, began)
	}
	if isBurial(&answer) && !known {
		s.Tally.Spent++
	}
	reply := job.Request.Reply
	s.release(job, v, now)
	reply <- answer // never blocks
}

// isBurial tells whether an answer says that the attempt was lost before any worker began to serve it.
func isBurial(a *requester.Response) bool {
	return !a.Served() && (a.Verdict == requester.Lost || a.Verdict == requester.Failed)
}

// pass hands the request to the balancer behind, and returns when that was or, if the balancer did not receive it at once, the first
// instant of the slot's own after that. The proxy may die meanwhile.
func (s *Slot) pass(job *Job, r *requester.Request, now time.Duration) (time.Duration, requester.Verdict) {
	passes := requester.Event{At: now, What: requester.Passes, Request: r.ID, Attempt: r.Attempt, Worker: s.Worker}
	received := true
	select {
	case s.Proxy.Next <- r: // from here on r is the balancer's, and after that its requester's: it is not to be read any more
	default:
		passes.At, received = s.knock(r, now)
	}
	if !received {
		return passes.At, s.dies(job, passes.At)
	}
	s.Tally.Passed++
	if s.Tell != nil {
		s.Tell(passes)
	}
	if passes.At > now || s.Wall {
		s.pause()
		return s.now(), requester.Succeeded
	}
	return now, requester.Succeeded
}

// knock waits until the balancer behind receives the request, or the proxy dies.
func (s *Slot) knock(r *requester.Request, now time.Duration) (time.Duration, bool) {
	death, at := s.death(now)
	select {
	case s.Proxy.Next <- r:
		return s.now(), true
	case <-death:
		return at, false
	}
}

// death returns a channel that delivers when the worker dies, at an instant of the slot's own; nil, which never delivers, if it does not.
func (s *Slot) death(now time.Duration) (<-chan time.Time, time.Duration) {
	dies, _ := s.Fate.Death(now)
	if dies == requester.Never {
		return nil, dies
	}
	at := s.Aim(now, dies)
	return time.After(at - now), at
}

// dies lets a job be lost with the life of the worker, and returns the verdict on it.
func (s *Slot) dies(job *Job, now time.Duration) requester.Verdict {
	s.perish(job)
	verdict, _ := s.Fate.buries(job.Dispatched, now)
	return verdict
}

// inquire asks the balancer behind, and waits for its answer. If that is a rejection, the requester is only told that the proxy has failed.
// If the request was swallowed behind, the proxy does not learn that: it waits for as long as the requester does.
func (s *Slot) inquire(job *Job, now time.Duration, answer *requester.Response) (time.Duration, requester.Verdict, bool) {
	p := s.Proxy
	if p.asked == nil {
		p.asked = new(requester.Request)
	}
	*p.asked = *job.Request
	// It does not hand on Tried. The requester may use those lists for another unit of work once it has its answer, and if this proxy dies it
	// has that while the balancer behind still has what the proxy asked.
	p.asked.Reply, p.asked.Tried = p.Replies, nil
	now, v := s.pass(job, p.asked, now)
	if v != requester.Succeeded {
		answer.Finished = now
		return now, v, false
	}
	death, dies := s.death(now)
	select {
	case *answer = <-p.Replies:
		now = s.now()
	case <-death:
		p.abandon(&s.Tally)
		answer.Finished = dies
		return dies, s.dies(job, dies), false
	}
	now, alive := s.hears(job, now, answer)
	switch {
	case !alive:
		return now, s.dies(job, now), true
	case answer.Verdict == requester.Rejected:
		return now, requester.Failed, true
	}
	return now, answer.Verdict, true
}

// hears waits until an answer is home, at an instant of the slot's own, and tells whether the proxy lives to see it.
func (s *Slot) hears(job *Job, now time.Duration, a *requester.Response) (time.Duration, bool) {
	home := a.Home()
	var decided <-chan struct{}
	if a.Verdict == requester.Lost {
		home, decided = job.Request.Waits, job.Request.Decided
	}
	dies, _ := s.Fate.Death(now)
	wake := requester.Never
	var alarm <-chan time.Time
	if first := min(home, dies); first != requester.Never {
		wake = s.Aim(now, first)
		alarm = time.After(wake - now)
	}
	select {
	case <-alarm:
	case <-decided: // the requester waits no longer for what was swallowed, so the proxy does not, either
		s.pause()
		return s.now(), true
	case <-s.Proxy.over: // nor does it when the run is over
		s.pause()
		return s.now(), true
	}
	if s.Wall {
		wake = s.now()
	}
	if s.Resolution.Before(dies, home) {
		return wake, false
	}
	if now = s.standStill(wake); now == wake && !s.Wall && a.Verdict != requester.Lost {
		a.Lag = wake - home
	}
	_, lost := s.Fate.buries(job.Dispatched, now)
	return now, !lost || now == wake
}

// abandon leaves an answer behind, since the proxy that waited for it has died. collect counts it all the same.
func (p *Proxy) abandon(t *Tally) {
	p.collect(t)
	p.orphans = append(p.orphans, p.Replies)
	p.Replies, p.asked = make(chan requester.Response, 1), nil
}

// collect counts the answers that have come after the proxy had died. Each tells of an execution, or a burial, that no requester is told of.
func (p *Proxy) collect(t *Tally) {
	rest := p.orphans[:0]
	for _, orphan := range p.orphans {
		select {
		case a := <-orphan:
			switch {
			case a.Served() && a.Verdict == requester.Lost:
				t.Broken++
			case a.Served():
				t.Duplicated++
			case isBurial(&a):
				t.Reburied++
			}
			if a.Served() {
				t.MoreService += a.Finished - a.Began
			}
		default:
			rest = append(rest, orphan)
		}
	}
	p.orphans = rest
}
