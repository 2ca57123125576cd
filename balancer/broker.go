package balancer

import (
	"time"

	"waza/internal/fifo"
	"waza/requester"
	"waza/worker"
)

// A broker makes its balancer answer in the place of the workers: they answer the balancer, which answers each attempt once. It keeps an
// entry for each attempt until that is answered. When a worker is suspected, or has come back as a new incarnation, the broker claims what
// it held: the attempts wait again for another worker, and the first worker to answer one answers it. So nothing is lost with a worker,
// and some attempts may be served twice (Redis Streams, XCLAIM).
type broker struct {
	*Balancer
	entries []*entry           // all that there are, by the tickets of their requests
	free    []*entry           // those of them that may be used again
	claimed fifo.Queue[*entry] // those that wait for another worker, in the order in which they were sent to the one before
	unheard []*entry           // those of whose claim no worker has heard, in that order: a sweep will find them
}

// An entry is an attempt that has not been answered, or of which some job has not come back.
type entry struct {
	request  requester.Request   // a copy, for the requester may use its own again once it is answered; its Ticket is the place of the entry
	ticket   int                 // of the attempt, to its requester
	holder   *member             // to which it was sent last; nil: it waits, and is nobody's
	from     int                 // the worker from which it was claimed last
	lapses   uint64              // how often it has been claimed
	silent   time.Duration       // when that worker had fallen silent; Never: that is not known
	sent     uint64              // the balancer's number of the last dispatch
	at       time.Duration       // when that was
	lost     *requester.Response // what the holder would have answered, had the job not been swallowed there; nil: it was not
	out      int                 // how many of its jobs have not come back
	waits    bool                // it stands in the backlog, among the claimed, or among the unheard
	answered bool
	free     bool
	withdraw chan struct{} // closed when it is answered; nil, as long as it has not been claimed
}

// learns tells a worker that has come back that what it had been sent before was claimed.
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

// sending notes that a job of an entry is about to go to m, and gives the job what the worker needs to answer the balancer.
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
	case j.Verdict != requester.Lost: // an answer counts, whichever worker holds the attempt now
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

// more counts an execution, or a burial, that no requester is told of: the attempt has been answered, or another worker has it.
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

// keepLost keeps an entry of which no answer comes. If the worker has died, it will be claimed. Otherwise nobody finds out: the requester
// waits until the attempt ends, until the fault is over, or in vain.
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

// answer answers the requester, and tells the other workers that have the attempt.
func (k *broker) answer(e *entry, a requester.Response) {
	e.answered = true
	if e.withdraw != nil {
		close(e.withdraw)
	}
	a.Ticket = e.ticket
	e.request.Reply <- a // never blocks: it has room for one answer to each attempt
}

// release lets the entry be used again, once it is answered and nothing refers to it any more.
func (k *broker) release(e *entry) {
	if e.answered && e.out == 0 && !e.waits && !e.free {
		e.free = true
		k.free = append(k.free, e)
	}
}

// done tells whether an attempt that waits has been answered by the worker from which it was claimed.
func (k *broker) done(r *requester.Request) bool { return k != nil && k.entry(r).answered }

// turnAway answers an attempt that gets no worker, unless it has been answered.
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

// redispatch sends what was claimed. It goes before all that wait in the backlog, since it came before them. If there is no worker for the
// first there is none for the others either, unless the strategy has shards.
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

// waits is how many claimed attempts wait for another worker.
func (k *broker) waits() int {
	if k == nil {
		return 0
	}
	return k.claimed.Len()
}

// idle tells whether no claimed attempt waits.
func (k *broker) idle() bool { return k.waits() == 0 }

// end answers what was swallowed, since the run is over and nothing will be claimed any more. What waits for a sweep joins those that wait for
// a worker, and is answered with them.
func (k *broker) end() {
	if k == nil {
		return
	}
	k.sweep(k.now)
	k.answerLost()
}

// answerLost answers what was swallowed and has not been claimed. Even when all requests are decided there may be some: what a proxy asked
// that has died meanwhile.
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
