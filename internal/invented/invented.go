// Package invented makes up runs for the tests of what is reported: outcomes and facts as if processes had counted them,
// complete enough for all identities to hold, and without any process.
package invented

import (
	"math/rand/v2"
	"time"

	"waza/balancer"
	"waza/report"
	"waza/requester"
)

// A Run is made up as it says: requests arrive in a Poisson process and the worker that is free first, or any, serves each
// in turn. Its balancer is one, and costs no time.
type Run struct {
	Workers, Requests int     // at least 1
	Load              float64 // above 0
	Seed              uint64
	Blind             bool          // any worker serves, else the one that is free first
	Timeout           time.Duration // 0: none; a request that waited so long is skipped
}

// MeanWork is that of all requests; their work is exponential.
const MeanWork = 10 * time.Millisecond

// End is when the last request is expected.
func (v Run) End() time.Duration { return time.Duration(float64(v.Requests) / v.rate() * 1e9) }

// Window leaves out the first tenth of the arrivals' time.
func (v Run) Window() *report.Window { return report.NewWindow(v.End()/10, v.End()) }

func (v Run) rate() float64 { return v.Load * float64(v.Workers) / MeanWork.Seconds() }

// Outcomes returns what became of the requests, in the order of their ids, and what the processes would have counted.
func (v Run) Outcomes(window *report.Window) ([]requester.Outcome, report.Facts) {
	random := rand.New(rand.NewPCG(v.Seed, 0))
	free := make([]time.Duration, v.Workers)
	n := v.Requests
	ledger := balancer.Ledger{Admitted: n, Dispatched: n, Completed: n, Workers: make([]balancer.Book, v.Workers)}
	facts := report.Facts{Strategy: "pull", Workers: make([]report.WorkerFacts, v.Workers), Balancers: []balancer.Ledger{ledger}}
	for i := range facts.Workers {
		facts.Workers[i] = report.WorkerFacts{ID: i, Speed: 1, Concurrency: 1}
		ledger.Workers[i].Stays.Here = true // from the start to the end
	}
	outcomes := make([]requester.Outcome, n)
	var now time.Duration
	for id := range outcomes {
		now += time.Duration(random.ExpFloat64() / v.rate() * 1e9)
		work := time.Duration(random.ExpFloat64() * float64(MeanWork))
		w := v.pick(random, free)
		outcomes[id] = v.serve(id, now, max(now, free[w]), work, &facts.Workers[w], &ledger.Workers[w], window)
		if outcomes[id].Executed == 1 {
			free[w] = outcomes[id].Finished
		}
		facts.Ended = max(facts.Ended, outcomes[id].Finished)
	}
	return outcomes, facts
}

// pick returns the worker that serves the next request.
func (v Run) pick(random *rand.Rand, free []time.Duration) int {
	if v.Blind {
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

// serve lets a worker serve one request, or skip it, and counts it there and in the balancer's book.
func (v Run) serve(id int, start, began, work time.Duration, w *report.WorkerFacts, k *balancer.Book, window *report.Window) requester.Outcome {
	o := requester.Outcome{
		ID: id, Requester: id % 7, Priority: uint8(id % 3), Zone: uint8(id % 2), Work: work, Start: start, Decided: began + work, Executed: 1, Service: work,
		Worker: w.ID, Offered: start, Dispatched: start, Began: began, Finished: began + work,
	}
	w.Received++
	if v.Timeout > 0 && began-start >= v.Timeout {
		o.Verdict, o.Decided, o.Began, o.Finished = requester.TimedOut, start+v.Timeout, requester.Never, began
		o.Executed, o.Service, o.Skipped = 0, 0, 1
		w.Skipped++
	} else {
		w.Begun++
		w.Answered++
		if window.Contains(o.Finished) {
			w.AnsweredInside++
		}
		w.Busy += work
		w.Ended = max(w.Ended, o.Finished)
		w.BusyInside += window.Overlap(o.Began, o.Finished)
		if window.Contains(o.Began) {
			w.BegunInside++
		}
	}
	o.Attempts[o.Verdict] = 1
	k.Sojourns += o.Finished - start
	k.Pending += o.Finished - start
	k.PendInside += float64(window.Overlap(start, o.Finished))
	k.MostEver, k.MostPending = 9, 8
	return o
}

// Fold returns the fold of outcomes that come in blocks of so many, at least 1.
func Fold(options report.Options, outcomes []requester.Outcome, block int) *report.Fold {
	blocks := make(chan []requester.Outcome, len(outcomes)/block+1) // room for all: there is no second goroutine
	for len(outcomes) > block {
		blocks <- outcomes[:block]
		outcomes = outcomes[block:]
	}
	blocks <- outcomes
	close(blocks)
	f := report.NewFold(options)
	f.Run(blocks, nil)
	return f
}

// Result returns the figures of the run under a strategy of that name.
func (v Run) Result(strategy string) (report.Result, error) {
	window := v.Window()
	outcomes, facts := v.Outcomes(window)
	facts.Strategy = strategy
	return Fold(report.Options{Window: window, Expected: v.Requests}, outcomes, 100).Result(facts)
}
