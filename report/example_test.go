package report_test

import (
	"fmt"
	"time"

	"waza/balancer"
	"waza/report"
	"waza/requester"
	"waza/worker"
)

// A Fold makes figures of what requesters tell. In the end it compares that with what the balancer and the worker have counted.
func Example() {
	const ms = time.Millisecond
	served := func(id int, start, began time.Duration) requester.Outcome {
		o := requester.Outcome{
			ID: id, Work: 10 * ms, Start: start, Offered: start, Dispatched: start, Executed: 1, Service: 10 * ms,
			Began: began, Finished: began + 10*ms, Decided: began + 10*ms,
		}
		o.Attempts[requester.Succeeded] = 1
		return o
	}
	fold := report.NewFold(report.Options{Window: report.NewWindow(0, 40*ms), Expected: 2})
	blocks := make(chan []requester.Outcome, 1)
	blocks <- []requester.Outcome{served(0, 0, 0), served(1, 4*ms, 10*ms)}
	close(blocks)
	fold.Run(blocks, nil)

	facts := report.Facts{
		Ended: 40 * ms,
		Workers: []report.WorkerFacts{{Speed: 1, Concurrency: 1, Tally: worker.Tally{
			Received: 2, Begun: 2, BegunInside: 2, Answered: 2, AnsweredInside: 2, Busy: 20 * ms, BusyInside: 20 * ms,
		}}},
		Balancers: []balancer.Ledger{{Admitted: 2, Dispatched: 2, Completed: 2}},
	}
	r, err := fold.Result(facts)
	fmt.Println("mean latency", *r.LatencySeconds.Mean, "s, of which", *r.WaitSeconds.Mean, "s waiting:", err)

	facts.Balancers[0].Completed = 1 // as if a Done had been lost
	_, err = fold.Result(facts)
	fmt.Println(err)
	// Output:
	// mean latency 0.013 s, of which 0.003 s waiting: <nil>
	// accounting: dispatched: balancers sent 2, balancers saw done or forgot 1
}
