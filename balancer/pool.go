package balancer

import (
	"time"

	"waza/internal/fifo"
	"waza/requester"
	"waza/worker"
)

// A Pool says how many workers there are, by what waits for them. All workers up to the most exist from the start. Those that are not needed
// stand in reserve (see Join): to start one is to make it a member, and when it leaves it is a member no longer. The zero Pool is none:
// workers that have joined stay.
type Pool struct {
	Start    int           // workers at the start, at least 1; the others join in reserve
	Least    int           // no worker leaves if fewer than this would be there or on their way, from 0 to Start
	Interval time.Duration // between two looks whether more are needed; 0: there is no pool
	Delay    time.Duration // from the start of a worker until it is there, from 0
	Idle     time.Duration // a worker that has held nothing for so long leaves, above 0
}

// pool is a Pool at work. At every tick it starts workers if work waits and those that are there are busy. A worker that has been idle for
// long enough leaves. As a watcher it hears what its balancer does.
type pool struct {
	Pool
	deaf
	b        *Balancer
	reserve  reserve
	running  int              // members
	starting int              // workers that are on their way
	ticks    int64            // the number of the tick that is due, or of the last one
	armed    bool             // a tick is due
	seen     int              // what had been heard at the last tick; -1: workers have been started, have come or gone since
	resting  fifo.Queue[rest] // in the order in which they began, and among them some that are over
	since    []time.Duration  // by worker id: when its latest rest began
	watching bool             // there is an appointment for the end of the longest rest
	teller   teller
}

// A rest is a time without work: the member has held nothing since then, unless it has been sent something or has left meanwhile.
type rest struct {
	*member
	since time.Duration
}

func newPool(b *Balancer) *pool {
	return &pool{Pool: b.Pool, b: b, teller: teller{Story: &b.ledger.Story, apart: b.Pool.Interval}}
}

// arm makes an appointment for the next tick; ticks are at the multiples of the interval. The balancer calls it before it waits for a message.
// After a tick that has started no worker there is no other until something has been heard, since it would decide the same. So a run in
// which all processes wait for one another comes to a stop, and is found to hang.
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

// next is the instant of the tick that is due, or of the last one.
func (p *pool) next() time.Duration { return time.Duration(p.ticks) * p.Interval }

// heard counts what may change what a tick decides: requests that came, and jobs that were sent, done or claimed.
func (p *pool) heard() int {
	return p.b.ledger.Admitted + p.b.ledger.Dispatched + p.b.ledger.Completed + p.b.ledger.Claims
}

// tick starts as many workers as requests wait, as far as the reserve goes, if most of the members hold something. A request waits if it is
// in the backlog, or at a worker beyond its slots. O(workers).
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
	p.watch() // with more workers, one may leave that could not before
}

// start lets a worker come out of the reserve, after the delay.
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

// rest notes that a member holds nothing since that instant. Rests that are over stay in the queue until it is twice as long as necessary.
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

// lasts tells whether a rest goes on.
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

// dismiss lets workers leave that have been idle for long enough, as many as may. If a tick is due at the same instant it comes first,
// wherever the balancer's own instants lie.
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
