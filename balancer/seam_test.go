package balancer

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/internal/instant"
	"waza/requester"
	"waza/strategy"
	"waza/worker"
)

// always is a window in which everything is measured.
type always struct{}

func (always) Known() instant.Interval {
	return instant.Interval{Close: requester.Never, Last: requester.Never}
}

// A tier is one balancer with its channels.
type tier struct {
	*Balancer
	in      chan *requester.Request
	done    chan *worker.Job
	control chan Control
	ended   chan struct{}
}

func newTier(t *testing.T, epoch time.Time) *tier {
	t.Helper()
	s, err := strategy.New("least-loaded", strategy.Parameters{}, nil)
	require.NoError(t, err)
	tier := &tier{New(s), make(chan *requester.Request), make(chan *worker.Job), make(chan Control), make(chan struct{})}
	tier.Backlog, tier.Epoch, tier.Window = Unlimited, epoch, always{}
	go func() { tier.Run(tier.in, tier.done, tier.control); close(tier.ended) }()
	return tier
}

// behind is a tier that proxies ask.
func behind(t *testing.T, epoch time.Time) *tier {
	x := newTier(t, epoch)
	x.Tier = 1 // nothing has been sent to it: its goroutine waits, and the next message is later than this
	return x
}

func (x *tier) join(id, limit int, queue chan<- *worker.Job) {
	x.control <- Join{Worker: id, Concurrency: 1, Limit: limit, Queue: queue}
}

func (x *tier) stop() {
	x.control <- Stop{}
	<-x.ended
}

// serve starts a worker with one slot.
func serve(id int, queue <-chan *worker.Job, epoch time.Time) {
	slot := &worker.Slot{Worker: id, Speed: 1, Epoch: epoch, Window: always{},
		Aim: func(_, due time.Duration) time.Duration { return due }}
	go slot.Run(context.Background(), queue)
}

// proxy is a worker whose service is asking the next balancer: it has a reply channel of its own, and then reports Done
// and replies like any worker. Neither balancer knows of it.
func proxy(id int, queue <-chan *worker.Job, next chan<- *requester.Request, epoch time.Time) {
	answer := make(chan requester.Response, 1)
	for job := range queue {
		passed := *job.Request
		passed.Reply = answer
		next <- &passed
		a := <-answer
		r := job.Request
		job.Verdict, job.Finished = a.Verdict, time.Since(epoch)
		job.Done <- job
		a.Ticket, a.Worker = r.Ticket, id
		r.Reply <- a
	}
}

// ask sends n requests with 1 ms of work at once and returns how many of each worker's answers came back well.
func ask(n int, to chan<- *requester.Request) map[int]int {
	answers := make(chan requester.Response, n)
	for i := range n {
		to <- &requester.Request{ID: i, Attempt: 1, Work: time.Millisecond, End: requester.Never, Reply: answers}
	}
	got := map[int]int{}
	for range n {
		if a := <-answers; a.Verdict == requester.Succeeded {
			got[a.Worker]++
		}
	}
	return got
}

// TestTwoTiers puts proxies between two tiers of balancers, which do not change for it: two proxies ask a balancer each,
// with two workers behind each of these.
func TestTwoTiers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		epoch := time.Now()
		front := newTier(t, epoch)
		var back []*tier
		var queues []chan *worker.Job
		for id := range 2 {
			next := behind(t, epoch)
			for w := range 2 {
				queue := make(chan *worker.Job, 2)
				serve(w, queue, epoch)
				next.join(w, 2, queue)
				queues = append(queues, queue)
			}
			queue := make(chan *worker.Job, 5)
			go proxy(id, queue, next.in, epoch)
			front.join(id, 5, queue)
			back, queues = append(back, next), append(queues, queue)
		}
		assert.Equal(t, map[int]int{0: 10, 1: 10}, ask(20, front.in))
		front.stop()
		for _, next := range back {
			next.stop()
			assert.Equal(t, 10, next.Ledger().Completed)
		}
		for _, queue := range queues {
			close(queue)
		}
	})
}

// TestEachTierKnowsWhatItHasTried sends two attempts of one request through a proxy: the balancer behind it has worker 0 for the first
// and worker 1 for the second, for it has not met proxy 0, and it is its own workers that it avoids.
func TestEachTierKnowsWhatItHasTried(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		epoch := time.Now()
		front, next := newTier(t, epoch), behind(t, epoch)
		var queues []chan *worker.Job
		for w := range 2 {
			queue := make(chan *worker.Job, 2)
			serve(w, queue, epoch)
			next.join(w, 2, queue)
			queues = append(queues, queue)
		}
		queue := make(chan *worker.Job, 5)
		go proxy(0, queue, next.in, epoch)
		front.join(0, 5, queue)
		queues = append(queues, queue)

		var tried requester.Tried
		answers := make(chan requester.Response, 2)
		for attempt := range 2 {
			front.in <- &requester.Request{
				Attempt: attempt + 1, Work: time.Millisecond, End: requester.Never, Tried: &tried, Reply: answers,
			}
			<-answers
		}
		assert.Equal(t, requester.Tried{{0, 0}, {0, 1}}, tried)
		front.stop()
		next.stop()
		for _, queue := range queues {
			close(queue)
		}
	})
}

// TestTwoBalancersOverTheSameWorkers holds that a Done returns to the balancer that sent the work, and that none ever
// blocks: each may hold its share of a worker's room, and the queue has room for the sum.
func TestTwoBalancersOverTheSameWorkers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		epoch := time.Now()
		one, two := newTier(t, epoch), newTier(t, epoch)
		var queues []chan *worker.Job
		for id := range 3 {
			queue := make(chan *worker.Job, 4)
			serve(id, queue, epoch)
			one.join(id, 2, queue)
			two.join(id, 2, queue)
			queues = append(queues, queue)
		}
		answers := make(chan map[int]int)
		for _, balancer := range []*tier{one, two} {
			go func() { answers <- ask(30, balancer.in) }()
		}
		total := 0
		for range 2 {
			for _, n := range <-answers {
				total += n
			}
		}
		assert.Equal(t, 60, total)
		for _, balancer := range []*tier{one, two} {
			balancer.stop()
			ledger := balancer.Ledger()
			assert.Equal(t, 30, ledger.Completed, "its own and no other's")
			for _, book := range ledger.Workers {
				assert.LessOrEqual(t, book.MostEver, 2)
			}
		}
		for _, queue := range queues {
			close(queue)
		}
	})
}
