// Package reference holds what waza's cost is measured against: a simulation written for nothing but speed, the balancer
// of the Waza talk, and bare channels. Nothing but benchmarks imports it.
package reference

import (
	"math/rand/v2"
	"time"

	"github.com/HdrHistogram/hdrhistogram-go"

	"waza/requester"
)

// An EventLoop is the reference for the simulated clock: what a discrete-event simulation costs that is written for
// nothing but speed. One heap of events, typed and by value; no goroutine, no channel, no allocation per request.
// It draws from the same generators, picks the least pending worker from a heap of its own, and records latencies.
type EventLoop struct {
	now       time.Duration
	events    []event
	requests  []source
	workers   []server
	order     []int // heap of worker ids by pending
	latencies *hdrhistogram.Histogram
	Issued    int // requests so far
}

type event struct {
	at   time.Duration
	who  int32 // requester, or worker
	done bool
}

type source struct {
	arrivals requester.PoissonArrivals
	work     func() time.Duration
}

type server struct {
	pending int
	sent    int
	place   int
	queue   []job // ring
	head    int
}

type job struct{ start, work time.Duration }

// NewEventLoop returns a simulation of so many requests by so many requesters in open loop, with exponential work of
// 10 ms, over so many workers at that load.
func NewEventLoop(workers, requesters, requests int, load float64) *EventLoop {
	e := &EventLoop{latencies: hdrhistogram.New(1, 1e16, 3)}
	work := requester.Exponential(10 * time.Millisecond)
	length := time.Duration(float64(requests) / (load * float64(workers) / 0.01) * 1e9)
	for i := range requesters {
		e.requests = append(e.requests, source{
			arrivals: requester.PoissonArrivals{Left: requests / requesters, End: length, Rand: rand.New(rand.NewPCG(1, uint64(i)))},
			work:     work.Sampler(rand.NewPCG(2, uint64(i))),
		})
	}
	e.workers = make([]server, workers)
	for i := range e.workers {
		e.workers[i] = server{place: i, queue: make([]job, 16)}
		e.order = append(e.order, i)
	}
	return e
}

// Run plays it to its end.
func (e *EventLoop) Run() {
	for i := range e.requests {
		e.arrive(i)
	}
	for len(e.events) > 0 {
		ev := e.pop()
		e.now = ev.at
		if ev.done {
			e.complete(int(ev.who))
		} else {
			e.place(job{start: e.now, work: e.requests[ev.who].work()})
			e.arrive(int(ev.who))
		}
	}
}

func (e *EventLoop) arrive(who int) {
	if at, ok := e.requests[who].arrivals.Next(0); ok {
		e.push(event{at: at, who: int32(who)})
	}
}

func (e *EventLoop) place(j job) {
	id := e.order[0]
	w := &e.workers[id]
	e.Issued++
	w.sent = e.Issued
	if w.pending == len(w.queue) {
		grown := make([]job, 2*len(w.queue))
		for i := range w.pending {
			grown[i] = w.queue[(w.head+i)%len(w.queue)]
		}
		w.queue, w.head = grown, 0
	}
	w.queue[(w.head+w.pending)%len(w.queue)] = j
	w.pending++
	if w.pending == 1 {
		e.push(event{at: e.now + j.work, who: int32(id), done: true})
	}
	e.down(0)
}

func (e *EventLoop) complete(id int) {
	w := &e.workers[id]
	_ = e.latencies.RecordValue(int64(e.now - w.queue[w.head].start))
	w.head = (w.head + 1) % len(w.queue)
	w.pending--
	if w.pending > 0 {
		e.push(event{at: e.now + w.queue[w.head].work, who: int32(id), done: true})
	}
	e.up(w.place)
}

func (e *EventLoop) better(i, j int) bool {
	a, b := &e.workers[e.order[i]], &e.workers[e.order[j]]
	if a.pending != b.pending {
		return a.pending < b.pending
	}
	return a.sent < b.sent
}

func (e *EventLoop) swap(i, j int) {
	e.order[i], e.order[j] = e.order[j], e.order[i]
	e.workers[e.order[i]].place, e.workers[e.order[j]].place = i, j
}

func (e *EventLoop) up(i int) {
	for ; i > 0 && e.better(i, (i-1)/2); i = (i - 1) / 2 {
		e.swap(i, (i-1)/2)
	}
}

func (e *EventLoop) down(i int) {
	for 2*i+1 < len(e.order) {
		child := 2*i + 1
		if child+1 < len(e.order) && e.better(child+1, child) {
			child++
		}
		if !e.better(child, i) {
			return
		}
		e.swap(i, child)
		i = child
	}
}

func (e *EventLoop) push(ev event) {
	e.events = append(e.events, ev)
	for i := len(e.events) - 1; i > 0 && e.events[i].at < e.events[(i-1)/2].at; i = (i - 1) / 2 {
		e.events[i], e.events[(i-1)/2] = e.events[(i-1)/2], e.events[i]
	}
}

func (e *EventLoop) pop() event {
	first, last := e.events[0], len(e.events)-1
	e.events[0] = e.events[last]
	e.events = e.events[:last]
	for i := 0; 2*i+1 < last; {
		child := 2*i + 1
		if child+1 < last && e.events[child+1].at < e.events[child].at {
			child++
		}
		if e.events[child].at >= e.events[i].at {
			break
		}
		e.events[i], e.events[child] = e.events[child], e.events[i]
		i = child
	}
	return first
}
