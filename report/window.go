package report

import (
	"context"
	"time"

	"waza/internal/instant"
	"waza/requester"
)

// A Window is the part of a run that is measured: what comes before it is warm-up, what comes after it is the drain.
// Three instants make it, each since the start of the run: it opens, it closes, and an interruption stops it.
//
// Workers, balancers and the report ask it while the run goes on, about what has passed. An instant that opens or closes
// the window is known to all by the time that a later one is reached, so the answer does not depend on when the
// question is asked. Each instant is written once, before the channel beside it is closed; a goroutine that finds that
// channel closed may read the instant. That which stops it is written before a context is cancelled, which is asked for every request and
// costs a third of what a channel does.
type Window struct {
	from, to          time.Duration // known before the run: it opens and closes then at the latest; Never: they are not
	open, close, stop time.Duration // as the run has it; each may be read when its channel is closed
	requesters        int           // closed loop: how many open and close it; 0: time alone does
	resolution        instant.Resolution
	given             instant.Interval // what was known before the run

	// The wiring makes these channels, and the window closes each when its instant may be read. An instant without one is known
	// before the run, or does not come.
	Opening, Closing chan struct{}

	running context.Context // until it is stopped
	halt    func()          // ends that
}

// NewWindow returns the window of an open loop, which is known before the run: 0 ≤ from ≤ to.
func NewWindow(from, to time.Duration) *Window { return NewTimedLoopWindow(0, from, to) }

// NewClosedLoopWindow returns the window of a closed loop, which so many requesters, at least 1, open and close: see Run.
func NewClosedLoopWindow(requesters int) *Window {
	return NewTimedLoopWindow(requesters, requester.Never, requester.Never)
}

// NewTimedLoopWindow returns the window of a closed loop that time ends as well: it opens at from and closes at to, if the requesters have
// not done so before. Where to is Never they alone close it.
func NewTimedLoopWindow(requesters int, from, to time.Duration) *Window {
	w := &Window{from: from, to: to, requesters: requesters}
	w.running, w.halt = context.WithCancel(context.Background())
	w.Resolve(0)
	return w
}

// Resolve says before the run how far apart two instants are to be different. An instant that was given is inside where it opens the window
// and outside where it closes it, and so is what is equal to it.
func (w *Window) Resolve(r instant.Resolution) {
	w.resolution = r
	w.given = instant.Interval{Open: w.from, Close: w.to, First: r.First(w.from), Last: r.First(w.to) - 1}
	if w.from == requester.Never {
		w.given = instant.Interval{Open: requester.Never, Close: requester.Never, First: requester.Never, Last: requester.Never}
	}
}

// Run opens the window when the last of the requesters has finished its warm-up, and closes it when the first
// has issued its last request, after which the load falls. It ends when the channel is closed.
func (w *Window) Run(milestones <-chan requester.Milestone) {
	cold := w.requesters
	var latest time.Duration
	for m := range milestones {
		switch {
		case w.requesters == 0: // time alone opens and closes it
		case m.Last && !published(w.Closing):
			w.closeAt(m.At)
		case !m.Last && cold > 0:
			latest = max(latest, m.At)
			if cold--; cold == 0 {
				w.openAt(latest)
			}
		}
	}
}

func (w *Window) openAt(at time.Duration) {
	w.open = at
	close(w.Opening) // after the instant was written: from here on all may read it
}

func (w *Window) closeAt(at time.Duration) {
	w.close = at
	close(w.Closing) // after the instant was written
}

// Stop ends the window of a run that is interrupted: from now on nothing is issued, and the load falls.
func (w *Window) Stop(at time.Duration) {
	w.stop = at
	w.halt() // after the instant was written
}

// published tells whether the instant that goes with a channel may be read.
func published(instant <-chan struct{}) bool {
	select {
	case <-instant:
		return true
	default:
		return false
	}
}

// Known returns what is known of the window now. Of what has passed by then that says the same as it ever will, so who has several questions
// asks once. Of a window that time alone opens and closes no channel need be asked whether it has.
func (w *Window) Known() instant.Interval {
	k := w.given
	if w.requesters > 0 {
		k = w.reached(k)
	}
	if w.running.Err() != nil {
		k.Close, k.Last = min(k.Close, w.stop), min(k.Last, w.stop)
	}
	return k
}

// reached adds what milestones have opened and closed. A milestone is outside where it opens the window, so that what is said of that very
// instant is the same before and after it is published, and inside where it closes it, for the last request begins then.
func (w *Window) reached(k instant.Interval) instant.Interval {
	if published(w.Opening) {
		k.Open, k.First = min(k.Open, w.open), min(k.First, w.open+1)
	}
	if published(w.Closing) {
		k.Close, k.Last = min(k.Close, w.close), min(k.Last, w.close)
	}
	return k
}

// Contains tells whether an instant that has passed lies in the window: that of an open loop has its start and not its end, and what is
// equal to either is treated likewise; that of a closed loop has its end and not its start.
func (w *Window) Contains(at time.Duration) bool { return w.Known().Contains(at) }

// Overlap returns how much of a time that has passed lies in the window, at least 0.
func (w *Window) Overlap(from, to time.Duration) time.Duration { return w.Known().Overlap(from, to) }

// Opened tells whether a run that ended at this instant has a window with some length. It has none if it was
// interrupted before, or if one requester of a closed loop was through before another was warm.
func (w *Window) Opened(ended time.Duration) bool {
	return w.Overlap(0, ended) > 0
}

// Bounds returns the ends of the window of a run that ended at this instant; of the whole run if it has no window.
func (w *Window) Bounds(ended time.Duration) (from, to time.Duration) {
	if !w.Opened(ended) {
		return 0, ended
	}
	k := w.Known()
	return k.Open, min(ended, k.Close)
}
