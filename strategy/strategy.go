// Package strategy answers one question, "which worker?", in many ways: one file per strategy.
// A strategy owns what it remembers about the workers; what it reads of them is the balancer's,
// on whose goroutine every method here is called.
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
// What a user may set is declared beside the type, as choices is in power_of_two.go, and named in the line: so it is a flag.
// One that keeps an order, learns from answers, probes or has shards is a Ranker, an Observer, a Prober or Particular, too.
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
	Join(*Worker) // membership: tables change only here and in Leave
	Leave(*Worker)
	// Pick returns a member for which eligible holds, or nil if it finds none. It changes no count:
	// the balancer does, and tells an Observer. eligible also knows whom r has tried.
	Pick(r *requester.Request, eligible func(*Worker) bool) *Worker
}

// An Observer wants to know what became of a choice; the balancer asks once whether a strategy is one.
type Observer interface {
	Sent(*Worker)              // the worker's Held has just been raised
	Done(*Worker, Observation) // the worker's Held has just been lowered
}

// A Ranker keeps the workers in an order; the balancer asks once whether a strategy is one.
type Ranker interface {
	Changed(*Worker) // its Pending, LastSent or Weight have changed; told before the next Pick
}

// A Particular strategy has a worker for one waiting request and none for another: each waits for those of its shard.
// The balancer asks once whether a strategy is one.
type Particular interface {
	// Shard returns the members that Pick chooses from for r; Pick returns nil only if none of them is eligible, for
	// otherwise all would wait behind r. The slice is the strategy's, and changes in Join and Leave only.
	Shard(r *requester.Request) []*Worker
}

// A Refuser has a name for there being nobody to pick, by which a rejection is told; the balancer asks once whether a
// strategy is one.
type Refuser interface{ Refusal() error }

// A Prober asks workers how they are; the balancer asks once whether a strategy is one. A probe is a message: it takes
// time there and back, and no request waits for it.
type Prober interface {
	Ask() []*Worker         // which to probe now; called after each Sent. At most as many as the parameter probes says
	Read(requester.Reading) // an answer, which is not to be used before it is home
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
	Limit       int     // the most it may hold: slots + queue
	Weight      float64 // its share of the work, relative to the others; above 0; under slow start it changes
	Zone        int     // where it stands, from 0
	Tier        int     // the priority whose requests it serves first, from 0
	Pending     int     // sent to it and not yet seen done, as the strategy may see it: under --stale as it stood then
	Held        int     // the same as it stands now: limits and bounds are never stale
	Unfit       bool    // there is something wrong with it, and eligible says no; strategies never learn what
	LastSent    uint64  // the balancer's number of the last dispatch to it; 0: never
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
