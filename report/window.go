package report

import (
	"time"

	"waza/requester"
)

// A Window is the part of a run that is measured: what comes before it is warm-up, what comes after it is the drain.
//
// Workers, balancers and the report ask it while the run goes on, about what has passed. An instant that opens or closes
// the window is known to all by the time that a later one is reached, so the answer does not depend on when the
// question is asked. Each of these instants is written once, before the
// channel beside it is closed; whoever finds that channel closed may read the instant.
type Window struct {
	open, close, stop       time.Duration
	opened, closed, stopped chan struct{}
	requesters              int // closed loop: how many open and close it; 0: it is known before the run
}

// NewWindow returns the window of an open loop, which is known before the run.
func NewWindow(from, to time.Duration) *Window {
	w := NewClosedLoopWindow(0)
	w.openAt(from)
	w.closeAt(to)
	return w
}

// NewClosedLoopWindow returns the window of a closed loop, which so many requesters open and close: see Run.
func NewClosedLoopWindow(requesters int) *Window {
	return &Window{
		opened: make(chan struct{}), closed: make(chan struct{}), stopped: make(chan struct{}), requesters: requesters,
	}
}

// Run opens the window when the last of the requesters has finished its warm-up, and closes it when the first
// has issued its last request, after which the load falls. It ends when the channel is closed.
func (w *Window) Run(milestones <-chan requester.Milestone) {
	cold := w.requesters
	var latest time.Duration
	for m := range milestones {
		switch {
		case m.Last && !published(w.closed):
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
	close(w.opened) // after the instant was written: from here on anybody may read it
}

func (w *Window) closeAt(at time.Duration) {
	w.close = at
	close(w.closed) // after the instant was written
}

// Stop ends the window of a run that is interrupted: from now on nothing is issued, and the load falls.
func (w *Window) Stop(at time.Duration) {
	w.stop = at
	close(w.stopped) // after the instant was written
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

// isOpen and isClosed tell whether these instants may be read. Of a window known before the run they always may, and
// no channel need be asked: the question comes several times per request.
func (w *Window) isOpen() bool   { return w.requesters == 0 || published(w.opened) }
func (w *Window) isClosed() bool { return w.requesters == 0 || published(w.closed) }

// Contains tells whether an instant lies in the window, up to and with its close. The instant of opening does only where
// the window is known before the run: so even at that very instant, the answer is the same before and after it is
// published.
func (w *Window) Contains(at time.Duration) bool {
	if !w.isOpen() || w.isClosed() && at > w.close || published(w.stopped) && at > w.stop {
		return false
	}
	return at > w.open || at == w.open && w.requesters == 0
}

// Overlap returns how much of a time that has passed lies in the window.
func (w *Window) Overlap(from, to time.Duration) time.Duration {
	if !w.isOpen() {
		return 0
	}
	if w.isClosed() {
		to = min(to, w.close)
	}
	if published(w.stopped) {
		to = min(to, w.stop)
	}
	return max(0, to-max(from, w.open))
}

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
	from, to = w.open, ended
	if w.isClosed() {
		to = min(to, w.close)
	}
	if published(w.stopped) {
		to = min(to, w.stop)
	}
	return from, to
}
