package balancer

import (
	"time"

	"waza/requester"
	"waza/strategy"
	"waza/worker"
)

// A cause is a reason why a member is unfit to be sent anything for now. There may be several at once; without any it is fit. Strategies
// never learn of causes, and their tables do not change: an unfit member is passed over as a full one is.
type cause uint8

const (
	ejected cause = 1 << iota // it answers worse than the others: outlier detection
	tripped                   // its circuit breaker is open
	down                      // it does not answer health checks
	silent                    // it has given no answer for too long
)

// health is how many of the members are fit. If less than a share of them are, the balancer panics: it treats all of them as fit, since
// the few that are would break down under the load of all.
type health struct {
	members, fit int
	panics       bool
	below        float64 // that share
	panicked     Panic
}

// A Panic is how often a balancer has panicked, and for how long.
type Panic struct {
	Times int
	Past  time.Duration // the sum of the panics that are over, whole run
	Since time.Duration // when the present panic began, or the last
	On    bool          // it panics now
}

// Ever returns the sum of all panics in a run that has ended at that instant.
func (p *Panic) Ever(ended time.Duration) time.Duration {
	if !p.On {
		return p.Past
	}
	return p.Past + max(0, ended-p.Since)
}

// turns notes that the balancer panics from that instant on, or no longer does.
func (p *Panic) turns(on bool, at time.Duration) {
	switch {
	case on == p.On:
		return
	case on:
		p.Times++
		p.Since = at
	default:
		p.Past += max(0, at-p.Since)
	}
	p.On = on
}

func (h *health) joined(m *member, now time.Duration) {
	h.members++
	if m.causes == 0 {
		h.fit++
	}
	h.judge(now)
}

func (h *health) left(m *member, now time.Duration) {
	h.members--
	if m.causes == 0 {
		h.fit--
	}
	h.judge(now)
}

// judge decides whether the balancer panics from that instant on. The 1e-9 makes up for floats: 7 % of 100 are 7, though 0.07·100 is a
// little more.
func (h *health) judge(at time.Duration) {
	h.panics = float64(h.fit) < h.below*float64(h.members)-1e-9
	h.panicked.turns(h.panics, at)
}

// share is how many members such a share of them is, rounded down.
func (h *health) share(of float64) int { return int(of*float64(h.members) + 1e-9) }

// takes tells whether a member may be sent to.
func (h *health) takes(m *member) bool {
	return m.presence == joined && h.admits(&m.Worker)
}

// admits tells whether a member has room and is fit, or treated as fit.
func (h *health) admits(w *strategy.Worker) bool {
	return w.Held < w.Limit && (!w.Unfit || h.panics)
}

// mark gives a member that cause to be unfit from that instant on, or takes it away. A member that has lost its last cause has recovered.
func (b *Balancer) mark(m *member, c cause, has bool, at time.Duration) {
	before := m.causes
	if m.causes &^= c; has {
		m.causes |= c
	}
	m.Unfit = m.causes != 0
	if m.presence != joined || (before == 0) == (m.causes == 0) {
		return
	}
	if m.Unfit {
		b.health.fit--
	} else {
		b.health.fit++
		for _, w := range b.watchers {
			w.recovered(m, at)
		}
	}
	panicked := b.health.panics
	b.health.judge(at)
	if panicked != b.health.panics {
		b.waiting.roomAnywhere()
	} else {
		b.waiting.room(m)
	}
}

// failed tells whether a job that is done was a failure of its worker, and whether it counts at all: a job that was skipped, withdrawn
// or cancelled before its service says nothing about the worker.
func failed(j *worker.Job) (failed, counts bool) {
	switch {
	case j.Verdict == requester.Failed, j.Verdict == requester.Lost && !j.Withdrawn:
		return true, true
	case j.Verdict == requester.Succeeded:
		return false, true
	}
	return false, false
}
