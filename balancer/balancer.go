// Package balancer decides who works. A Balancer is one goroutine; it alone owns what is known about the workers,
// and that is why there is no lock.
//
// Next: package strategy, which it asks; package worker, whose queues it fills.
package balancer

import (
	"runtime"
	"slices"
	"time"

	"waza/internal/instant"
	"waza/requester"
	"waza/strategy"
	"waza/worker"
)

// Unlimited is a backlog of any length.
const Unlimited = -1

// A Balancer receives requests and sends each to the worker that its strategy picks.
type Balancer struct {
	Backlog    int                    // how many requests may wait here, from 0; Unlimited: any number
	Discipline Discipline             // in which order they go
	Ageing     time.Duration          // after which a waiting request rises by one priority, under priority only; 0: never
	CoDel      CoDel                  // which requests are rejected that have waited too long
	Queues     Queues                 // which requests wait in, rather than in one line in the order of the Discipline
	Reject     bool                   // with a full backlog, reject; else stop receiving
	Epoch      time.Time              // instant 0 of the run
	Resolution instant.Resolution     // how far apart two instants are to be different
	Window     worker.Window          // what of the run is measured
	Tell       func(requester.Event)  // hears what happens; nil: nobody does
	View       View                   // how old the counts are that the strategy sees
	Tier       int                    // 0: requesters ask it; 1: proxies do
	Features   []Feature              // what it does about things that go wrong
	Regulators []Regulator            // which of them limit what it sends, at most MostRegulators
	Second     time.Duration          // how long a simulated second is on its clock; 0: a second
	Pool       Pool                   // how many workers there are to be; the zero Pool: whoever has joined
	Resizes    []Resize               // how many workers there are from when on, beside no Pool; nil: all, always
	Panic      float64                // where a smaller share of the members is fit, all are as if they were; in [0, 1]
	Lease      time.Duration          // a worker that has not beaten for so long is suspected to be dead; 0: nobody is
	Last       time.Duration          // no request comes after this instant but those that are tried again; 0: it is not known
	Quiet      time.Duration          // if nothing happens for so long after that, nothing will; 0: not known
	Hurry      func() bool            // whether whoever interrupted the run has waited enough: then nothing goes on, either; nil: never
	Silence    chan struct{}          // which is then closed
	Faults     []*worker.Episodes     // a copy of its own of when each fault troubles whom, to find out when that is heeded; nil: nobody asks
	Placing    strategy.Strategy      // another of the same kind, which places keys, to find out how many move; nil: nobody asks
	WatchQueue bool                   // it keeps in its books how many requests waited when
	Claims     bool                   // it answers for the workers, and gives what the dead hold to others
	Fates      []*worker.Fate         // by worker id, a copy of its own of what happens to each, to find out how long it takes to be known; nil: nobody asks
	Readings   chan requester.Reading // answers to probes, with room for those that may be out; nil: the strategy asks none

	Announcements Announcements // of what the dead hold, where it claims

	// Aim moves what the balancer does by itself to an instant of its own, so that no two goroutines wake at once; on the wall clock it
	// changes nothing.
	Aim func(now, due time.Duration) time.Duration

	strategy strategy.Strategy
	observer strategy.Observer // the strategy, if it is one, else nil
	ranker   strategy.Ranker   // the same
	prober   strategy.Prober   // the same
	refuser  strategy.Refuser  // the same

	in        <-chan *requester.Request
	done      chan *worker.Job
	now       time.Duration // when the latest message came
	waiting   *backlog
	due       appointments
	members   []*member     // by worker id: the latest incarnation, nil before the first
	jobs      []*worker.Job // that have come home
	moved     []*member     // that the ranker has not been told of
	watchers  []watcher     // the features at work
	excess    excess        // one of them, where it watches its queue
	detection *detection    // among them; nil: nobody asks
	placement *placement    // the same
	broker    *broker       // nil: workers answer requesters themselves
	gates     []gate        // those features that hold requests back
	regulated *regulators   // among them; nil: there are none
	codel     codel
	resizer   *resizer                         // nil: there is none
	pool      *pool                            // nil: there is none
	health    health                           // of the members together
	news      news                             // when something has happened last
	quiet     bool                             // nothing more will
	eager     bool                             // somebody wants to hear of each completion at once
	room      int                              // how many more jobs the members may hold
	out       int                              // jobs that have not come back
	swallowed map[<-chan struct{}][]*swallowed // jobs that are pending though they have come home, by the channel that says that they are not
	probing   int                              // probes that are not answered
	sent      uint64                           // dispatches so far
	stopped   bool                             // no request will come any more
	cancelled bool                             // nothing will be sent any more

	eligible func(*strategy.Worker) bool // made once: no allocation per pick
	tried    []int                       // by the request that eligible is asked about
	ledger   Ledger
}

// news is how much has happened, as it was seen last, and when.
type news struct {
	count int
	at    time.Duration
}

// New returns a balancer that asks s and has no workers yet: they Join.
func New(s strategy.Strategy) *Balancer {
	b := &Balancer{strategy: s}
	b.observer, _ = s.(strategy.Observer)
	b.ranker, _ = s.(strategy.Ranker)
	b.prober, _ = s.(strategy.Prober)
	b.refuser, _ = s.(strategy.Refuser)
	b.eligible = func(w *strategy.Worker) bool {
		return w.Held < w.Limit && (!w.Unfit || b.health.panics) && !slices.Contains(b.tried, w.ID)
	}
	return b
}

// Run balances until it has been told to Stop and everything it received has been answered.
// It sends its jobs off with done, on which the workers answer.
func (b *Balancer) Run(in <-chan *requester.Request, done chan *worker.Job, control <-chan Control) {
	b.connect(in, done)
	for !b.over() {
		select {
		case r := <-b.intake():
			b.admit(r)
		case j := <-b.finished():
			b.complete(j)
		case c := <-control:
			c.apply(b)
		case <-b.alarm():
			b.ring()
		}
		b.catchUp()
		b.dispatch() // any message may have made room
	}
	b.close()
}

// close forgets what is still pending: all that was sent has come back, so it was swallowed.
func (b *Balancer) close() {
	b.broker.close()
	for _, m := range b.members {
		switch {
		case m == nil:
		case m.presence == suspected:
			b.forget(m)
		case m.Held > 0:
			b.closeBook(m)
		}
	}
}

func (b *Balancer) connect(in <-chan *requester.Request, done chan *worker.Job) {
	b.swallowed = map[<-chan struct{}][]*swallowed{}
	b.in, b.done, b.waiting = in, done, newBacklog(b.order(), b.strategy, &b.health)
	b.codel = codel{CoDel: b.CoDel, resolution: b.Resolution}
	b.health.below = b.Panic
	if b.Claims {
		b.broker = &broker{Balancer: b}
		b.broker.begin()
	}
	b.watch()
	b.eager = len(b.gates) > 0 || b.broker != nil || b.pool != nil
}

// intake returns the channel of requests; nil, which never delivers, while as many wait as may. That is back-pressure: the next
// request waits at the door, in its requester.
func (b *Balancer) intake() <-chan *requester.Request {
	if b.blocked() {
		return nil
	}
	return b.in
}

// catchUp takes what lies in the buffers without a select each: the requests (there is a buffer on the wall clock only), then, so that
// the books are right before any dispatch, all completions and what workers have said when probed, then what is due by now.
func (b *Balancer) catchUp() {
	if cap(b.in) > 0 {
		runtime.Gosched() // requesters that are about to ask do so first: one turn then serves them all
		for len(b.in) > 0 && !b.blocked() {
			b.admit(<-b.in)
		}
	}
	b.hear()
	for len(b.Readings) > 0 {
		b.read(<-b.Readings)
	}
	b.due.agenda.Ring(b.now)
}

func (b *Balancer) over() bool {
	return b.stopped && b.out == 0 && b.waiting.size == 0 && b.broker.idle()
}

func (b *Balancer) blocked() bool {
	return !b.Reject && b.Backlog != Unlimited && b.waiting.size >= max(1, b.Backlog)
}

func (b *Balancer) admit(r *requester.Request) {
	b.ledger.Admitted++
	if b.broker != nil {
		r = b.broker.accept(r)
	}
	w := b.waiting.push(r)
	if b.Ageing > 0 || b.CoDel.Interval > 0 {
		b.look()
		w.since = b.now
	}
}

// tell says what happens to a request to whoever listens.
func (b *Balancer) tell(e requester.Event, r *requester.Request) {
	if b.Tell != nil {
		e.Request, e.Attempt = r.ID, r.Attempt
		b.Tell(e)
	}
}

// look notes what time it is.
func (b *Balancer) look() { b.now = time.Since(b.Epoch) }
