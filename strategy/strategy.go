// Package strategy answers one question, "which worker?", in many ways: one file per strategy.
// A strategy owns what it remembers about the workers; what it reads of them is the balancer's,
// on whose goroutine every method here is called.
//
// A new strategy is one file with a type that embeds members and has a Pick, and one line in table.go.
//
// Next: package balancer, which asks.
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
	Changed(*Worker) // its Pending, LastSent or both have changed; told before the next Pick
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
	Weight      float64 // its share of the work, relative to the others; above 0
	Zone        int     // where it stands, from 0
	Tier        int     // the priority whose requests it serves first, from 0
	Pending     int     // sent to it and not yet seen done, as the strategy may see it: under --stale as it stood then
	Held        int     // the same as it stands now: limits and bounds are never stale
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
