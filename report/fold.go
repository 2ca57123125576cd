// Package report says what happened: it folds outcomes into figures, and checks that everything is accounted for.
// One goroutine owns a Fold and receives outcomes in blocks. Each kind of figure has a folder, which adds up what it needs
// of every block; when the run is over, Result asks each folder for its figures. The only thing shared with the processes
// of the run is the Window, whose instants are written once.
//
// How figures are written is the business of package report/document, how they are drawn that of report/plots;
// nothing here knows of either.
//
// Next: result.go, which says what is reported; then sample.go, series.go and accounting.go, which compute it.
package report

import (
	"time"

	"waza/requester"
)

// Options say how outcomes are folded.
type Options struct {
	Window     *Window        // never nil
	Scale      int64          // how many nanoseconds of the run's clock, in which it tells everything, a nanosecond is; 0: one
	Expected   int            // requests that an uninterrupted run issues; 0: not known beforehand
	Priorities int            // how many there are, to be told apart, at most 256; below 2: they are not
	Zones      int            // the same of zones
	Faults     []Fault        // what goes wrong
	KeepLog    bool           // keep an entry of every request for the log, most of them in a temporary file
	FindWarmup bool           // find out how long the transient at the beginning is
	Progress   func(done int) // called after each block with the number of outcomes so far; may be nil
}

// second is a second on the run's clock.
func (o *Options) second() int64 { return max(1, o.Scale) * int64(time.Second) }

// A folder makes one kind of figure of outcomes. All that it keeps are integers that add up, so its figures do not depend
// on the order in which outcomes come, nor on how they are cut into blocks. The Fold is its only caller.
type folder interface {
	// add counts the outcomes of a block. It keeps none of them: blocks are used again.
	add(block []requester.Outcome)
	// describe writes the figures into r. It is called once, after the last block.
	describe(r *Result, e *ending)
}

// A Fold makes figures of outcomes. One goroutine owns it. Its memory does not depend on how many outcomes there are.
type Fold struct {
	options Options
	folders []folder

	// These are among the folders. The accounting compares what they counted.
	tally  *tally
	flows  *flows
	series *series
}

// NewFold returns an empty Fold. A new kind of figure is a line here.
func NewFold(options Options) *Fold {
	f := &Fold{options: options, tally: &tally{}, flows: &flows{window: options.Window}, series: newSeries(options.Window.resolution)}
	requests := newRequests(&options)
	f.folders = []folder{
		f.tally,
		requests,
		newClasses("priority", options.Priorities, &options, priorityOf),
		newClasses("zone", options.Zones, &options, zoneOf),
		f.flows,
		f.series,
		&overload{fifths: fifthsOf(options.Window), gone: fifthsOf(options.Window), requests: requests, series: f.series},
	}
	if len(options.Faults) > 0 {
		f.folders = append(f.folders, newHarm(&options, f.series))
	}
	if options.KeepLog {
		f.folders = append(f.folders, newLog(chunkSize, options.Scale))
	}
	if options.FindWarmup {
		f.folders = append(f.folders, newTransient(transientSample))
	}
	return f
}

// Run folds blocks of outcomes until the channel is closed. A block that is folded goes back, empty, as long as there is room
// in used, which may be nil: then none does.
func (f *Fold) Run(blocks <-chan []requester.Outcome, used chan<- []requester.Outcome) {
	for block := range blocks {
		for _, each := range f.folders {
			each.add(block)
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

// An ending is what is known when a run is over.
type ending struct {
	Facts
	second   int64         // on the run's clock
	from, to time.Duration // the measured window, or the whole run
	whole    bool          // the window never opened: all that ran counts as measured
}

// seconds is a length on the run's clock in seconds.
func (e *ending) seconds(d time.Duration) float64 {
	whole, rest := int64(d)/e.second, int64(d)%e.second // apart, so that long times keep their digits
	return float64(whole) + float64(rest)/float64(e.second)
}

func (e *ending) length() time.Duration { return e.to - e.from }

// Result returns the run's figures once Run has ended and all processes are counted. The error, if any, is one line
// that names each identity that does not hold; the figures are complete even then.
func (f *Fold) Result(facts Facts) (Result, error) {
	if facts.Interrupted {
		// A requester that slept until its next request woke later, and asked nothing. Some worker may have been busy after the last verdict.
		facts.Ended = max(f.series.latest, facts.worked().Ended)
	}
	e := ending{Facts: facts, second: f.options.second(), whole: !f.options.Window.Opened(facts.Ended)}
	e.from, e.to = f.options.Window.Bounds(facts.Ended)
	r := Result{
		Strategy: facts.Strategy, Group: facts.Group, Place: facts.Place, Wall: facts.Wall, Interrupted: facts.Interrupted, Replications: 1,
		SimulatedSeconds: e.seconds(facts.Ended), WarmupSeconds: e.seconds(e.from), WindowSeconds: e.seconds(e.length()), Unopened: e.whole,
		Classes: []ClassRow{}, Faults: []FaultRow{}, FaultTotals: []FaultTotal{},
	}
	describeWorkers(&r, &e)
	describePool(&r, &e)
	describeQueue(&r, &e)
	describeClaims(&r, &e)
	describeLately(&r, &e)
	describeProxies(&r, &e)
	describeRegulators(&r, &e)
	for _, each := range f.folders {
		each.describe(&r, &e)
	}
	describeBroker(&r, &e)
	err := f.check(&facts)
	if err != nil {
		r.Unaccounted = err.Error()
	}
	return r, err
}
