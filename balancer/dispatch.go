package balancer

import (
	"waza/requester"
	"waza/worker"
)

// dispatch sends what waits to whoever has room, in the order of the backlog, and turns away what has no place here.
func (b *Balancer) dispatch() {
	if b.broker != nil {
		b.broker.redispatch()
	}
	for w, v := b.next(); w != nil; w, v = b.next() {
		if v != requester.Succeeded {
			b.refuse(b.waiting.take(w), v)
		} else if m := b.pick(w.Request); m == nil {
			b.regulated.hold(w)
			break // nor is there one for those behind it
		} else if b.drops(w) {
			b.reject(b.waiting.take(w), requester.WaitedTooLong)
		} else {
			b.send(b.waiting.take(w), m)
		}
	}
	for b.overfull() {
		w := b.waiting.all.newest()
		b.regulated.hold(w)
		b.reject(b.waiting.take(w), b.reason())
	}
	if b.WatchQueue {
		b.ledger.Queue.watch(b.waiting.size, b.now, b.Window, 60*b.second())
		b.ledger.AtWorkers.watch(b.excess.waiting, b.now, b.Window, 60*b.second())
	}
}

// overfull tells whether more wait than may.
func (b *Balancer) overfull() bool {
	return b.Reject && b.Backlog != Unlimited && b.waiting.size > b.Backlog
}

// next returns which waiter is next, nil if none is, and what the balancer itself has to say to it. One at the head whose time is over is
// next, whoever has room.
func (b *Balancer) next() (*waiter, requester.Verdict) {
	head := b.waiting.all.head()
	if head == nil {
		return nil, requester.Succeeded
	}
	v := b.verdict(head.Request)
	if v != requester.Succeeded {
		return head, v
	}
	called := b.waiting.called(head)
	if called != head && called != nil {
		v = b.verdict(called.Request)
	}
	return called, v
}

// pick asks the strategy, first for a worker that the request has not met.
func (b *Balancer) pick(r *requester.Request) *member {
	if b.room == 0 || !b.open() {
		return nil // nobody is eligible, or none may be sent: no need to ask
	}
	b.tried = nil
	if r.Tried != nil {
		b.tried = r.Tried[b.Tier]
	}
	b.show()
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

// send sends the request to a member, and enters it in the books.
func (b *Balancer) send(r *requester.Request, m *member) {
	now := b.now
	m.book.count(m.Held, now, b.Window)
	b.ledger.Dispatched++
	b.room--
	b.out++
	m.out++
	b.sent++
	m.Held++
	m.dispatched += now
	m.LastSent = b.sent
	b.changed(m, now)
	if b.observer != nil {
		b.observer.Sent(&m.Worker)
	}
	if b.Readings != nil {
		b.probe()
	}
	if r.Tried != nil {
		r.Tried[b.Tier] = append(r.Tried[b.Tier], m.ID)
	}
	if b.Tell != nil { // nor is the event made for nobody
		b.tell(requester.Event{At: now, What: requester.Dispatches, Worker: m.ID}, r)
	}
	j := b.job()
	*j = worker.Job{Request: r, Done: b.done, Worker: m.ID, Incarnation: m.incarnation, Dispatched: now}
	if b.broker != nil {
		b.broker.sending(j, m)
	}
	for _, w := range b.watchers {
		w.sent(m, j)
	}
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
