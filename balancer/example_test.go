package balancer_test

import (
	"context"
	"fmt"
	"time"

	"waza/balancer"
	"waza/internal/virtualtime"
	"waza/report"
	"waza/requester"
	"waza/strategy"
	"waza/worker"
)

// This is the program of Pike's talk: three requesters ask one balancer, which hands each request to the less loaded of two
// workers. Every request is 10 ms of work, and every requester asks again as soon as it has its answer. It runs in simulated
// time; without virtualtime.Run the same goroutines run on the wall clock.
func Example() {
	_ = virtualtime.Run(func() {
		epoch, window := time.Now(), report.NewWindow(0, time.Hour)
		aim := func(_, due time.Duration) time.Duration { return due } // any instant will do: here no two coincide

		leastLoaded, _ := strategy.New("least-loaded", strategy.Parameters{}, nil)
		b := balancer.New(leastLoaded)
		b.Backlog, b.Epoch, b.Window, b.Aim = balancer.Unlimited, epoch, window, aim
		ask, done, control := make(chan *requester.Request), make(chan *worker.Job, 16), make(chan balancer.Control)
		balanced := make(chan bool)
		go func() { b.Run(ask, done, control); close(balanced) }()

		var queues []chan *worker.Job
		for id := range 2 {
			queue := make(chan *worker.Job, 10)
			queues = append(queues, queue)
			slot := &worker.Slot{Worker: id, Speed: 1, Epoch: epoch, Window: window, Aim: aim}
			go slot.Run(context.Background(), queue)
			control <- balancer.Join{Worker: id, Concurrency: 1, Limit: cap(queue), Weight: 1, Queue: queue}
		}

		asked := make(chan bool)
		for id := range 3 {
			go func() {
				time.Sleep(time.Duration(id) * time.Millisecond)
				reply := make(chan requester.Response, 1)
				for range 2 {
					ask <- &requester.Request{Requester: id, Work: 10 * time.Millisecond, End: requester.Never, Reply: reply}
					answer := <-reply
					fmt.Println(answer.Finished, "worker", answer.Worker, "has served requester", id)
				}
				asked <- true
			}()
		}
		for range 3 {
			<-asked
		}
		control <- balancer.Stop{}
		<-balanced
		for _, queue := range queues {
			close(queue) // ends the worker
		}
	})
	// Output:
	// 10ms worker 0 has served requester 0
	// 11ms worker 1 has served requester 1
	// 20ms worker 0 has served requester 2
	// 21ms worker 1 has served requester 0
	// 30ms worker 0 has served requester 1
	// 31ms worker 1 has served requester 2
}
