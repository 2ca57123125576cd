// Package report folds outcomes into numbers, tables and plots.
// One goroutine owns a Fold and receives outcomes in blocks; when the run is over, Result makes figures of them,
// checks that everything is accounted for, and a Document of several Results writes itself as text, JSON, CSV or plots.
// The only thing shared with the processes of the run is the Window, whose two instants are written once.
//
// Next: result.go, which says what is reported; then series.go, sample.go and accounting.go, which compute it.
package report

import (
	"bytes"
	"fmt"
	"time"

	"waza/requester"
)

// Options say how outcomes are folded.
type Options struct {
	Window     *Window
	Expected   int            // requests that an uninterrupted run issues; 0: not known beforehand
	Priorities int            // how many there are, to be told apart; below 2: they are not
	Zones      int            // the same of zones
	KeepLog    bool           // keep every outcome for the requests log: memory then grows with the run
	Progress   func(done int) // called after each block with the number of outcomes so far; may be nil
}

// A Fold makes figures of outcomes. One goroutine owns it. All that it keeps are integers that add up, so its figures
// do not depend on the order in which outcomes come; their memory does not depend on how many there are.
type Fold struct {
	options Options

	measured *sample // requests that began inside the window
	rest     *sample // the others: they count where the window never opened
	classes  []*grouping
	inside   flow // what passed inside the window
	whole    flow // what passed during the whole run
	tally    tally
	series   *series
	planned  *plan         // the window in fifths, where it is known beforehand; else nil
	last     time.Duration // verdict
	kept     []requester.Outcome
}

// NewFold returns an empty Fold.
func NewFold(options Options) *Fold {
	return &Fold{
		options: options, measured: newSample(), rest: newSample(), classes: groupings(options.Priorities, options.Zones),
		series: newSeries(), planned: planOf(options.Window),
	}
}

// Run folds blocks of outcomes until the channel is closed. What it has done with goes back, empty, as long as there is room.
func (f *Fold) Run(blocks <-chan []requester.Outcome, used chan<- []requester.Outcome) {
	for block := range blocks {
		for i := range block {
			f.add(&block[i])
		}
		if f.options.KeepLog {
			f.kept = append(f.kept, block...)
		}
		if f.options.Progress != nil {
			f.options.Progress(f.tally.issued())
		}
		select {
		case used <- block[:0]:
		default:
		}
	}
}

func (f *Fold) add(o *requester.Outcome) {
	w := f.options.Window
	f.tally.add(o)
	f.last = max(f.last, o.Decided)
	f.series.add(o)
	f.planned.add(o)
	if w.Contains(o.Start) {
		f.measured.add(o)
	} else {
		f.rest.add(o)
	}
	for _, g := range f.classes {
		g.add(o, w.Contains(o.Start))
	}
	f.whole.add(o, true, usefulWithin(o, span), o.Decided-o.Start)
	f.inside.add(o, w.Contains(o.Decided), usefulWithin(o, w.Overlap), w.Overlap(o.Start, o.Decided))
}

// usefulWithin returns how much of the service that answered o lies within a time, 0 if none answered it well.
func usefulWithin(o *requester.Outcome, within func(from, to time.Duration) time.Duration) time.Duration {
	if o.Verdict != requester.Succeeded || o.Began == requester.Never {
		return 0
	}
	return within(o.Began, o.Finished)
}

func span(from, to time.Duration) time.Duration { return to - from }

// Result returns the run's figures once Run has ended and all processes are counted. The error, if any, is one line
// that names each identity that does not hold; the figures are complete even then.
func (f *Fold) Result(facts Facts) (Result, error) {
	if facts.Interrupted {
		facts.Ended = f.last // who slept until its next request woke later, for nothing
	}
	from, to := f.options.Window.Bounds(facts.Ended)
	flow, workers := &f.inside, facts.Workers
	var notes []string
	if !f.options.Window.Opened(facts.Ended) {
		f.mergeRest()
		flow, workers = &f.whole, wholeRun(facts.Workers)
		notes = append(notes, "the measured window never opened: the figures are of the whole of what ran")
	}
	r := Result{
		Strategy:         facts.Strategy,
		Group:            facts.Group,
		Place:            facts.Place,
		Replications:     1,
		SimulatedSeconds: facts.Ended.Seconds(),
		Classes:          []ClassRow{},
		Series:           f.series.rows(len(facts.Workers)),
	}
	f.tally.describe(&r, facts)
	f.describeMeasured(&r)
	flow.describe(&r, to-from, sumBusy(workers))
	describeWorkers(&r, workers, to-from)

	trend, slope := f.trend(from, to, facts.Workers)
	r.Saturated = trend == growing
	if r.Saturated {
		notes = append(notes, fmt.Sprintf("overload: the number in the system grows by %s requests per second "+
			"all through the window, so percentiles depend on the length of the run", decimal(slope, 3)))
	}
	r.Notes = append(notes, f.remarks(facts, &r, trend)...)
	if err := f.keepLog(&r); err != nil {
		return r, err
	}
	err := f.check(facts)
	if err != nil {
		r.Unaccounted = err.Error()
	}
	return r, err
}

// mergeRest counts as measured what began outside of a window that never opened.
func (f *Fold) mergeRest() {
	f.measured.merge(f.rest)
	f.rest = newSample()
	for _, g := range f.classes {
		g.mergeRest()
	}
}

func (f *Fold) describeMeasured(r *Result) {
	f.measured.describe(r)
	for _, g := range f.classes {
		g.describe(r)
	}
}

// keepLog adds the requests log, if it was asked for.
func (f *Fold) keepLog(r *Result) error {
	if !f.options.KeepLog {
		return nil
	}
	var log bytes.Buffer
	err := writeLogRows(&log, r.Strategy, f.kept)
	r.Log = log.Bytes()
	return err
}

// steady is how many times the mean latency a window has to be long to show a system that no longer fills.
const steady = 20

// remarks returns what a reader has to know beside the figures.
func (f *Fold) remarks(facts Facts, r *Result, trend trend) []string {
	var notes []string
	if n := f.measured.outOfRange(); n > 0 {
		notes = append(notes, fmt.Sprintf("out of range: %d values above %v (slowdowns above 10^10) were left out",
			n, time.Duration(highest)))
	}
	from, to := f.options.Window.Bounds(facts.Ended)
	mean, length := r.LatencySeconds.Mean, (to - from).Seconds()
	r.Short = trend == filling || trend == wandering && mean != nil && length < steady*(*mean)
	switch {
	case trend == filling:
		notes = append(notes, "short: the number in the system grows all through the window, but ever more slowly, so the figures "+
			"are those of a system that is still filling, or that has a little too much to do")
	case r.Short && length < *mean:
		notes = append(notes, fmt.Sprintf("short: the window of %s is less than the mean latency", inUnits(length)))
	case r.Short:
		notes = append(notes, fmt.Sprintf("short: the window of %s is only %.1f times the mean latency, so the figures may be "+
			"those of a system that is still filling", inUnits(length), length / *mean))
	}
	if u := r.Utilization; facts.Wall && r.Saturated && u != nil && *u < 0.5 {
		notes = append(notes, "wall clock: the workers are idle most of the time, so it is this machine that cannot keep up")
	}
	if facts.Wall && r.ServiceSeconds.Mean != nil {
		asked := f.measured.work.over(float64(f.measured.succeeded) * 1e9)
		notes = append(notes, fmt.Sprintf("wall clock: mean service %s for %s of work (at speed 1); "+
			"sleeps overshoot, and no hand-off is immediate, so nearly every request waits a little",
			inUnits(*r.ServiceSeconds.Mean), inUnits(asked)))
	}
	return notes
}
