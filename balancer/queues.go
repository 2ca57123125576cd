package balancer

import (
	"iter"
	"math/rand/v2"
)

// Queues are a backlog of several queues of limited room, like those of a worker pool that keeps classes of tasks apart. A request goes into
// the queue of the number of its priority, modulo their number; if that is full, into the next one that has room; and if all are full, it
// is rejected. Each queue is first in, first out. A worker that has room takes the oldest request of a queue that is drawn, all that are not
// empty being equally likely. (The balancer draws for the worker: nobody else is awake then, so that comes to the same.) The zero Queues
// are none.
//
// The Backlog of the balancer has to be the room of all of them, and it has to Reject.
type Queues struct {
	Number int        // from 1; 0: there are none, but one line in the order of the Discipline
	Room   int        // of each queue, from 1
	Rand   *rand.Rand // draws which queue is next
}

func (q Queues) line(spare *spares) line {
	l := &queuesLine{Queues: q, queues: make([]queue, q.Number), turn: q.Rand.Float64()}
	for i := range l.queues {
		l.queues[i].spare = spare
	}
	return l
}

// queuesLine is Queues at work. Every cost is multiplied by the number of queues.
type queuesLine struct {
	Queues
	queues  []queue
	turn    float64 // in [0, 1), drawn for the next request that goes: says which of the queues that are not empty then it is taken from
	first   *waiter // the head, when it was asked for last
	arrival uint64  // of that waiter, by which one is told that has been taken and used again
}

// add lets a waiter stand in its queue, or in the next with room. If all are full it stands in its own, until it is rejected in the same turn
// of the loop.
func (l *queuesLine) add(w *waiter) {
	for i := range l.queues {
		if q := &l.queues[(w.Priority+i)%l.Number]; q.waiting() < l.Room {
			q.add(w)
			return
		}
	}
	l.queues[w.Priority%l.Number].add(w)
}

// head returns the same waiter however often it is called, until that has been taken, or until a queue becomes empty or ceases to be: only
// a waiter that is taken uses up a draw.
func (l *queuesLine) head() *waiter {
	if w := l.first; w != nil && (!w.waits() || w.arrival != l.arrival) {
		l.first, l.turn = nil, l.Rand.Float64()
	}
	some := 0
	for i := range l.queues {
		if l.queues[i].oldest() != nil {
			some++
		}
	}
	before := int(l.turn * float64(some))
	for i := range l.queues {
		switch w := l.queues[i].oldest(); {
		case w == nil:
		case before > 0:
			before--
		default:
			l.first, l.arrival = w, w.arrival
			return w
		}
	}
	return nil
}

func (l *queuesLine) newest() *waiter {
	var newest *waiter
	for i := range l.queues {
		if w := l.queues[i].newest(); w != nil && (newest == nil || w.arrival > newest.arrival) {
			newest = w
		}
	}
	return newest
}

func (l *queuesLine) each() iter.Seq[*waiter] {
	return func(yield func(*waiter) bool) {
		for i := range l.queues {
			for w := range l.queues[i].each() {
				if !yield(w) {
					return
				}
			}
		}
	}
}

func (l *queuesLine) before(a, b *waiter) bool { return a.arrival < b.arrival }

// waiting is how many wait in a queue that only its oldest and its newest leave.
func (q *queue) waiting() int {
	q.oldest()
	q.newest()
	return q.places.Len()
}
