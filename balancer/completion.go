package balancer

import (
	"waza/requester"
	"waza/strategy"
	"waza/worker"
)

// finished returns the channel of completions; nil while a completion can change nothing until a message of another kind comes.
// That is so while no request waits for room, and while the channel has room for the completions of all jobs that are out, so that no
// worker waits to be heard. They are taken before the next dispatch, and each tells its own instant. A gate hears of each in its turn, a
// pool of who is idle, and a broker has requesters to answer.
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

// complete takes back a job. One that was swallowed is pending all the same, for nobody has told the balancer.
func (b *Balancer) complete(j *worker.Job) {
	b.out--
	m := b.members[j.Worker]
	if m.out--; m.presence == arriving && m.out <= m.Limit {
		b.begin(m)
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

// settle takes one job off a worker's books, unless it was sent to an earlier incarnation: those are closed.
func (b *Balancer) settle(j *worker.Job, m *member) {
	b.jobs = append(b.jobs, j) // to be sent again
	if j.Incarnation != m.incarnation {
		return
	}
	now := max(j.Finished, m.book.since) // on the wall clock another job may have been sent to it since
	m.book.count(m.Held, now, b.Window)
	m.book.Sojourns += now - j.Dispatched
	m.dispatched -= j.Dispatched
	b.ledger.Completed++
	m.Held--
	if !b.cancelled { // what is handed back when the run is over says nothing of anybody
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
