package balancer

import (
	"waza/requester"
	"waza/strategy"
	"waza/worker"
)

// finished returns the channel of completions; nil, which never delivers, while they may as well lie there until a message of another
// kind comes: that saves a turn of the loop for each. They may as long as nothing would follow from one (no request waits for room, and
// nobody is eager to hear of it), and as long as no worker has to wait to be heard (the channel has room for all jobs that are out).
// Before the next dispatch all of them are taken, and each tells its own instant.
func (b *Balancer) finished() <-chan *worker.Job {
	if b.waiting.size == 0 && !b.eager && b.out <= cap(b.done) && !b.stopped {
		return nil
	}
	return b.done
}

// hear takes all completions that lie in their channel, so that the books are right up to now.
func (b *Balancer) hear() {
	for len(b.done) > 0 {
		b.complete(<-b.done)
	}
	b.look()
}

// complete takes back a job. One that was swallowed still counts as pending: in the system that is simulated, nobody has told the balancer.
func (b *Balancer) complete(j *worker.Job) {
	b.out--
	m := b.members[j.Worker]
	if m.out--; m.presence == arriving && m.out <= m.Limit {
		b.join(m)
	}
	if j.Served && m.presence != joined {
		m.book.Stays.extend(j.Finished, b.Window)
	}
	if b.broker != nil {
		b.broker.returned(j)
	}
	if j.Verdict == requester.Lost && !j.Withdrawn && j.Until > j.Finished {
		b.keep(j)
		return
	}
	b.settle(j, m)
}

// settle enters in the books that a member holds one job less. If the job was sent to an earlier incarnation there is nothing to enter:
// the books of that one are closed.
func (b *Balancer) settle(j *worker.Job, m *member) {
	b.spare = append(b.spare, j)
	if j.Incarnation != m.incarnation {
		return
	}
	now := max(j.Finished, m.book.since) // on the wall clock another job may have been sent to it since
	m.book.count(m.Held, now, b.Window)
	m.book.Sojourns += now - j.Dispatched
	m.dispatched -= j.Dispatched
	m.Held--
	b.ledger.Completed++
	if !b.cancelled { // what is handed back when the run is over says nothing about its worker
		for _, w := range b.watchers {
			w.done(m, j)
		}
	}
	if m.presence != joined {
		b.drained(m, now)
		return
	}
	b.room++
	b.changed(m, now)
	b.waiting.room(m)
	if b.observer != nil {
		b.observer.Done(&m.Worker, strategy.Observation{At: now, Took: now - j.Dispatched, Verdict: j.Verdict, Idle: j.Idle})
	}
}
