package balancer

import (
	"time"

	"waza/internal/fifo"
)

// A View says how old the pending counts are that the strategy sees. At most one of its fields is set; the zero View is
// fresh. What the balancer itself has sent since is as unseen as what others would have to tell it. Limits, membership
// and the order of dispatch are not counts, and always current.
type View struct {
	Stale   time.Duration // each count as it stood so long ago; 0: fresh
	Refresh time.Duration // all counts as they stood at the last multiple of it; 0: fresh

	unseen fifo.Queue[note] // in order of their instants: all changes after the horizon
	last   time.Duration    // the latest of them
}

// A note says that a member, this incarnation of it, has held so many since that instant.
type note struct {
	member *member
	held   int
	at     time.Duration
}

func (v *View) fresh() bool { return v.Stale == 0 && v.Refresh == 0 }

// horizon is the instant whose counts are seen now.
func (v *View) horizon(now time.Duration) time.Duration {
	if v.Refresh > 0 {
		return now - now%v.Refresh
	}
	return now - v.Stale
}

// changed takes down what a member holds since that instant. A fresh view shows it at once, and keeps nothing.
func (v *View) changed(m *member, at time.Duration) {
	if v.fresh() {
		m.Pending = m.Held
		return
	}
	v.last = max(v.last, at) // on the wall clock a Done may be heard after a later dispatch
	v.unseen.Push(note{m, m.Held, v.last})
}

// next shows one more change that lies behind the horizon, and returns whose it was; nil: all of them are shown.
func (v *View) next(now time.Duration) *member {
	if v.unseen.Len() == 0 || v.unseen.At(0).at > v.horizon(now) {
		return nil
	}
	n := v.unseen.Pop()
	n.member.Pending = n.held
	return n.member
}
