package reference

import (
	"context"
	"time"

	"waza/balancer"
	"waza/report"
	"waza/requester"
	"waza/strategy"
	"waza/worker"
)

// RoundTrips sends requests by plain requesters through waza's balancer to waza's workers: what the original does.
func RoundTrips(workers, requesters, requests int) {
	chosen, err := strategy.New("least-loaded", strategy.Parameters{}, nil)
	if err != nil {
		panic(err) // the table of strategies is wrong
	}
	window := report.NewWindow(0, time.Hour)
	balance := balancer.New(chosen)
	balance.Backlog, balance.Epoch, balance.Window = balancer.Unlimited, time.Now(), window
	in, done, control := make(chan *requester.Request, requesters), make(chan *worker.Job, requesters), make(chan balancer.Control)
	ended := make(chan struct{})
	go func() { balance.Run(in, done, control); close(ended) }()
	var queues []chan *worker.Job
	for id := range workers {
		queue := make(chan *worker.Job, 1025)
		queues = append(queues, queue)
		slot := &worker.Slot{
			Worker: id, Speed: 1, Epoch: balance.Epoch, Window: window,
			Aim: func(_, due time.Duration) time.Duration { return due }, Wall: true, Stop: ended,
		}
		go slot.Run(context.Background(), queue)
		control <- balancer.Join{Worker: id, Concurrency: 1, Limit: cap(queue), Queue: queue}
	}
	InParallel(requesters, func(i int) {
		answer := make(chan requester.Response, 1)
		r := &requester.Request{End: requester.Never, Reply: answer}
		for range Share(requests, requesters, i) {
			in <- r
			<-answer
		}
	})
	control <- balancer.Stop{}
	<-ended
	for _, queue := range queues {
		close(queue)
	}
}
