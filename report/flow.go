package report

import (
	"waza/requester"
)

// flows are what passed inside the window, and during the whole run.
type flows struct {
	window        *Window
	inside, whole flow
}

// flow holds what passed during a time, whichever requests it belonged to.
type flow struct {
	good     int  // requests that succeeded, by the instant at which their answer was given
	useful   wide // ns of service that gave the answers that were used, without the tries before the last
	inSystem wide // ∫ N dt, ns
}

func (f *flows) add(block []requester.Outcome) {
	w := f.window.Known()
	for i := range block {
		o := &block[i]
		f.whole.inSystem.add(uint64(o.Decided - o.Start))
		f.inside.inSystem.add(uint64(w.Overlap(o.Start, o.Decided)))
		if o.Verdict != requester.Succeeded || o.Began == requester.Never {
			continue
		}
		began := max(o.Began, o.Latest)
		f.whole.useful.add(uint64(o.Finished - began))
		f.inside.useful.add(uint64(w.Overlap(began, o.Finished)))
		f.whole.good++
		if w.Contains(o.Finished) {
			f.inside.good++
		}
	}
}

// describe writes the rates over the window, and how much of what the workers did in it was of use.
func (f *flows) describe(r *Result, e *ending) {
	flow, length := &f.inside, e.length()
	if e.whole {
		flow = &f.whole
	}
	r.Throughput = ratio(float64(e.answers()), e.seconds(length))
	r.Goodput = ratio(float64(flow.good), e.seconds(length))
	r.MeanInSystem = ratio(flow.inSystem.over(1), float64(length))
	if busy := e.busy(); busy > 0 {
		wasted := float64(int64(busy)-int64(flow.useful.low)) / float64(busy) // useful is part of busy: both fit 63 bits
		r.WastedWorkShare = &wasted
	}
}
