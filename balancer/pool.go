package balancer

import (
	"time"

	"waza/internal/fifo"
	"waza/requester"
	"waza/worker"
)

// A Pool says how many workers there are to be, by what waits for them. All workers up to the most exist from the start; those that are
// not needed stand in reserve (see Join), and to start or to leave is to become a member, or to be one no more. The zero Pool is none:
// whoever has joined stays.
type Pool struct {
	Start    int           // workers at the start, at least 1; the others join in reserve
	Least    int           // no worker leaves while so many are there or about to be, from 0 to Start
	Interval time.Duration // between two looks whether more are needed; 0: there is no pool
	Delay    time.Duration // from a start until the worker is there, from 0
	Idle     time.Duration // a worker leaves that has held nothing for so long, above 0
}

// pool is a Pool at work. At every tick it starts workers if work waits and those that are there are busy; a worker that has been idle
// for long enough leaves. It hears as a watcher what its balancer does.
type pool struct {
	Pool
	deaf
	b        *Balancer
	reserve  reserve
	running  int   // members
	starting int   // about to be
	ticks    int64 // up to the next, or the last
	armed    bool  // one is due
	seen     int   // what had been heard at the last tick; -1: workers have been started, have come or gone since
	resting  fifo.Queue[rest]
	since    []time.Duration // by worker id: the start of its latest rest
	watching bool            // somebody's rest is to be looked at
	teller   teller
}

// A rest is a time without work: its member has held nothing since then, unless it has been sent something or has left meanwhile.
type rest struct {
	*member
	since time.Duration
}

func newPool(b *Balancer) *pool {
	return &pool{Pool: b.Pool, b: b, teller: teller{Story: &b.ledger.Story, apart: b.Pool.Interval}}
}

// arm makes an appointment for the next tick: the ticks are at the multiples of the interval. The balancer calls it before it waits for
// a message. After a tick that starts nobody none is due until something has been heard, for without that the next one would decide the
// same: so a run in which all wait for one another comes to a stop, and is found out.
func (p *pool) arm() {
	if p.armed || p.seen == p.heard() || p.reserve.size == 0 || p.b.stopped || p.b.cancelled {
		return
	}
	p.armed = true
	p.ticks = max(p.ticks, int64(p.b.Resolution.Past(p.b.now)/p.Interval)) + 1
	number := p.ticks
	p.b.at(p.next(), func(now time.Duration) {
		if p.armed && number == p.ticks {
			p.tick(now)
		}
	})
}

// next is the instant of the tick that is due, or of the last.
func (p *pool) next() time.Duration { return time.Duration(p.ticks) * p.Interval }

// heard counts what may have changed the answer of a tick: what was received, sent or done.
func (p *pool) heard() int {
	return p.b.ledger.Admitted + p.b.ledger.Dispatched + p.b.ledger.Completed + p.b.ledger.Claims
}

// tick starts as many workers as requests wait, if there are so many in reserve and most of those that run hold something. What waits
// does so in the backlog, or at a worker beyond its slots. O(workers).
func (p *pool) tick(now time.Duration) {
	p.armed, p.seen = false, p.heard()
	busy, waiting := 0, p.b.waiting.size+p.b.broker.waits()
	for _, m := range p.b.members {
		if m != nil && m.presence == joined && m.Held > 0 {
			busy++
			waiting += max(0, m.Held-m.Concurrency)
		}
	}
	if waiting == 0 || busy < p.running*4/5 || p.b.cancelled {
		return
	}
	for range min(waiting, p.reserve.size) {
		p.start(p.reserve.next(), now)
		p.seen = -1
	}
	p.watch() // there are more now, and one that has been idle for long may leave
}

// start lets a worker come out of the reserve.
func (p *pool) start(id int, now time.Duration) {
	p.b.ledger.Started++
	p.tell(requester.Starts, id, now)
	if p.Delay == 0 {
		p.reserve.leave(id).apply(p.b)
		return
	}
	p.starting++
	p.b.at(now+p.Delay, func(now time.Duration) {
		p.starting--
		p.tell(requester.Joins, id, now)
		p.reserve.leave(id).apply(p.b)
	})
}

func (p *pool) joined(m *member) {
	p.running++
	p.seen = -1
	p.teller.changes(p.b.now, p.running-1, p.running, p.Start)
	p.teller.holds(m, m.Held > 0, p.b.now)
	if m.Held == 0 {
		p.rest(m, p.b.now)
	}
}

func (p *pool) left(*member) {
	p.running--
	p.seen = -1
	p.teller.changes(p.b.now, p.running+1, p.running, p.Start)
}

func (p *pool) sent(m *member, _ *worker.Job) { p.teller.holds(m, true, p.b.now) }

func (p *pool) done(m *member, j *worker.Job) {
	if m.Held > 0 {
		return
	}
	p.teller.holds(m, false, j.Finished)
	if m.presence == joined {
		p.rest(m, j.Finished)
	}
}

// rest notes that a member holds nothing since then. Rests that are over stay in the queue until it is twice as long as it need be.
// O(1), amortised.
func (p *pool) rest(m *member, since time.Duration) {
	if p.resting.Len() > 2*p.running+8 {
		for range p.resting.Len() {
			if r := p.resting.Pop(); p.lasts(r) {
				p.resting.Push(r)
			}
		}
	}
	p.since = withPlace(p.since, m.ID)
	p.since[m.ID] = since
	p.resting.Push(rest{m, since})
	p.watch()
}

// lasts tells whether a rest is not over.
func (p *pool) lasts(r rest) bool {
	return r.presence == joined && r.Held == 0 && r.since == p.since[r.ID]
}

// longest returns the rest that has lasted longest, and of several that began together the one that was heard of first.
func (p *pool) longest() (r rest, is bool) {
	for p.resting.Len() > 0 {
		if r = p.resting.At(0); p.lasts(r) {
			return r, true
		}
		p.resting.Pop()
	}
	return rest{}, false
}

// watch makes an appointment for the end of the longest rest, if a worker may leave at all.
func (p *pool) watch() {
	if p.watching || p.running+p.starting <= p.Least || p.b.cancelled {
		return
	}
	if r, is := p.longest(); is {
		p.watching = true
		p.b.at(r.since+p.Idle, p.dismiss)
	}
}

// dismiss lets those leave that have been idle for long enough, as many as may. A tick of that instant comes first, wherever the
// balancer's own instants lie.
func (p *pool) dismiss(now time.Duration) {
	p.watching = false
	if p.armed && !p.b.Resolution.Before(now, p.next()) {
		p.tick(now)
	}
	for p.running+p.starting > p.Least && !p.b.cancelled {
		r, is := p.longest()
		if !is || p.b.Resolution.Before(now, r.since+p.Idle) {
			break
		}
		p.b.ledger.Left++
		p.tell(requester.Leaves, r.ID, now)
		Leave{Worker: r.ID}.apply(p.b) // it holds nothing, and is gone at once
		p.reserve.enter(r.ID)
	}
	p.watch()
}

func (p *pool) tell(what requester.Happening, id int, now time.Duration) {
	if p.b.Tell != nil {
		p.b.Tell(requester.Event{At: now, What: what, Worker: id})
	}
}
