package balancer

import (
	"iter"
	"math/rand/v2"
)

// Queues are a backlog of several queues, each with so much room, as a worker pool has them that keeps classes of tasks apart. A request
// goes into the queue of its priority modulo their number, into the next that has room where that one is full, and is rejected where all
// are. Each is first in, first out; whichever worker has room takes the oldest of any that is not empty, each equally likely. Workers do not
// choose, the balancer does it for them: nobody else is awake then, so it is the same. The zero Queues are none.
//
// They want a balancer whose Backlog is all their room, and that rejects.
type Queues struct {
	Number int        // from 1; 0: there are none, and the Discipline orders one line
	Room   int        // of each, from 1
	Rand   *rand.Rand // draws which is next
}

func (q Queues) line(spare *spares) line {
	l := &queuesLine{Queues: q, queues: make([]queue, q.Number), turn: q.Rand.Float64()}
	for i := range l.queues {
		l.queues[i].spare = spare
	}
	return l
}

// queuesLine is Queues at work. Every cost is multiplied by their number.
type queuesLine struct {
	Queues
	queues  []queue
	turn    float64 // in [0, 1), drawn for the next that goes: it says which queue is its own among those that are not empty by then
	first   *waiter // the head, when it was asked for last
	arrival uint64  // of that waiter, which may have been used again
}

// add lets a waiter stand in its queue, or in the next with room. Where all are full it stands in its own until it is rejected, at once.
func (l *queuesLine) add(w *waiter) {
	for i := range l.queues {
		if q := &l.queues[(w.Priority+i)%l.Number]; q.waiting() < l.Room {
			q.add(w)
			return
		}
	}
	l.queues[w.Priority%l.Number].add(w)
}

// head is the same, however often it is asked for, until it has gone or another queue has become empty, or is empty no more: only who
// goes uses up a draw.
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
