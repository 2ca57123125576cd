// Package balancer decides which worker serves each request. A Balancer is one goroutine. It alone owns what is known about the workers,
// and that is why there is no lock.
//
// Read Run first: its loop receives messages, each of which only changes what is known, and dispatches after every one of them.
//
// Next: dispatch.go, which sends; completion.go, which hears that a job is done; member.go, what is known about a worker. Then package
// strategy, which the balancer asks, and package worker, whose queues it fills.
package balancer

import (
	"runtime"
	"time"

	"waza/internal/instant"
	"waza/requester"
	"waza/strategy"
	"waza/worker"
)

// A Balancer receives requests and sends each to the worker that its strategy picks. The exported fields say how it does so: whoever makes
// the balancer sets them before Run, and nobody changes them after that.
type Balancer struct {
	Admission   // which requests may wait, and in which order they leave
	Failover    // what becomes of the work of a worker that dies
	Quiescence  // how it finds out that nothing more will happen
	Instruments // what it tells and measures: no decision depends on that

	View       View        // how old the counts are that the strategy sees
	Features   []Feature   // what it does about things that go wrong
	Panic      float64     // when less than this share of the members is fit, it treats all of them as fit; in [0, 1]
	Regulators []Regulator // what limits the requests that it sends, at most MostRegulators
	Pool       Pool        // how many workers there are, by what waits for them; the zero Pool: those that have joined
	Resizes    []Resize    // how many workers there are from when on, without a Pool; nil: those that have joined
	Tier       int         // 0: requesters ask it; 1: proxies do

	// Readings brings the answers to probes, and has room for those that may be on their way; nil: the strategy asks for none.
	Readings chan requester.Reading

	Epoch      time.Time          // instant 0 of the run
	Second     time.Duration      // how long a simulated second is on the run's clock; 0: a second
	Resolution instant.Resolution // how far apart two instants have to be to be different

	// Aim moves what the balancer does by itself to an instant of its own, so that no two goroutines wake at once; on the wall clock it
	// changes nothing.
	Aim func(now, due time.Duration) time.Duration

	chooser // the strategy, and what it is asked
	extras  // what of the above is at work

	in        <-chan *requester.Request
	done      chan *worker.Job
	now       time.Duration // when the latest message came
	due       appointments  // what it will do by itself
	waiting   *backlog      // requests that have come and have not left
	members   []*member     // by worker id: the latest incarnation, nil before the first
	room      int           // how many more jobs the members may hold, all together
	out       int           // jobs that were sent and have not come back
	sent      uint64        // jobs that were sent so far
	probing   int           // probes that were sent and have not been answered
	spare     []*worker.Job // that have come back, to be used again
	swallowed swallowedJobs // that have come back without an answer, and count as pending all the same
	codel     codel
	health    health // of the members together
	stopped   bool   // no request will come any more
	cancelled bool   // the run is over: nothing will be sent any more
	ledger    Ledger
}

// New returns a balancer that asks s and has no workers yet: they Join.
func New(s strategy.Strategy) *Balancer {
	b := &Balancer{chooser: newChooser(s)}
	b.eligible = b.isEligible // made once: a method value per pick would be an allocation per pick
	return b
}

// Run balances until it has been told to Stop and everything that it received has been answered. Requests come on in. Workers return
// their jobs on done, which each job carries. All other messages come on control.
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

// connect makes everything ready for the first message.
func (b *Balancer) connect(in <-chan *requester.Request, done chan *worker.Job) {
	b.swallowed = swallowedJobs{}
	b.in, b.done, b.waiting = in, done, newBacklog(b.order(), b.strategy, &b.health)
	b.codel = codel{CoDel: b.CoDel, resolution: b.Resolution}
	b.health.below = b.Panic
	b.watch()
}

// over tells whether no request will come any more and none is left.
func (b *Balancer) over() bool {
	return b.stopped && b.out == 0 && b.waiting.size == 0 && b.broker.idle()
}

// close ends the books. Every job has come back by now, so what is still pending was swallowed.
func (b *Balancer) close() {
	b.broker.answerLost()
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

// intake returns the channel on which requests come; nil, which never delivers, while no more may wait. That is back-pressure: the next
// request then waits in its requester.
func (b *Balancer) intake() <-chan *requester.Request {
	if b.blocked() {
		return nil
	}
	return b.in
}

// admit lets a request wait that has just come. The dispatch that follows may send it at once.
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

// catchUp takes all that has come besides the message that the loop received, without a select for each. The order matters: first the
// requests, which wait in a buffer on the wall clock only; then all completions and answers to probes, so that the books are right
// before anything is decided; then what is due by now.
func (b *Balancer) catchUp() {
	if cap(b.in) > 0 {
		runtime.Gosched() // lets requesters that are about to ask do so first: one turn of the loop then serves them all
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

// look notes what time it is.
func (b *Balancer) look() { b.now = time.Since(b.Epoch) }

// second is how long a simulated second is on the run's clock.
func (b *Balancer) second() time.Duration {
	if b.Second > 0 {
		return b.Second
	}
	return time.Second
}
