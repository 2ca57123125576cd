package simulation

import (
	"math/rand/v2"
	"time"

	"waza/report"
	"waza/requester"
	"waza/worker"
)

// proxy is what makes a slot one of a proxy, in a stage before another; nil: its stage is that of the workers.
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

// takes returns how long it takes to pass a request on. Each draw is a hash of what it is about, so that every strategy meets the same: the
// generator begins anew for each attempt.
func (s *stage) takes() func(*requester.Request) time.Duration {
	source := rand.NewPCG(0, 0)
	sample := s.Proxies.Work.Sampler(source)
	return func(r *requester.Request) time.Duration {
		const bits = 1 << 52
		source.Seed(uint64(bits*requester.Chance(s.Seed, 'p', uint64(r.ID), uint64(r.Attempt))), 0)
		return sample()
	}
}

// time lets the times of passages be counted, where there are proxies.
func (s *stage) time() {
	if s.next == nil {
		return
	}
	s.responses = report.NewPassages(s.window, int64(s.scale), s.Workers)
	s.passages = make(chan worker.Passage, 256) // whoever counts them is no part of the system: the fewer switches the better
}

// eachTimer returns what counts them.
func (s *stage) eachTimer() []func() {
	if s.next == nil {
		return nil
	}
	return []func(){func() { s.responses.Run(s.passages) }}
}
