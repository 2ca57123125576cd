package simulation

import (
	"context"

	"waza/requester"
)

// blockSize is how many outcomes a requester hands over at once: enough to make the hand-over cheap, and few enough
// for the blocks of all requesters to stay in a core's cache.
const blockSize = 64

// newRequester returns the requester of that number.
func (t *topology) newRequester(id int, issuing context.Context) *requester.Requester {
	quota := t.Requests / t.Requesters
	if id < t.Requests%t.Requesters {
		quota++
	}
	r := &requester.Requester{
		ID: id, Of: t.Requesters, Quota: quota,
		Timeout: t.Timeout, Deadline: t.Deadline, Propagate: t.Propagate,
		Retries: t.Retries, Backoff: t.Backoff, Hedge: t.Hedge, Budget: t.budget(), Seed: t.Seed,
		BlockSize: blockSize, Cut: t.length() + t.Grace,
		Epoch: t.epoch, Aim: t.requesterLane(id), Resolution: t.resolution(), Noticed: t.noticed, Eager: t.Events,
	}
	if t.slow != nil && t.slow[id] {
		r.Upload = t.Upload
	}
	if t.WallClock {
		r.Wall, r.Stop = true, issuing.Done()
	}
	if t.Work != nil {
		r.Work = t.Work.Sampler(t.source(workRole, id))
	}
	switch t.Arrivals {
	case Poisson:
		r.Arrivals = t.poisson(id, quota)
	case Constant:
		r.Arrivals = &requester.ConstantArrivals{Rate: t.Rate, First: id, Step: t.Requesters, Total: t.Requests}
	case Gaps:
		r.Arrivals = requester.NewGapArrivals(t.gaps, id, t.Requesters, t.Requests)
	case Closed:
		r.Closed = true
		r.Warmup = t.cold(quota)
		r.Arrivals = &requester.ClosedArrivals{
			Left: quota, Think: t.Think.Sampler(t.source(thinkRole, id)), End: t.Duration, Resolution: t.resolution(),
		}
	case Trace:
		replay := &requester.Replay{Trace: t.Trace, First: id, Step: t.Requesters, Total: t.Requests}
		r.Arrivals, r.Work = replay, replay.Work
	}
	t.characterize(r)
	return r
}

// cold is how many requests of its quota are the warm-up of a requester in closed loop; -1: time alone opens the window.
func (c *Config) cold(quota int) int {
	if c.WarmupTime > 0 {
		return -1
	}
	return int(c.Warmup * float64(quota))
}

// poisson returns the arrivals of the requester of that number.
func (t *topology) poisson(id, quota int) requester.Arrivals {
	even := requester.PoissonArrivals{Left: quota, End: t.length(), Rand: t.random(arrivalRole, id)}
	if t.curve == nil {
		return &even
	}
	return &requester.ShapedArrivals{PoissonArrivals: even, Curve: t.curve}
}

// withdrawal tells all that a request passes which is offered to that balancer that it is decided. They have nothing to do with each other in
// that instant.
func (t *topology) withdrawal(asked int) func(decided <-chan struct{}) {
	balancers := []*node{t.stages[0].balancers[asked]}
	for _, behind := range t.stages[1:] {
		balancers = append(balancers, behind.balancers[0])
	}
	return func(decided <-chan struct{}) {
		for _, b := range balancers {
			b.withdraw(decided)
		}
	}
}

// eachRequester returns what the requesters do.
func (t *topology) eachRequester(issuing, run context.Context) []func() {
	// So many answers are usually out at once per requester; for more its mailbox grows.
	usual := 16 + 3*t.Workers*t.Concurrency/(2*len(t.requesters))
	asks := t.deal()
	var lives []func()
	for _, r := range t.requesters {
		answers := make(chan requester.Response, max(1, min(usual, r.Quota*t.Tries())))
		ask := t.stages[0].balancers[asks[r.ID]].ask
		if t.Hedge.On() && t.swallowing() {
			r.Withdraw = t.withdrawal(asks[r.ID])
		}
		lives = append(lives, func() { r.Run(issuing, run, ask, answers, t.outcomes, t.used, t.milestones) })
	}
	return lives
}
