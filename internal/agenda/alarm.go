package agenda

import "time"

// An Alarm tells its owner when an instant has come. It has one timer, which is set anew only once it has fired, or for an
// earlier instant: to move a pending timer makes the runtime look at all timers of the process. So it may ring early, for an
// instant that was asked for before; whoever is rung looks what is due.
type Alarm struct {
	timer *time.Timer
	armed time.Duration // when the timer fires, if it is pending
	set   bool          // it is pending
}

// At returns a channel that delivers when the instant has come, or before; nil, which never delivers, for Never if nothing
// was asked for before. Call Rung once it has delivered.
func (a *Alarm) At(now, due time.Duration) <-chan time.Time {
	switch {
	case a.set && a.armed <= due:
	case due == Never:
		return nil
	case a.timer == nil:
		a.timer = time.NewTimer(due - now)
		a.armed, a.set = due, true
	default:
		a.timer.Reset(due - now)
		a.armed, a.set = due, true
	}
	return a.timer.C
}

// Exactly is At for one who must not be rung early. It may move a pending timer.
func (a *Alarm) Exactly(now, due time.Duration) <-chan time.Time {
	if a.set && a.armed < due {
		a.timer.Stop()
		a.set = false
	}
	return a.At(now, due)
}

// Rung notes that the channel has delivered, and returns the instant for which the timer was set.
func (a *Alarm) Rung() time.Duration {
	a.set = false
	return a.armed
}
