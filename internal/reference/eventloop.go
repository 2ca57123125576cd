// Package reference holds what waza's cost is measured against: a simulation written for nothing but speed, the balancer
// of the Waza talk, and bare channels. Nothing but benchmarks imports it.
package reference

import (
	"math/rand/v2"
	"time"

	"github.com/HdrHistogram/hdrhistogram-go"
)

// An EventLoop is the reference for the simulated clock: the least that a simulation costs which gives waza's latencies for
// Poisson arrivals, exponential work and least-loaded. It knows nothing else: no timeout, no limit, no fault. It has no
// goroutine, no channel and no allocation per request.
//
// All requesters together are one Poisson process, so there is one stream of arrivals. A worker serves in order, so the
// end of a request is known when it is dispatched: the later of now and the end of the one before, and its work on top.
// What remains are the ends, in a heap, because they bring the counts down, and the workers in order of their counts.
type EventLoop struct {
	gap, work float64 // means, in nanoseconds
	requests  int
	random    *rand.Rand
	ends      []end           // heap, the next one first
	free      []time.Duration // by worker: when it will have done all it has
	least     levels
	Issued    int                     // requests so far
	Latencies *hdrhistogram.Histogram // of them, in nanoseconds
}

// An end is when a worker will be done with a request.
type end struct {
	at     time.Duration
	worker int32
}

// NewEventLoop returns a simulation of so many requests in open loop, with exponential work of 10 ms, over so many workers
// at that load.
func NewEventLoop(workers, requests int, load float64, seed uint64) *EventLoop {
	const work = 10 * time.Millisecond
	return &EventLoop{
		gap: float64(work) / (load * float64(workers)), work: float64(work), requests: requests,
		random: rand.New(rand.NewPCG(seed, 0)), free: make([]time.Duration, workers), least: newLevels(workers),
		Latencies: hdrhistogram.New(1, 1e16, 3),
	}
}

// Run plays it to its end.
func (e *EventLoop) Run() {
	at := 0.0
	for e.Issued < e.requests {
		at += e.gap * e.random.ExpFloat64()
		now := time.Duration(at)
		for len(e.ends) > 0 && e.ends[0].at <= now {
			e.least.down(e.pop().worker)
		}
		e.dispatch(now)
	}
}

func (e *EventLoop) dispatch(now time.Duration) {
	e.Issued++
	w := e.least.first()
	e.least.up(w)
	done := max(now, e.free[w]) + time.Duration(e.work*e.random.ExpFloat64())
	e.free[w] = done
	e.push(end{done, w})
	_ = e.Latencies.RecordValue(int64(done - now))
}

func (e *EventLoop) push(added end) {
	e.ends = append(e.ends, added)
	i := len(e.ends) - 1
	for ; i > 0 && added.at < e.ends[(i-1)/2].at; i = (i - 1) / 2 {
		e.ends[i] = e.ends[(i-1)/2]
	}
	e.ends[i] = added
}

func (e *EventLoop) pop() end {
	first, n := e.ends[0], len(e.ends)-1
	moved := e.ends[n]
	e.ends = e.ends[:n]
	i := 0
	for 2*i+1 < n {
		child := 2*i + 1
		if child+1 < n && e.ends[child+1].at < e.ends[child].at {
			child++
		}
		if e.ends[child].at >= moved.at {
			break
		}
		e.ends[i] = e.ends[child]
		i = child
	}
	if n > 0 {
		e.ends[i] = moved
	}
	return first
}

// Levels are workers by how many requests they hold: a ring for each number, of which the first has held so many the
// longest. Every step is O(1).
type levels struct {
	held       []int32 // by worker
	next, prev []int32 // by worker, and after the workers one for each level: where its ring begins
	workers    int32
	lowest     int32 // level that is not empty
}

func newLevels(workers int) levels {
	l := levels{workers: int32(workers)}
	l.held, l.next, l.prev = make([]int32, workers), make([]int32, workers), make([]int32, workers)
	l.grow(0)
	for w := range int32(workers) {
		l.enter(w, 0)
	}
	return l
}

// first is a worker that holds the least.
func (l *levels) first() int32 { return l.next[l.workers+l.lowest] }

// up tells that a worker of the lowest level holds one more.
func (l *levels) up(w int32) {
	l.leave(w)
	l.held[w]++
	l.grow(l.held[w])
	l.enter(w, l.held[w])
	if ring := l.workers + l.lowest; l.next[ring] == ring {
		l.lowest++
	}
}

// down tells that a worker holds one less.
func (l *levels) down(w int32) {
	l.leave(w)
	l.held[w]--
	l.enter(w, l.held[w])
	l.lowest = min(l.lowest, l.held[w])
}

func (l *levels) grow(level int32) {
	if ring := l.workers + level; int(ring) == len(l.next) {
		l.next, l.prev = append(l.next, ring), append(l.prev, ring)
	}
}

func (l *levels) leave(w int32) {
	l.next[l.prev[w]], l.prev[l.next[w]] = l.next[w], l.prev[w]
}

func (l *levels) enter(w, level int32) {
	ring := l.workers + level
	last := l.prev[ring]
	l.next[last], l.prev[w] = w, last
	l.next[w], l.prev[ring] = ring, w
}
