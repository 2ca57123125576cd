package balancer

import (
	"time"

	"waza/internal/fifo"
	"waza/requester"
	"waza/worker"
)

// A broker makes its balancer answer for the workers: they answer it, and it answers requesters, once. It keeps an entry for each attempt
// until that is answered. What a worker holds that is suspected, or has begun a new life, it claims: the attempt waits once more, and whoever
// is first to answer it answers it. So nothing is lost with a worker, and some may be served twice (Redis Streams, XCLAIM).
type broker struct {
	*Balancer
	entries []*entry
	free    []*entry
	claimed fifo.Queue[*entry] // that wait for another worker, in the order in which they were sent to the one before
	unheard []*entry           // that nobody knows to be free, in that order: a sweep will find them
}

// An entry is an attempt that is not answered, or of which some job has not come back.
type entry struct {
	request  requester.Request   // a copy, for the requester may use its own again once it is answered; its Ticket is the place of the entry
	ticket   int                 // of the requester
	holder   *member             // that it was sent to; nil: it waits, and is nobody's
	from     int                 // the worker that held it last when a lease was over
	lapses   uint64              // so often the lease of its holder has been over
	silent   time.Duration       // when the holder of the last time fell silent; Never: nobody knows
	sent     uint64              // the balancer's number of that dispatch
	at       time.Duration       // when that was
	lost     *requester.Response // it was swallowed there, and what the worker would have said of it
	out      int                 // its jobs that have not come back
	waits    bool                // in the backlog, among the claimed, or among the unheard
	answered bool
	free     bool
	withdraw chan struct{} // closed when it is answered, once it has been claimed
}

// learns tells a worker that is back what it has lost.
func (k *broker) learns(m *member) {
	if k == nil {
		return
	}
	close(m.taken)
	m.taken = make(chan struct{})
}

// accept enters an attempt that has just come, and returns the balancer's copy of it.
func (k *broker) accept(r *requester.Request) *requester.Request {
	var e *entry
	if last := len(k.free) - 1; last >= 0 {
		e, k.free = k.free[last], k.free[:last]
	} else {
		e = &entry{request: requester.Request{Ticket: len(k.entries)}}
		k.entries = append(k.entries, e)
	}
	place := e.request.Ticket
	*e = entry{request: *r, ticket: r.Ticket, waits: true}
	e.request.Ticket = place
	return &e.request
}

func (k *broker) entry(r *requester.Request) *entry { return k.entries[r.Ticket] }

// sending gives a job of an entry what the worker needs to answer the balancer.
func (k *broker) sending(j *worker.Job, m *member) {
	e := k.entry(j.Request)
	e.holder, e.lost, e.sent, e.at, e.waits = m, nil, k.sent, k.now, false
	e.out++
	j.Claim = &worker.Claim{Number: k.sent, Taken: m.taken, Answered: e.withdraw}
}

// returned takes note of a job that has come back, with an answer or because it was swallowed.
func (k *broker) returned(j *worker.Job) {
	e, answer := k.entry(j.Request), &j.Claim.Answer
	e.out--
	switch {
	case e.answered:
		k.more(answer)
	case j.Verdict != requester.Lost: // whoever has it now
		if e.lost != nil {
			k.more(e.lost)
			e.lost = nil
		}
		k.answer(e, *answer)
	case e.holder == nil || e.sent != j.Claim.Number:
		k.more(answer)
	default:
		k.keepLost(e, j)
	}
	k.release(e)
}

// more counts an execution, or a burial, of which no requester is told: the attempt is answered, or another has it.
func (k *broker) more(answer *requester.Response) {
	switch l := &k.ledger; {
	case answer.Served() && answer.Verdict == requester.Lost:
		l.Broken++
		l.MoreService += answer.Finished - answer.Began
	case answer.Served():
		l.Duplicated++
		l.MoreService += answer.Finished - answer.Began
	case answer.Verdict == requester.Lost:
		l.Reburied++
	}
}

// keepLost keeps an entry of which no answer comes. If its worker has died, it will be claimed. If not, nobody finds out, and its
// requester waits until its end, as long as that of the hole, or in vain.
func (k *broker) keepLost(e *entry, j *worker.Job) {
	answer := j.Claim.Answer
	e.lost = &answer
	switch {
	case k.cancelled, !j.Claim.Dead && (j.Withdrawn || j.Until == requester.Never || j.Until <= j.Finished):
		k.answer(e, answer)
	case !j.Claim.Dead:
		k.at(j.Until, func(time.Duration) {
			if e.lost == &answer && !e.answered {
				k.answer(e, answer)
				k.release(e)
			}
		})
	}
}

// answer answers the requester.
func (k *broker) answer(e *entry, a requester.Response) {
	e.answered = true
	if e.withdraw != nil {
		close(e.withdraw)
	}
	a.Ticket = e.ticket
	e.request.Reply <- a // never blocks: one for each attempt
}

// release keeps the entry for another attempt, once nobody has it any more.
func (k *broker) release(e *entry) {
	if e.answered && e.out == 0 && !e.waits && !e.free {
		e.free = true
		k.free = append(k.free, e)
	}
}

// done tells whether an attempt that waits has been answered by the worker from which it was claimed.
func (k *broker) done(r *requester.Request) bool { return k != nil && k.entry(r).answered }

// turnAway answers an attempt that gets no worker, unless it is answered.
func (k *broker) turnAway(r *requester.Request, a requester.Response) {
	e := k.entry(r)
	e.waits = false
	if e.answered {
		k.ledger.Retracted++
	} else {
		k.answer(e, a)
	}
	k.release(e)
}

// redispatch sends what was claimed, before all that wait: it came before them. Where there is no worker for the first there is none for
// the others, but where each request has workers of its own.
func (k *broker) redispatch() {
	for range k.waits() {
		e := k.claimed.At(0)
		r := &e.request
		if v := k.verdict(r); v != requester.Succeeded {
			k.claimed.Pop()
			k.refuse(r, v)
		} else if m := k.pick(r); m != nil {
			k.claimed.Pop()
			k.contest(r, m)
			k.send(r, m)
		} else if k.waiting.shards == nil {
			return
		} else {
			k.claimed.Push(k.claimed.Pop())
		}
	}
}

// waits is how many of those that were claimed wait.
func (k *broker) waits() int {
	if k == nil {
		return 0
	}
	return k.claimed.Len()
}

// idle tells whether nothing that was claimed waits.
func (k *broker) idle() bool { return k.waits() == 0 }

// end answers what was swallowed: the run is over, and nobody will claim it. What waits for a sweep waits with the others from now on, to be
// answered with them.
func (k *broker) end() {
	if k == nil {
		return
	}
	k.sweep(k.now)
	k.answerLost()
}

// answerLost answers what was swallowed and has not been claimed. There is such at the end of a run, too, where whoever asked waits no more: a
// proxy that has died meanwhile.
func (k *broker) answerLost() {
	if k == nil {
		return
	}
	for _, e := range k.entries {
		if e.lost != nil && !e.answered {
			k.answer(e, *e.lost)
			k.release(e)
		}
	}
}
