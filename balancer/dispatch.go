package balancer

import (
	"waza/requester"
	"waza/worker"
)

// dispatch sends waiting requests to workers, in the order of the backlog, for as long as there is a worker for the next one. Then it
// rejects what is more than may wait.
func (b *Balancer) dispatch() {
	if b.broker != nil {
		b.broker.redispatch()
	}
	for w, v := b.next(); w != nil; w, v = b.next() {
		if v != requester.Succeeded {
			b.refuse(b.take(w), v)
		} else if m := b.pick(w.Request); m == nil {
			b.regulated.hold(w)
			break // nor is there a worker for those behind it
		} else if b.drops(w) {
			b.reject(b.take(w), requester.WaitedTooLong)
		} else {
			b.send(b.take(w), m)
		}
	}
	for b.overfull() {
		w := b.waiting.all.newest()
		b.regulated.hold(w)
		b.reject(b.take(w), b.reason())
	}
	if b.WatchQueue {
		b.watchQueues()
	}
}

// take takes a waiter out of the backlog.
func (b *Balancer) take(w *waiter) *requester.Request {
	if b.regulated != nil {
		b.regulated.release(w)
	}
	return b.waiting.take(w)
}

// next returns the waiter whose turn it is, nil if there is none, and the verdict with which the balancer itself answers it; Succeeded: it
// is to be sent. The head of the backlog is answered as soon as there is such a verdict, even if no worker has room. Otherwise, where
// each request waits for some workers only, it is the turn of the first that one of its workers has room for.
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

// send sends the request to a member.
func (b *Balancer) send(r *requester.Request, m *member) {
	b.enterSent(m)
	if b.observer != nil {
		b.observer.Sent(&m.Worker)
	}
	if b.Readings != nil {
		b.probe()
	}
	if r.Tried != nil {
		r.Tried[b.Tier] = append(r.Tried[b.Tier], m.ID)
	}
	if b.Tell != nil { // asked here as well as in tell: so no event is made if nobody listens
		b.tell(requester.Event{At: b.now, What: requester.Dispatches, Worker: m.ID}, r)
	}
	j := b.job()
	*j = worker.Job{Request: r, Done: b.done, Worker: m.ID, Incarnation: m.incarnation, Dispatched: b.now}
	if b.broker != nil {
		b.broker.sending(j, m)
	}
	for _, w := range b.watchers {
		w.sent(m, j)
	}
	if m.tokens != nil {
		j.Ahead = len(m.tokens)
		m.tokens <- struct{}{} // never blocks: it has as much room as the queue
	}
	m.queue <- j // never blocks: it has room for the Limits of all balancers, and each has sent at most its own that is not done
}

// enterSent enters in the books that a member holds one job more. settle enters that it holds one less.
func (b *Balancer) enterSent(m *member) {
	m.book.count(m.Held, b.now, b.Window)
	m.dispatched += b.now
	m.out++
	m.Held++
	b.ledger.Dispatched++
	b.room--
	b.out++
	b.sent++
	m.LastSent = b.sent
	b.changed(m, b.now)
}

// job returns a job to fill in: one that has come back, if there is one. So few are in use, and all of them are in a core's cache.
func (b *Balancer) job() *worker.Job {
	last := len(b.spare) - 1
	if last < 0 {
		return new(worker.Job)
	}
	j := b.spare[last]
	b.spare = b.spare[:last]
	return j
}
