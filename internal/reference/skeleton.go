package reference

import (
	"math/rand/v2"
	"time"
)

// Skeleton plays what waza's goroutines do and nothing of what they decide or record: requesters sleep and ask, a
// balancer that takes its workers in turn hands on, workers sleep and report. So many goroutines woken at random are what this
// design costs at least; the rest is waza's.
func Skeleton(workers, requesters, requests int, load float64) {
	ask, done, stop := make(chan chan<- time.Time), make(chan struct{}), make(chan struct{})
	queues := make([]chan chan<- time.Time, workers)
	for i := range queues {
		queues[i] = make(chan chan<- time.Time, 1024)
		draw := rand.New(rand.NewPCG(1, uint64(i)))
		go func() {
			for reply := range queues[i] {
				time.Sleep(time.Duration(draw.ExpFloat64() * 1e7))
				done <- struct{}{}
				reply <- time.Time{}
			}
		}()
	}
	ended := make(chan struct{})
	go func() {
		takeTurns(queues, ask, done, stop)
		close(ended)
	}()
	gap := float64(requesters) * 1e7 / (load * float64(workers))
	InParallel(requesters, func(i int) {
		draw := rand.New(rand.NewPCG(2, uint64(i)))
		replies := make(chan time.Time, 1+Share(requests, requesters, i))
		for range Share(requests, requesters, i) {
			time.Sleep(time.Duration(draw.ExpFloat64() * gap))
			ask <- replies
			for len(replies) > 0 {
				<-replies
			}
		}
	})
	close(stop)
	<-ended
}

// takeTurns hands requests to the queues in turn until it is stopped and all of them are done.
func takeTurns(queues []chan chan<- time.Time, ask <-chan chan<- time.Time, done, stop <-chan struct{}) {
	next, out := 0, 0
	for stopped := false; !stopped || out > 0; {
		select {
		case reply := <-ask:
			queues[next%len(queues)] <- reply
			next++
			out++
		case <-done:
			out--
		case <-stop:
			stopped, stop = true, nil // it stays closed
		}
	}
	for _, queue := range queues {
		close(queue)
	}
}
