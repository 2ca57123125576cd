package report

import (
	"time"

	"waza/requester"
)

// sample holds the figures of a set of requests, each request followed to its end.
type sample struct {
	requests, succeeded, tries int
	served, waited             int  // of the answered: a worker served it; its service did not start at once
	work                       wide // of the succeeded, nanoseconds asked for

	latency  distribution // of the succeeded, ns
	answer   distribution // of all, ns
	wait     distribution // of the succeeded, ns
	service  distribution // of the succeeded, ns
	slowdown distribution // of the succeeded, millionths
}

func newSample() *sample {
	return &sample{
		latency: newDistribution(), answer: newDistribution(), wait: newDistribution(),
		service: newDistribution(), slowdown: newDistribution(),
	}
}

func (s *sample) add(o *requester.Outcome) {
	s.requests++
	s.tries += o.Tries()
	s.answer.add(int64(o.Decided - o.Start))
	answered := o.Verdict == requester.Succeeded || o.Verdict == requester.Failed
	if answered && o.Began != requester.Never {
		s.served++
		if o.Began > o.Offered {
			s.waited++
		}
	}
	if o.Verdict == requester.Succeeded {
		s.addSucceeded(o)
	}
}

func (s *sample) addSucceeded(o *requester.Outcome) {
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
	s.answer.merge(&other.answer)
	s.wait.merge(&other.wait)
	s.service.merge(&other.service)
	s.slowdown.merge(&other.slowdown)
}

func (s *sample) outOfRange() int {
	return s.latency.outOfRange + s.answer.outOfRange + s.wait.outOfRange + s.service.outOfRange + s.slowdown.outOfRange
}

// describe writes the sample's figures into r.
func (s *sample) describe(r *Result) {
	const second = int64(time.Second)
	r.MeasuredRequests = s.requests
	r.LatencySeconds = s.latency.spread(second)
	r.AnswerSeconds = s.answer.spread(second)
	r.WaitSeconds = s.wait.spread(second)
	r.ServiceSeconds = s.service.spread(second)
	r.Slowdown = s.slowdown.spread(1_000_000)
	r.SuccessShare = ratio(float64(s.succeeded), float64(s.requests))
	r.AttemptsPerRequest = ratio(float64(s.tries), float64(s.requests))
	r.WaitedShare = ratio(float64(s.waited), float64(s.served))
	r.Latency = s.latency.histogram
}

// flow holds what passed during a time, whichever requests it belonged to.
type flow struct {
	answers  int  // requests that were answered, well or with an error
	good     int  // of these, well
	useful   wide // ns of service that gave the answers that were used
	inSystem wide // ∫ N dt, ns
}

// add counts a request that was decided during the time, or not, and spent so much of its service and of its
// life in it.
func (f *flow) add(o *requester.Outcome, decided bool, service, life time.Duration) {
	f.inSystem.add(uint64(life))
	if o.Verdict == requester.Succeeded {
		f.useful.add(uint64(service))
	}
	if !decided {
		return
	}
	switch o.Verdict {
	case requester.Succeeded:
		f.answers++
		f.good++
	case requester.Failed:
		f.answers++
	}
}

// describe writes the rates over a time of this length, in which workers were busy for so long, into r.
func (f *flow) describe(r *Result, length, busy time.Duration) {
	r.Throughput = ratio(float64(f.answers), length.Seconds())
	r.Goodput = ratio(float64(f.good), length.Seconds())
	r.MeanInSystem = ratio(f.inSystem.over(1), float64(length))
	if busy > 0 {
		wasted := float64(int64(busy)-int64(f.useful.low)) / float64(busy) // useful is part of busy: both fit 63 bits
		r.WastedWorkShare = &wasted
	}
}
