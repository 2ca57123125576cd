package report

import (
	"waza/requester"
)

// requests are the measured ones, those that began inside the window, and the rest: they count where it never opened.
type requests struct {
	window         *Window
	measured, rest *sample
}

func newRequests(window *Window) *requests {
	return &requests{window: window, measured: newSample(), rest: newSample()}
}

func (q *requests) add(block []requester.Outcome) {
	w := q.window.known()
	for i := range block {
		if o := &block[i]; w.contains(o.Start) {
			q.measured.add(o)
		} else {
			q.rest.add(o)
		}
	}
}

func (q *requests) describe(r *Result, e *ending) {
	if e.whole {
		q.measured.merge(q.rest)
	}
	q.measured.describe(r, e.second)
}

// sample holds the figures of a set of requests, each request followed to its end.
type sample struct {
	requests, succeeded, tries int
	served, waited             int  // of the answered: a worker served it; its service did not start at once
	work                       wide // of the succeeded, nanoseconds asked for

	latency      distribution // of the succeeded, ns: this is also their answer time
	unsuccessful distribution // answer time of the others, ns
	wait         distribution // of the succeeded, ns
	service      distribution // of the succeeded, ns
	slowdown     distribution // of the succeeded, millionths
}

func newSample() *sample {
	return &sample{
		latency: newDistribution(), unsuccessful: newDistribution(), wait: newDistribution(),
		service: newDistribution(), slowdown: newDistribution(),
	}
}

func (s *sample) add(o *requester.Outcome) {
	s.requests++
	s.tries += o.Tries()
	if o.Began != requester.Never && (o.Verdict == requester.Succeeded || o.Verdict == requester.Failed) {
		s.served++
		if o.Began > o.Offered {
			s.waited++
		}
	}
	if o.Verdict != requester.Succeeded {
		s.unsuccessful.add(int64(o.Decided - o.Start))
		return
	}
	latency := o.Decided - o.Start
	s.succeeded++
	s.latency.add(int64(latency))
	s.work.add(uint64(o.Work))
	if o.Work > 0 && latency >= 0 {
		s.slowdown.add(millionths(int64(latency), int64(o.Work)))
	}
	if o.Began != requester.Never {
		s.wait.add(int64(o.Began - o.Offered))
		s.service.add(int64(o.Finished - o.Began))
	}
}

func (s *sample) merge(other *sample) {
	s.requests += other.requests
	s.succeeded += other.succeeded
	s.tries += other.tries
	s.served += other.served
	s.waited += other.waited
	s.work.merge(other.work)
	s.latency.merge(&other.latency)
	s.unsuccessful.merge(&other.unsuccessful)
	s.wait.merge(&other.wait)
	s.service.merge(&other.service)
	s.slowdown.merge(&other.slowdown)
}

// describe writes the sample's figures into r.
func (s *sample) describe(r *Result, second int64) {
	answer := newDistribution()
	answer.merge(&s.latency)
	answer.merge(&s.unsuccessful)
	r.MeasuredRequests = s.requests
	r.LatencySeconds = s.latency.spread(second)
	r.AnswerSeconds = answer.spread(second)
	r.WaitSeconds = s.wait.spread(second)
	r.ServiceSeconds = s.service.spread(second)
	r.Slowdown = s.slowdown.spread(1_000_000)
	r.SuccessShare = ratio(float64(s.succeeded), float64(s.requests))
	r.AttemptsPerRequest = ratio(float64(s.tries), float64(s.requests))
	r.WaitedShare = ratio(float64(s.waited), float64(s.served))
	r.Latency = s.latency.histogram
	r.OutOfRange = s.latency.outOfRange + answer.outOfRange + s.wait.outOfRange + s.service.outOfRange + s.slowdown.outOfRange
	if s.succeeded > 0 {
		r.WorkSeconds = s.work.over(float64(s.succeeded) * float64(second))
	}
}
