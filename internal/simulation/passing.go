package simulation

import (
	"math/rand/v2"
	"time"

	"waza/report"
	"waza/requester"
	"waza/worker"
)

// proxy returns what makes a slot one of a proxy; nil, in the stage of the workers.
func (s *stage) proxy() *worker.Proxy {
	if s.next == nil {
		return nil
	}
	p := &worker.Proxy{Takes: s.takes(), Next: s.next.balancers[0].ask, Passages: s.passages}
	if s.Proxies.Waits {
		p.Replies = make(chan requester.Response, 1) // a slot waits for one answer at a time
	}
	return p
}

// takes returns a function that draws how long it takes to pass a request on. The generator begins anew for each attempt, with a hash of what
// the draw is about, so that every strategy meets the same.
func (s *stage) takes() func(*requester.Request) time.Duration {
	source := rand.NewPCG(0, 0)
	sample := s.Proxies.Work.Sampler(source)
	return func(r *requester.Request) time.Duration {
		const bits = 1 << 52
		source.Seed(uint64(bits*requester.Chance(s.Seed, 'p', uint64(r.ID), uint64(r.Attempt))), 0)
		return sample()
	}
}

// time prepares to measure how long requests are at the proxies, if there are any.
func (s *stage) time() {
	if s.next == nil {
		return
	}
	s.responses = report.NewPassages(s.window, int64(s.scale), s.Workers)
	s.passages = make(chan worker.Passage, 256) // what measures is no part of the system, so a buffer may save switches
}

// eachTimer returns what measures that.
func (s *stage) eachTimer() []func() {
	if s.next == nil {
		return nil
	}
	return []func(){func() { s.responses.Run(s.passages) }}
}
