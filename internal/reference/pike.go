package reference

import (
	"container/heap"
	"time"
)

// This is the balancer of the Waza talk (Pike, 2012; go.dev/talks/2012/waza.slide), as it stands on the slides but
// for names, work that may take no time, and an end: the reference for what waza adds to it.

type pikeRequest struct {
	work time.Duration
	c    chan time.Time
}

type pikeWorker struct {
	requests chan pikeRequest
	pending  int
	index    int
}

func (w *pikeWorker) run(done chan *pikeWorker) {
	for req := range w.requests {
		if req.work > 0 {
			time.Sleep(req.work)
		}
		req.c <- time.Time{}
		done <- w
	}
}

type pikePool []*pikeWorker

func (p pikePool) Len() int           { return len(p) }
func (p pikePool) Less(i, j int) bool { return p[i].pending < p[j].pending }
func (p pikePool) Swap(i, j int) {
	p[i], p[j] = p[j], p[i]
	p[i].index, p[j].index = i, j
}
func (p *pikePool) Push(x any) {
	w := x.(*pikeWorker)
	w.index = len(*p)
	*p = append(*p, w)
}
func (p *pikePool) Pop() any {
	last := len(*p) - 1
	w := (*p)[last]
	*p = (*p)[:last]
	return w
}

type pikeBalancer struct {
	pool pikePool
	done chan *pikeWorker
}

func (b *pikeBalancer) balance(work <-chan pikeRequest, stop <-chan struct{}) {
	for {
		select {
		case req := <-work:
			b.dispatch(req)
		case w := <-b.done:
			b.completed(w)
		case <-stop:
			return
		}
	}
}

func (b *pikeBalancer) dispatch(req pikeRequest) {
	w := heap.Pop(&b.pool).(*pikeWorker)
	w.requests <- req
	w.pending++
	heap.Push(&b.pool, w)
}

func (b *pikeBalancer) completed(w *pikeWorker) {
	w.pending--
	heap.Remove(&b.pool, w.index)
	heap.Push(&b.pool, w)
}

// Pike plays closed-loop requesters that do not think against the original; work returns what requester i draws from.
// done has room for every worker, for with less the original deadlocks: a worker that reports waits for a balancer
// that waits for the worker's queue.
func Pike(workers, requesters, requests int, work func(i int) func() time.Duration) {
	b := &pikeBalancer{done: make(chan *pikeWorker, requesters+workers)}
	for range workers {
		w := &pikeWorker{requests: make(chan pikeRequest, requesters)}
		heap.Push(&b.pool, w)
		go w.run(b.done)
	}
	ask, stop := make(chan pikeRequest), make(chan struct{})
	go b.balance(ask, stop)
	InParallel(requesters, func(i int) {
		c, draw := make(chan time.Time), work(i)
		for range Share(requests, requesters, i) {
			ask <- pikeRequest{work: draw(), c: c}
			<-c
		}
	})
	close(stop)
	for _, w := range b.pool {
		close(w.requests)
	}
}
