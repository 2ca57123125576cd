package worker_test

import (
	"context"
	"fmt"
	"time"

	"waza/internal/virtualtime"
	"waza/report"
	"waza/requester"
	"waza/worker"
)

// A slot serves what lies in its queue, one job after the other. Each time it first tells the balancer, on the job's Done, and
// then answers the requester. It ends when the queue is closed.
func Example() {
	_ = virtualtime.Run(func() {
		slot := &worker.Slot{
			Worker: 7, Speed: 2, Epoch: time.Now(), Window: report.NewWindow(0, time.Hour),
			Aim: func(_, due time.Duration) time.Duration { return due },
		}
		queue, done, reply := make(chan *worker.Job, 2), make(chan *worker.Job, 2), make(chan requester.Response, 2)
		for id := range 2 {
			request := &requester.Request{ID: id, Ticket: id, Work: 10 * time.Millisecond, End: requester.Never, Reply: reply}
			queue <- &worker.Job{Request: request, Done: done}
		}
		close(queue)
		slot.Run(context.Background(), queue)

		for range 2 {
			job, answer := <-done, <-reply
			fmt.Printf("request %d: %v, served from %v to %v\n", job.Request.ID, answer.Verdict, answer.Began, answer.Finished)
		}
		fmt.Println("busy for", slot.Tally.Busy)
	})
	// Output:
	// request 0: succeeded, served from 0s to 5ms
	// request 1: succeeded, served from 5ms to 10ms
	// busy for 10ms
}
