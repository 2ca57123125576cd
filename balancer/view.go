package balancer

import (
	"time"

	"waza/internal/fifo"
	"waza/internal/instant"
)

// A View says how old the pending counts are that the strategy sees. At most one of Stale and Refresh is set; the zero View is fresh. The
// strategy does not see what the balancer itself has sent since, either. Limits, membership and the order of dispatches are always current.
type View struct {
	Stale   time.Duration // each count as it stood so long ago; 0: fresh
	Refresh time.Duration // all counts as they stood at the last multiple of Refresh; 0: fresh

	Resolution instant.Resolution // how far apart two instants are to be different

	unseen fifo.Queue[note] // the changes that are not seen yet, in order of their instants
	last   time.Duration    // the instant of the latest change
}

// A note says that a member has held so many jobs since that instant.
type note struct {
	member *member
	held   int
	at     time.Duration
}

func (v *View) fresh() bool { return v.Stale == 0 && v.Refresh == 0 }

// sees tells whether a change of the instant at is seen now. A snapshot is taken before anything happens at its own instant, so that it does
// not depend on who acts first then. A request that comes at that instant finds it taken.
func (v *View) sees(at, now time.Duration) bool {
	if v.Refresh > 0 {
		now = v.Resolution.Past(now)
		return v.Resolution.Before(at, now-now%v.Refresh)
	}
	return !v.Resolution.Before(now-v.Stale, at)
}

// changed notes what a member holds since that instant. A fresh view shows it at once, and keeps nothing.
func (v *View) changed(m *member, at time.Duration) {
	if v.fresh() {
		m.Pending = m.Held
		return
	}
	v.last = max(v.last, at) // on the wall clock a Done may be heard after a later dispatch
	v.unseen.Push(note{m, m.Held, v.last})
}

// next shows the next change that is to be seen by now, and returns the member that changed; nil: all such changes have been shown.
func (v *View) next(now time.Duration) *member {
	if v.unseen.Len() == 0 || !v.sees(v.unseen.At(0).at, now) {
		return nil
	}
	n := v.unseen.Pop()
	n.member.Pending = n.held
	return n.member
}
