package report

import (
	"waza/internal/instant"
	"waza/requester"
)

// requests are the measured ones, those that began inside the window, and the rest: they count where it never opened.
type requests struct {
	window         *Window
	measured, rest *sample
}

func newRequests(o *Options) *requests {
	return &requests{window: o.Window, measured: newSample(o), rest: newSample(o)}
}

func (q *requests) add(block []requester.Outcome) {
	w := q.window.Known()
	for i := range block {
		if o := &block[i]; w.Contains(o.Start) {
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
	q.measured.describe(r)
}

// sample holds the figures of a set of requests, each request followed to its end.
type sample struct {
	requests, succeeded, tries int
	served, waited             int  // of the answered: a worker served it; its service did not start at once
	work                       wide // of the succeeded, nanoseconds asked for
	services, unserved         int  // services begun, whatever their answers; requests for which none was
	slots                      wide // ns that these services took

	resolution   instant.Resolution
	latency      *Distribution // of the succeeded, ns: this is also their answer time
	unsuccessful *Distribution // answer time of the others, ns
	wait         *Distribution // of the succeeded, ns
	service      *Distribution // of the succeeded, ns
	slowdown     *Distribution // of the succeeded, millionths
}

// newSample returns an empty sample of what a run tells on its clock.
func newSample(options *Options) *sample {
	const whole = 1_000_000
	second := options.second()
	return &sample{
		resolution: options.Window.resolution,
		latency:    NewDistribution(second), unsuccessful: NewDistribution(second), wait: NewDistribution(second),
		service: NewDistribution(second), slowdown: NewDistribution(whole),
	}
}

func (s *sample) add(o *requester.Outcome) {
	s.requests++
	s.tries += o.Tries()
	s.services += int(o.Executed)
	s.slots.add(uint64(o.Service))
	if o.Executed == 0 {
		s.unserved++
	}
	if o.Began != requester.Never && (o.Verdict == requester.Succeeded || o.Verdict == requester.Failed) {
		s.served++
		if s.resolution.Before(o.Offered, o.Began) {
			s.waited++
		}
	}
	if o.Verdict != requester.Succeeded {
		s.unsuccessful.Add(int64(o.Decided - o.Start))
		return
	}
	latency := o.Decided - o.Start
	s.succeeded++
	s.latency.Add(int64(latency))
	s.work.add(uint64(o.Work))
	if o.Work > 0 {
		s.slowdown.add(millionths(int64(latency), int64(o.Work)))
	}
	if o.Began != requester.Never {
		s.wait.Add(int64(o.Began - o.Offered))
		s.service.Add(int64(o.Finished - o.Began))
	}
}

func (s *sample) merge(other *sample) {
	s.requests += other.requests
	s.succeeded += other.succeeded
	s.tries += other.tries
	s.served += other.served
	s.waited += other.waited
	s.work.merge(other.work)
	s.services += other.services
	s.unserved += other.unserved
	s.slots.merge(other.slots)
	s.latency.merge(other.latency)
	s.unsuccessful.merge(other.unsuccessful)
	s.wait.merge(other.wait)
	s.service.merge(other.service)
	s.slowdown.merge(other.slowdown)
}

// describe writes the sample's figures into r.
func (s *sample) describe(r *Result) {
	answer := NewDistribution(s.latency.unit)
	answer.merge(s.latency)
	answer.merge(s.unsuccessful)
	r.MeasuredRequests = Count(s.requests)
	r.LatencySeconds = s.latency.spread()
	r.AnswerSeconds = answer.spread()
	r.WaitSeconds = s.wait.spread()
	r.ServiceSeconds = s.service.spread()
	r.Slowdown = s.slowdown.spread()
	r.SuccessShare = ratio(float64(s.succeeded), float64(s.requests))
	r.AttemptsPerRequest = ratio(float64(s.tries), float64(s.requests))
	r.WaitedShare = ratio(float64(s.waited), float64(s.served))
	r.Latency = s.latency
	r.BeyondSlowdowns = Count(s.slowdown.beyond)
	if s.succeeded > 0 {
		r.WorkSeconds = s.work.over(float64(s.succeeded) * float64(s.latency.unit))
	}
	if s.services > 0 {
		service := s.slots.over(float64(s.services) * float64(s.latency.unit))
		r.SlotSeconds = service * float64(s.services+s.unserved) / float64(s.requests)
	}
}
