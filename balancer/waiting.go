package balancer

import (
	"time"

	"waza/worker"
)

// A Waiting is how many requests waited in some place at each time.
type Waiting struct {
	Size
	Inside float64 // ns: the integral of that number inside the measured window
	AtEnd  Recent  // that number in the last simulated minute of the window
}

// watch notes that so many requests wait from now on.
func (q *Waiting) watch(waiting int, now time.Duration, window worker.Window, minute time.Duration) {
	if waiting == q.present {
		return
	}
	inside := window.Known()
	q.Inside += float64(q.present) * float64(inside.Overlap(q.since, now))
	switch more := waiting - q.present; {
	case now <= inside.Close:
		q.AtEnd.Change(now, more, minute)
	case q.since <= inside.Close: // the first after the window
		q.AtEnd.Change(inside.Close, 0, minute)
	}
	q.Change(now, waiting-q.present)
}

// watchQueues notes how many requests wait from now on, here and at workers.
func (b *Balancer) watchQueues() {
	minute := 60 * b.second()
	b.ledger.Queue.watch(b.waiting.size, b.now, b.Window, minute)
	b.ledger.AtWorkers.watch(b.excess.waiting, b.now, b.Window, minute)
}

// excess is a watcher that counts how many of the requests that its balancer has sent wait at members: those beyond their slots.
type excess struct {
	deaf
	waiting int
}

func (e *excess) joined(m *member) { e.waiting += max(0, m.Held-m.Concurrency) }

func (e *excess) left(m *member) { e.waiting -= max(0, m.Held-m.Concurrency) }

func (e *excess) sent(m *member, _ *worker.Job) {
	if m.Held > m.Concurrency {
		e.waiting++
	}
}

func (e *excess) done(m *member, _ *worker.Job) {
	if m.presence == joined && m.Held >= m.Concurrency {
		e.waiting--
	}
}
