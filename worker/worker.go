// Package worker does the work: one goroutine per slot of a worker, one request at a time.
// A slot owns nothing that outlives a request but its own counts; the balancer owns the queue's length.
//
// Next: slot.go, which serves; then requester.go of package requester, which asks and waits; then internal/simulation, which connects
// them all.
package worker

import "context"

// A Worker is one object: the queue, the slots that serve it, and the gauge that answers for it where a strategy probes. How long it
// was there, the balancers know: see Stays in package balancer.
type Worker struct {
	ID    int
	Queue chan *Job // with room for all that the balancers may send here: sending never blocks
	Slots []*Slot   // as many as it serves requests at the same time
	Hole  *Hole     // before the queue; nil: nothing is swallowed here
	Gauge *Gauge    // nil, and the channels below with it: no strategy probes

	Arrivals chan *Job // from the balancers to the hole, with room as in Queue; nil: there is none

	Probes chan Probe    // from the balancers to the gauge
	Notes  chan Note     // from the slots to the gauge
	Tokens chan struct{} // one for each job that it holds, of all balancers, with room as in Queue
}

// Entry is where the balancers send jobs.
func (w *Worker) Entry() chan *Job {
	if w.Hole != nil {
		return w.Arrivals
	}
	return w.Queue
}

// Serve returns what the slots do, and the hole before them: they end when the entry has been closed.
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

// Answer answers probes until their channel is closed. Without a gauge nobody asks.
func (w *Worker) Answer() {
	if w.Gauge != nil {
		w.Gauge.Run(w.Probes, w.Notes, w.Tokens)
	}
}

// Tally adds up what its slots have counted, and its hole, once they have ended, and all behind them.
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
