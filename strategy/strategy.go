// Package strategy answers one question, "which worker?", in many ways: one file per strategy. A strategy owns what it remembers about the
// workers. What it reads of them is the balancer's, on whose goroutine every method here is called.
//
// A new strategy is one file and one line in kinds.go:
//
//	// idleFirst picks a worker that holds nothing, if there is one, else any; equals are equally likely.
//	type idleFirst struct {
//		members // Join and Leave
//		drawer  // draws uniformly
//	}
//
//	func newIdleFirst(_ Parameters, rng *rand.Rand) Strategy { return &idleFirst{drawer: drawer{rng: rng}} }
//
//	func (s *idleFirst) Pick(_ *requester.Request, eligible func(*Worker) bool) *Worker {
//		idle := func(w *Worker) bool { return w.Pending == 0 && eligible(w) }
//		if w := s.draw(s.workers, idle, nil); w != nil {
//			return w
//		}
//		return s.draw(s.workers, eligible, nil)
//	}
//
//	{Name: "idle-first", Counts: true, make: newIdleFirst, Does: "an idle worker if there is one, else any"},
//
// What a user may set is declared beside the type, as choices is in power_of_two.go, and named in the line: that makes it a flag. A strategy
// that keeps an order is a Ranker as well; one that learns from answers is an Observer, one that probes a Prober, one with shards Particular.
//
// Next: least_loaded.go, then package heap, which keeps its order; after that any other strategy, a file each.
package strategy

import (
	"time"

	"waza/heap"
	"waza/requester"
)

// A Strategy chooses a worker for each request. The balancer's goroutine is its only caller.
type Strategy interface {
	// Join and Leave make the worker a member, and end that. Hash tables and the like change only here, and not when a member is full or unfit.
	Join(*Worker)
	Leave(*Worker)
	// Pick returns a member for which eligible holds, or nil if there is none. A member is not eligible while it is full or unfit, or if an
	// earlier attempt of the request has met it. Pick changes no count: the balancer does so when it sends the request, and tells an Observer.
	Pick(r *requester.Request, eligible func(*Worker) bool) *Worker
}

// The interfaces that follow are for strategies that need to hear or say more. The balancer finds out once which of them a strategy
// implements.

// An Observer hears what became of its choices.
type Observer interface {
	Sent(*Worker)              // the worker's Held has just been raised
	Done(*Worker, Observation) // the worker's Held has just been lowered
}

// A Ranker keeps the workers in an order.
type Ranker interface {
	Changed(*Worker) // the worker's Pending, LastSent or Weight have changed since the last Pick
}

// A Particular strategy may have a worker for one waiting request and none for another: each request waits for the workers of its shard.
type Particular interface {
	// Shard returns the members that Pick chooses from for r. Pick must return one of them if any is eligible, or requests that another worker
	// has room for would wait behind r. The slice is the strategy's, and changes only in Join and Leave.
	Shard(r *requester.Request) []*Worker
}

// A Refuser has a name for the fact that there is no worker to pick. Rejections for that reason are told and counted by it.
type Refuser interface{ Refusal() error }

// A Prober asks workers how they are. A probe is a message: it takes time there and back, and no request waits for it.
type Prober interface {
	Ask() []*Worker         // which workers to probe now, at most as many as the parameter probes says; called after each Sent
	Read(requester.Reading) // hands over an answer, which is not to be used before it is home
}

// An Observation is what the balancer learnt from one Done.
type Observation struct {
	At      time.Duration // when the worker finished
	Took    time.Duration // from dispatch to At
	Verdict requester.Verdict
	Idle    bool // the worker held nothing more when it finished, of any balancer
}

// A Worker is what a balancer knows about a worker: plain fields, owned by the balancer's goroutine.
type Worker struct {
	heap.Place // in the heap of a strategy that keeps one

	ID          int
	Concurrency int     // slots
	Limit       int     // the most that it may hold of this balancer: its share of slots + queue
	Weight      float64 // its share of the work, relative to the others; above 0; under slow start it changes
	Zone        int     // where it stands, from 0
	Tier        int     // the priority whose requests it serves first, from 0
	Pending     int     // jobs that were sent to it and not seen done, as strategies may see them: under --stale as they stood some time ago
	Held        int     // the same as they stand now: limits and bounds are never stale
	Unfit       bool    // something is wrong with it, so it is not eligible; strategies never learn what
	LastSent    uint64  // the balancer's number of the last dispatch to it; 0: there was none
}

// members are the workers that have joined and not left. Embedded, they are the Join and Leave of a simple strategy.
type members struct{ workers []*Worker }

func (m *members) Join(w *Worker) { m.workers = append(m.workers, w) }

func (m *members) Leave(w *Worker) {
	for i, member := range m.workers {
		if member == w {
			m.workers = append(m.workers[:i], m.workers[i+1:]...)
			return
		}
	}
}
