package balancer

import (
	"fmt"
	"time"

	"waza/internal/option"
	"waza/requester"
	"waza/worker"
)

// stuck passes a member by that has given no answer for so long while it held something, until it answers: a worker that stands still, or
// swallows what comes, fails nothing that outlier detection or a breaker could count. One that holds nothing any more, since the time of all
// that it held is over, is sent to again: else it could never answer. What was skipped or has failed is an answer. O(1).
type stuck struct {
	deaf
	balancer *Balancer
	length   time.Duration
	vigils   []*vigil // by worker id; nil: it has never been a member
}

// A vigil is how long a member has been silent.
type vigil struct {
	*member
	since   time.Duration // its latest answer, or since it holds something
	watched bool          // there is an appointment for the end of its time
}

var (
	stuckLength = option.New("length", option.Length(1), "", "how long it may be silent")

	stuckKeys = option.List{stuckLength}
)

func newStuck(b *Balancer, set option.Values) watcher {
	return &stuck{balancer: b, length: stuckLength.In(set)}
}

// joined begins anew with a member that has come back, too: it was not asked meanwhile.
func (s *stuck) joined(m *member) {
	s.vigils = withPlace(s.vigils, m.ID)
	v := s.vigils[m.ID]
	if v == nil || v.member != m {
		v = &vigil{member: m}
		s.vigils[m.ID] = v
	}
	if v.since = s.balancer.now; m.Held > 0 {
		s.watch(v)
	}
}

func (s *stuck) sent(m *member, j *worker.Job) {
	if v := s.vigils[m.ID]; m.Held == 1 {
		v.since = j.Dispatched
		s.watch(v)
	}
}

func (s *stuck) done(m *member, j *worker.Job) {
	v := s.vigils[m.ID]
	answers := j.Verdict != requester.Lost
	if answers {
		v.since = j.Finished
	}
	if m.causes&silent != 0 && (answers || m.Held == 0) {
		s.balancer.mark(m, silent, false, j.Finished)
		why := "it answers"
		if !answers {
			why = "it holds nothing any more"
		}
		s.balancer.tellSince(j.Finished, requester.Moves, m, why)
	}
	if m.Held > 0 && m.causes&silent == 0 {
		s.watch(v)
	}
}

// watch makes an appointment for when the member will have been silent for too long. An answer at that instant is in time.
func (s *stuck) watch(v *vigil) {
	if v.watched {
		return
	}
	v.watched = true
	due := s.balancer.Resolution.Past(v.since + s.length)
	s.balancer.at(s.balancer.Aim(due, due), func(now time.Duration) {
		v.watched = false
		switch {
		case s.vigils[v.ID] != v || v.presence != joined || v.Held == 0 || v.causes&silent != 0:
		case s.balancer.Resolution.Before(now, v.since+s.length):
			s.watch(v)
		default:
			s.balancer.ledger.Stuck++
			s.balancer.mark(v.member, silent, true, now)
			s.balancer.tellSince(now, requester.Sticks, v.member, fmt.Sprintf("no answer, and it holds %d", v.Held))
		}
	})
}
