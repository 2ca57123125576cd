// Package worker does the work: a worker is one or more slots on one queue, and each slot is a goroutine that serves one request at a time.
// A slot owns nothing that outlives a request but its own counts. How long the queue may become is the balancer's business.
//
// Next: slot.go, which serves, and answer.go, which answers; then requester.go of package requester, which asks and waits; then
// internal/simulation, which connects them all.
package worker

import "context"

// A Worker is a queue, the slots that serve it and, if the strategy probes, a gauge that answers for it. How long it was there is known to
// the balancers: see Stays in package balancer.
type Worker struct {
	ID    int
	Queue chan *Job // with room for all that the balancers may send here: sending never blocks
	Slots []*Slot   // as many as requests that it can serve at the same time
	Hole  *Hole     // before the queue; nil: no request can fall into one here
	Gauge *Gauge    // nil: the strategy does not probe

	Arrivals chan *Job // from the balancers to the hole, with room as in Queue; nil: there is no hole

	// These are nil without a gauge.
	Probes chan Probe    // from the balancers to the gauge
	Notes  chan Note     // from the slots to the gauge
	Tokens chan struct{} // one for each job that the worker holds, of all balancers, with room as in Queue
}

// Entry is where the balancers send jobs.
func (w *Worker) Entry() chan *Job {
	if w.Hole != nil {
		return w.Arrivals
	}
	return w.Queue
}

// Serve returns what the slots do, and the hole before them: a function for each goroutine, which ends when the entry has been closed.
func (w *Worker) Serve(run context.Context) []func() {
	var lives []func()
	if w.Hole != nil {
		lives = append(lives, func() { w.Hole.Run(run, w.Arrivals, w.Queue) })
	}
	for _, slot := range w.Slots {
		lives = append(lives, func() { slot.Run(run, w.Queue) })
	}
	return lives
}

// Answer lets the gauge, which there must be, answer probes until their channel is closed.
func (w *Worker) Answer() { w.Gauge.Run(w.Probes, w.Notes, w.Tokens) }

// Tally adds up what the slots and the hole have counted. All of them must have ended and, for a proxy, the workers behind it, too.
func (w *Worker) Tally() Tally {
	var all Tally
	if w.Hole != nil {
		all = w.Hole.Tally
	}
	for _, slot := range w.Slots {
		if slot.Proxy != nil {
			slot.Proxy.collect(&slot.Tally)
		}
		all.Add(&slot.Tally)
	}
	return all
}
