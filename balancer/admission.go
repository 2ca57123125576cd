package balancer

import "time"

// Unlimited is a backlog of any length.
const Unlimited = -1

// Admission says which requests may wait in a balancer, and in which order they leave it.
type Admission struct {
	Backlog    int           // how many requests may wait, from 0; Unlimited: any number
	Reject     bool          // when the backlog is full, reject what comes; else stop receiving
	Discipline Discipline    // the order in which they leave
	Queues     Queues        // several queues in the place of one line in the order of the Discipline; the zero Queues: one line
	Ageing     time.Duration // a waiting request rises by one priority each time so much has passed, under priority only; 0: never
	CoDel      CoDel         // rejects those that have waited too long; the zero CoDel: none
}

// blocked tells whether the balancer stops receiving until some request has left. It always has room for one: without having received
// a request it could not find a worker for it.
func (b *Balancer) blocked() bool {
	return !b.Reject && b.Backlog != Unlimited && b.waiting.size >= max(1, b.Backlog)
}

// overfull tells whether more requests wait than may, so that the newest is to be rejected.
func (b *Balancer) overfull() bool {
	return b.Reject && b.Backlog != Unlimited && b.waiting.size > b.Backlog
}

// order is the order in which requests leave the backlog: that of the Discipline, unless there are several Queues or priorities age.
func (b *Balancer) order() Discipline {
	d := b.Discipline
	if b.Queues.Number > 0 {
		d.make = b.Queues.line
	}
	if b.Ageing > 0 {
		d.make = func(spare *spares) line {
			return &ageingLine{priorityLine{spare: spare}, b.Ageing, &b.now, b.Resolution}
		}
	}
	return d
}
