package report

import (
	"math/rand/v2"
	"time"

	"waza/requester"
)

// An invention is a run made up for a test: requests arrive in a Poisson process and the worker that is free first,
// or any, serves each in turn. It is complete enough for all identities to hold.
type invention struct {
	workers, requests int
	load              float64
	seed              uint64
	blind             bool          // any worker serves, else the one that is free first
	timeout           time.Duration // 0: none; a request that waited so long is skipped
}

const meanWork = 10 * time.Millisecond

// window leaves out the first tenth of the arrivals' time.
func (v invention) window() *Window {
	t := time.Duration(float64(v.requests) / v.rate() * 1e9)
	return NewWindow(t/10, t)
}

func (v invention) rate() float64 { return v.load * float64(v.workers) / meanWork.Seconds() }

func (v invention) run(window *Window) ([]requester.Outcome, Facts) {
	random := rand.New(rand.NewPCG(v.seed, 0))
	free := make([]time.Duration, v.workers)
	facts := Facts{Strategy: "pull", Workers: make([]WorkerFacts, v.workers)}
	for i := range facts.Workers {
		facts.Workers[i] = WorkerFacts{ID: i, Speed: 1, Concurrency: 1, Books: make([]Book, 1)}
	}
	outcomes := make([]requester.Outcome, v.requests)
	var now time.Duration
	for id := range outcomes {
		now += time.Duration(random.ExpFloat64() / v.rate() * 1e9)
		work := time.Duration(random.ExpFloat64() * float64(meanWork))
		w := v.pick(random, free)
		outcomes[id] = v.serve(id, now, max(now, free[w]), work, &facts.Workers[w], window)
		if outcomes[id].Executed == 1 {
			free[w] = outcomes[id].Finished
		}
		facts.Ended = max(facts.Ended, outcomes[id].Finished)
	}
	n := v.requests
	facts.Balancer = BalancerFacts{Admitted: n, Dispatched: n, Completed: n}
	return outcomes, facts
}

// pick returns the worker that serves the next request.
func (v invention) pick(random *rand.Rand, free []time.Duration) int {
	if v.blind {
		return random.IntN(len(free))
	}
	first := 0
	for i := range free {
		if free[i] < free[first] {
			first = i
		}
	}
	return first
}

// serve lets a worker serve one request, or skip it, and counts it there.
func (v invention) serve(id int, start, began, work time.Duration, w *WorkerFacts, window *Window) requester.Outcome {
	o := requester.Outcome{
		ID: id, Requester: id % 7, Priority: uint8(id % 3), Zone: uint8(id % 2), Work: work, Start: start, Decided: began + work, Executed: 1, Service: work,
		Worker: w.ID, Offered: start, Dispatched: start, Began: began, Finished: began + work,
	}
	w.Received++
	if v.timeout > 0 && began-start >= v.timeout {
		o.Verdict, o.Decided, o.Began, o.Finished = requester.TimedOut, start+v.timeout, requester.Never, began
		o.Executed, o.Service, o.Skipped = 0, 0, 1
		w.Skipped++
	} else {
		w.Begun++
		w.Busy += work
		w.BusyInside += window.Overlap(o.Began, o.Finished)
		if window.Contains(o.Began) {
			w.BegunInside++
		}
	}
	o.Attempts[o.Verdict] = 1
	k := &w.Books[0]
	k.Held += o.Finished - start
	k.Pending += o.Finished - start
	k.PendInside += float64(window.Overlap(start, o.Finished))
	k.MostEver, k.MostPending = 9, 8
	return o
}

// folded returns the fold of outcomes that come in blocks of so many.
func folded(options Options, outcomes []requester.Outcome, block int) *Fold {
	blocks := make(chan []requester.Outcome, len(outcomes)/block+1) // room for all: there is no second goroutine
	for len(outcomes) > block {
		blocks <- outcomes[:block]
		outcomes = outcomes[block:]
	}
	blocks <- outcomes
	close(blocks)
	f := NewFold(options)
	f.Run(blocks, nil)
	return f
}

// result runs an invention and returns its figures.
func (v invention) result(strategy string) (Result, error) {
	window := v.window()
	outcomes, facts := v.run(window)
	facts.Strategy = strategy
	return folded(Options{Window: window, Expected: v.requests}, outcomes, 100).Result(facts)
}
