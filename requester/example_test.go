package requester_test

import (
	"context"
	"fmt"
	"time"

	"waza/internal/virtualtime"
	"waza/requester"
)

// A requester issues requests at the instants of its arrivals, and gives up an attempt whose time is over. Here it asks every 10 ms
// for work of 4 ms; serve answers in the place of a balancer and its workers, and once it takes too long.
func Example() {
	_ = virtualtime.Run(func() {
		r := &requester.Requester{
			Of: 1, Quota: 3, Arrivals: &requester.ConstantArrivals{Rate: 100, Step: 1, Total: 3},
			Work:    requester.Constant(4 * time.Millisecond).Sampler(nil),
			Timeout: 5 * time.Millisecond, BlockSize: 3, Epoch: time.Now(),
			Aim: func(_, due time.Duration) time.Duration { return due },
		}
		ask, answers := make(chan *requester.Request), make(chan requester.Response, 3)
		outcomes, used := make(chan []requester.Outcome, 1), make(chan []requester.Outcome, 1)
		go serve(ask, r.Epoch)
		r.Run(context.Background(), context.Background(), ask, answers, outcomes, used, nil)
		close(ask)

		for _, o := range <-outcomes {
			fmt.Printf("request %d, meant for %v: %v after %v\n", o.ID, o.Start, o.Verdict, o.Decided-o.Start)
		}
	})
	// Output:
	// request 0, meant for 0s: succeeded after 4ms
	// request 1, meant for 10ms: timed_out after 5ms
	// request 2, meant for 20ms: succeeded after 4ms
}

// serve answers in the place of a balancer and its workers. It takes twice as long for request 1.
func serve(ask <-chan *requester.Request, epoch time.Time) {
	for request := range ask {
		began := time.Since(epoch)
		time.Sleep(request.Work)
		if request.ID == 1 {
			time.Sleep(request.Work)
		}
		request.Reply <- requester.Response{
			Ticket: request.Ticket, Verdict: requester.Succeeded, Began: began, Finished: time.Since(epoch),
		}
	}
}
