package balancer

import (
	"time"

	"waza/requester"
	"waza/worker"
)

// metrics is what regulators observe: what one balancer knows of its members. Busy and waiting are what it has sent there itself.
type metrics struct {
	now     time.Duration // of the change
	slots   int           // of the members
	busy    int           // slots that have a request
	waiting int           // requests at workers, beyond their slots; what waits in the backlog is behind the gate, and cannot open it

	sent *worker.Job // that has just been sent; nil: something else has happened
	done *worker.Job // that has just come back; nil, the same
	left *member     // that is a member no more; nil, the same
}

// answered tells whether what has come back is an answer, well or with an error, and what it took from its dispatch.
func (m *metrics) answered() (took time.Duration, is bool) {
	if m.done == nil || m.done.Verdict != requester.Succeeded && m.done.Verdict != requester.Failed {
		return 0, false
	}
	return m.done.Finished - m.done.Dispatched, true
}

// A meter is the watcher that keeps the metrics.
type meter struct{ metrics }

// at notes when something has happened. A completion may be heard after another that ended later.
func (m *meter) at(now time.Duration) {
	m.now = max(m.now, now)
	m.sent, m.done, m.left = nil, nil, nil
}

// enter counts a member, with what it holds, and leave counts it no more.
func (m *meter) enter(w *member) {
	m.slots += w.Concurrency
	m.hold(w, 1)
}

func (m *meter) leave(w *member) {
	m.slots -= w.Concurrency
	m.hold(w, -1)
}

func (m *meter) hold(w *member, sign int) {
	m.busy += sign * min(w.Held, w.Concurrency)
	m.waiting += sign * max(0, w.Held-w.Concurrency)
}

// What regulators hear as watchers.

func (g *regulators) joined(m *member) {
	g.meter.at(g.b.now)
	g.meter.enter(m)
	g.observed()
}

func (g *regulators) left(m *member) {
	g.meter.at(g.b.now)
	g.meter.leave(m)
	g.meter.left = m
	g.observed()
}

func (g *regulators) sent(m *member, j *worker.Job) {
	g.meter.at(g.b.now)
	if m.Held <= m.Concurrency {
		g.meter.busy++
	} else {
		g.meter.waiting++
	}
	g.meter.sent = j
	g.observed()
}

func (g *regulators) done(m *member, j *worker.Job) {
	g.meter.at(j.Finished)
	switch {
	case m.presence != joined: // it has been taken off already
	case m.Held < m.Concurrency:
		g.meter.busy--
	default:
		g.meter.waiting--
	}
	g.meter.done = j
	g.observed()
}

func (*regulators) recovered(*member, time.Duration) {}
