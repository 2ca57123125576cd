// Package balancer decides who works. A Balancer is one goroutine; it alone owns what is known about the workers,
// and that is why there is no lock.
//
// Next: package strategy, which it asks; package worker, whose queues it fills.
package balancer

import (
	"runtime"
	"slices"
	"time"

	"waza/requester"
	"waza/strategy"
	"waza/worker"
)

// Unlimited is a backlog of any length.
const Unlimited = -1

// A Balancer receives requests and sends each to the worker that its strategy picks.
type Balancer struct {
	Backlog    int                   // how many requests may wait here, from 0; Unlimited: any number
	Discipline Discipline            // in which order they go
	Reject     bool                  // with a full backlog, reject; else stop receiving
	Epoch      time.Time             // instant 0 of the run
	Window     worker.Window         // what of the run is measured
	Tell       func(requester.Event) // hears what happens; nil: nobody does
	View       View                  // how old the counts are that the strategy sees
	Tier       int                   // 0: requesters ask it; 1: proxies do
	Readings   chan worker.Reading   // answers to probes, with room for those that may be out; nil: the strategy asks none

	strategy   strategy.Strategy
	observer   strategy.Observer   // the strategy, if it is one, else nil
	ranker     strategy.Ranker     // the same
	prober     strategy.Prober     // the same
	refuser    strategy.Refuser    // the same
	particular strategy.Particular // the same

	waiting   backlog
	members   []*member     // by worker id: the latest incarnation, nil before the first
	jobs      []*worker.Job // that have come home
	moved     []*member     // that the ranker has not been told of
	calling   []*member     // that may have room for who is at the head of their lines
	room      int           // how many more jobs the members may hold
	out       int           // jobs not seen done
	probing   int           // probes that are not answered
	sent      uint64        // dispatches so far
	stopped   bool          // no request will come any more
	cancelled bool          // nothing will be sent any more

	eligible func(*strategy.Worker) bool // made once: no allocation per pick
	tried    []int                       // by the request that eligible is asked about
	ledger   Ledger
}

// New returns a balancer that asks s and has no workers yet: they Join.
func New(s strategy.Strategy) *Balancer {
	b := &Balancer{strategy: s}
	b.observer, _ = s.(strategy.Observer)
	b.ranker, _ = s.(strategy.Ranker)
	b.prober, _ = s.(strategy.Prober)
	b.refuser, _ = s.(strategy.Refuser)
	b.particular, _ = s.(strategy.Particular)
	b.eligible = func(w *strategy.Worker) bool {
		return w.Held < w.Limit && !slices.Contains(b.tried, w.ID)
	}
	return b
}

// Run balances until it has been told to Stop and everything it received has been answered.
// It sends its jobs off with done, on which the workers answer.
func (b *Balancer) Run(in <-chan *requester.Request, done chan *worker.Job, control <-chan Event) {
	b.waiting.all.discipline = b.Discipline
	for !b.over() {
		intake, finished := in, done
		if b.blocked() {
			intake = nil // back-pressure: a nil channel is never ready
		}
		if b.mayLieIn(cap(done)) {
			finished = nil // completions wait in their channel until there is something to decide
		}
		select {
		case r := <-intake:
			b.admit(r)
		case j := <-finished:
			b.complete(j)
		case e := <-control:
			e.apply(b)
		}
		b.catchUp(intake, done)
		b.dispatch(done) // any message may have made room
	}
}

// mayLieIn tells whether no completion can change anything before the next message of another kind: nothing waits for room, and
// done has room for every job that is out, so that no worker ever waits to be heard.
func (b *Balancer) mayLieIn(room int) bool {
	return b.waiting.Len() == 0 && b.out <= room && !b.stopped
}

// catchUp takes what lies in the buffers without a select each: the requests (there is a buffer on the wall clock only),
// then, so that the books are right before any dispatch, all completions, and what workers have said when probed.
func (b *Balancer) catchUp(intake <-chan *requester.Request, done <-chan *worker.Job) {
	if cap(intake) > 0 {
		runtime.Gosched() // whoever is about to ask does so first: one turn then serves them all
	}
	for len(intake) > 0 {
		b.admit(<-intake)
	}
	for len(done) > 0 {
		b.complete(<-done)
	}
	for len(b.Readings) > 0 {
		b.read(<-b.Readings)
	}
}

func (b *Balancer) over() bool { return b.stopped && b.out == 0 && b.waiting.Len() == 0 }

func (b *Balancer) blocked() bool {
	return !b.Reject && b.Backlog != Unlimited && b.waiting.Len() >= max(1, b.Backlog)
}

func (b *Balancer) admit(r *requester.Request) {
	b.ledger.Admitted++
	b.stand(b.waiting.Push(r))
}

// complete takes one job off a worker's books, unless it was sent to an earlier incarnation: those are closed.
func (b *Balancer) complete(j *worker.Job) {
	b.jobs = append(b.jobs, j) // to be sent again
	m := b.members[j.Worker]
	if j.Incarnation != m.incarnation {
		return
	}
	now := max(j.Finished, m.book.since) // on the wall clock another job may have been sent to it since
	m.book.count(m.Held, now, b.Window)
	m.book.Held += now - j.Dispatched
	m.dispatched -= j.Dispatched
	b.ledger.Completed++
	b.out--
	m.Held--
	if m.gone {
		return
	}
	b.room++
	b.changed(m, now)
	b.mayCall(m)
	if b.observer != nil {
		b.observer.Done(&m.Worker, strategy.Observation{At: now, Took: now - j.Dispatched, Verdict: j.Verdict, Idle: j.Idle})
	}
}

// dispatch sends what waits to whoever has room, in the order of the backlog, and turns away what has no place here.
func (b *Balancer) dispatch(done chan<- *worker.Job) {
	now := b.now()
	for w := b.next(now); w != nil; w = b.next(now) {
		if v := b.verdict(w.Request, now); v != requester.Succeeded {
			b.refuse(b.waiting.Take(w), v)
		} else if m := b.pick(w.Request, now); m != nil {
			b.send(b.waiting.Take(w), m, now, done)
		} else {
			break // nor is there one for those behind it
		}
	}
	for b.Reject && b.Backlog != Unlimited && b.waiting.Len() > b.Backlog {
		b.refuse(b.waiting.Take(b.waiting.Newest()), requester.Rejected)
	}
}

// pick asks the strategy, first for a worker that the request has not met.
func (b *Balancer) pick(r *requester.Request, now time.Duration) *member {
	if b.room == 0 {
		return nil // nobody is eligible: no need to ask
	}
	b.tried = nil
	if r.Tried != nil {
		b.tried = r.Tried[b.Tier]
	}
	b.look(now)
	w := b.strategy.Pick(r, b.eligible)
	if w == nil && len(b.tried) > 0 {
		b.tried = nil // every other is out: whom it has met is eligible again
		w = b.strategy.Pick(r, b.eligible)
	}
	if w == nil {
		return nil
	}
	return b.members[w.ID]
}

func (b *Balancer) send(r *requester.Request, m *member, now time.Duration, done chan<- *worker.Job) {
	m.book.count(m.Held, now, b.Window)
	b.ledger.Dispatched++
	b.room--
	b.out++
	b.sent++
	m.Held++
	m.dispatched += now
	m.LastSent = b.sent
	b.changed(m, now)
	if b.observer != nil {
		b.observer.Sent(&m.Worker)
	}
	if b.Readings != nil {
		b.probe(now)
	}
	if r.Tried != nil {
		r.Tried[b.Tier] = append(r.Tried[b.Tier], m.ID)
	}
	b.tell(requester.Event{At: now, What: requester.Dispatches, Worker: m.ID}, r)
	j := b.job()
	*j = worker.Job{Request: r, Done: done, Worker: m.ID, Incarnation: m.incarnation, Dispatched: now}
	if m.tokens != nil {
		j.Ahead = len(m.tokens)
		m.tokens <- struct{}{} // has room for as many as the queue, and never blocks for the same reason
	}
	m.queue <- j // never blocks: there is room for the Limits of all balancers, and each has sent at most its own that is not done
}

// job returns one that has come home, so that few are in use and all of them are in a core's cache.
func (b *Balancer) job() *worker.Job {
	last := len(b.jobs) - 1
	if last < 0 {
		return new(worker.Job)
	}
	j := b.jobs[last]
	b.jobs = b.jobs[:last]
	return j
}

// tell says what happens to a request to whoever listens.
func (b *Balancer) tell(e requester.Event, r *requester.Request) {
	if b.Tell != nil {
		e.Request, e.Attempt = r.ID, r.Attempt
		b.Tell(e)
	}
}

func (b *Balancer) now() time.Duration { return time.Since(b.Epoch) }
