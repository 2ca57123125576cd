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
	} else if t.Proxies.Waits {
		r.Lag = t.LanePeriod()
	}
	if t.Work != nil {
		r.Work = t.Work.Sampler(t.source(workRole, id))
	}
	if r.Closed = t.Arrivals == Closed; r.Closed {
		r.Warmup = t.coldRequests(quota)
	}
	r.Arrivals = t.arrivals(id, quota)
	if replay, is := r.Arrivals.(*requester.Replay); is {
		r.Work = replay.Work
	}
	t.characterize(r)
	return r
}

// arrivals says when the requests of that requester begin.
func (t *topology) arrivals(id, quota int) requester.Arrivals {
	switch t.Arrivals {
	case Constant:
		return &requester.ConstantArrivals{Rate: t.Rate, First: id, Step: t.Requesters, Total: t.Requests}
	case Gaps:
		return requester.NewGapArrivals(t.gaps, id, t.Requesters, t.Requests)
	case Closed:
		return &requester.ClosedArrivals{
			Left: quota, Think: t.Think.Sampler(t.source(thinkRole, id)), End: t.Duration, Resolution: t.resolution(),
		}
	case Trace:
		return &requester.Replay{Trace: t.Trace, First: id, Step: t.Requesters, Total: t.Requests}
	default:
		return t.poisson(id, quota)
	}
}

// coldRequests is how many of its requests are the warm-up of a requester in closed loop; -1: the time alone says when that is over.
func (c *Config) coldRequests(quota int) int {
	if c.WarmupTime > 0 {
		return -1
	}
	return int(c.Warmup * float64(quota))
}

// poisson returns Poisson arrivals, whose rate changes if the run has a curve.
func (t *topology) poisson(id, quota int) requester.Arrivals {
	even := requester.PoissonArrivals{Left: quota, End: t.length(), Rand: t.random(arrivalRole, id)}
	if t.curve == nil {
		return &even
	}
	return &requester.ShapedArrivals{PoissonArrivals: even, Curve: t.curve}
}

// withdrawal returns a function that tells all balancers which a request passes that it is decided, if the first of them is that one. In that
// instant they have nothing to do with each other.
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
	// A requester rarely waits for more answers than this; if it does, its mailbox grows.
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
