package requester

import (
	"math"
	"slices"
	"time"
)

// A Hedge says how long after the start of a try (the first attempt of a request, or a retry) a second attempt is sent to another worker,
// if there is no answer by then: Dean & Barroso, "The Tail at Scale", 2013. The first success wins; if both fail, the later failure counts.
// The zero Hedge is none.
type Hedge struct {
	After      time.Duration // how long; 0: as Percentile says
	Percentile float64       // or that percentile of the latencies of the requester's last 1,000 answered requests, above 0 and below 100
}

// On tells whether there are hedges at all.
func (h Hedge) On() bool { return h != Hedge{} }

// Enough is the least number of latencies of which a percentile is taken: before there are so many, there is no hedge.
const Enough = 100

// remembered is how many latencies a requester remembers at most: the latest.
const remembered = 1000

// mayFollow tells whether a call may have an attempt after its first.
func (r *Requester) mayFollow() bool { return r.Retries > 0 || r.Hedge.On() }

// planHedge plans the hedge of the try that has just begun, if the try can still be without an answer when it is due. It is due after
// every answer that is home by then has been read. If the try fails before, the plan is replaced by that of a retry, or dropped.
func (r *Requester) planHedge(c *call) {
	after, known := r.hedgeAfter()
	if !known {
		return
	}
	try := c.told
	starts := r.after(r.endOf(try.start, after))
	if r.Resolution.Before(starts, try.end) {
		c.starts, c.next.Number = starts, c.number(c.tries+1)
		r.agenda.Set(&c.next, starts)
	}
}

// hedgeAfter returns how long a try is alone, if that is known.
func (r *Requester) hedgeAfter() (time.Duration, bool) {
	switch h := r.Hedge; {
	case h.After > 0:
		return h.After, true
	case h.Percentile > 0 && len(r.recent.sorted) >= Enough:
		return r.recent.percentile(h.Percentile), true
	default:
		return 0, false
	}
}

// hedge starts the hedge of a try that has no answer yet, if it can be paid for.
func (r *Requester) hedge(c *call) {
	c.hedged = true
	if r.Budget.pay(c.starts) {
		c.hedges++
		r.hedges++
		r.attempt(c, c.starts)
	}
}

// planLook makes a requester that is blocked at the door, where it reads no answers, look for them if it waits there with one attempt of a
// pair: the other may have been answered. It looks each time that the request has become twice as old. So there are few looks, and a run
// in which the door never opens still comes to a stop, and is found to hang.
func (r *Requester) planLook(c *call) {
	if age := max(1, r.now-c.Start); r.blocked && c.live > 1 && age < LongestInstant/4 {
		r.agenda.Set(&c.next, r.aim(r.now+age))
	}
}

// knownAt is when others may learn what was decided at that instant. A requester with hedges may have been at the door then, and have read
// the answer only now.
func (r *Requester) knownAt(decided time.Duration) time.Duration {
	if r.Hedge.On() {
		return max(decided, r.now)
	}
	return decided
}

// tellOfWinner gives an attempt the channel that tells whoever has it that another attempt has won, if such work is to be skipped. All
// attempts of a call share the channel. If it has not been closed, the call that uses this memory next takes it over.
func (r *Requester) tellOfWinner(a *attempt) {
	if !r.Hedge.On() || !r.Propagate {
		return
	}
	c := a.call
	if c.winner == nil {
		c.winner = make(chan struct{})
	}
	a.message.Decided = c.winner
}

// planWithdrawal plans to tell the losers that the call is decided: at the first instant of r's own after the winner was home or, if r was
// at the door then and reads that late, at its next own instant.
func (r *Requester) planWithdrawal(c *call) {
	if c.winner == nil {
		return
	}
	due := r.Aim(c.Outcome.Decided, c.Outcome.Decided)
	if due < r.now {
		due = r.aim(r.now)
	}
	r.agenda.Set(&c.next, due)
}

// withdraw tells the losers that the call is decided: whoever comes to one of them skips it. Where some may have been swallowed it tells
// the balancer, too, which would count them as pending.
func (r *Requester) withdraw(c *call) {
	decided := c.winner
	close(decided)
	c.winner = nil
	if r.Withdraw != nil {
		r.Withdraw(decided)
		r.withdrew = true
	}
	if c.kept {
		c.kept = false
		r.kept--
		r.settle(c)
	}
}

// keep keeps the call of a loser that was swallowed until that is withdrawn, for its balancer counts it as pending.
func (r *Requester) keep(a *attempt) {
	if c := a.call; r.Withdraw != nil && a.answer.Verdict == Lost && c.winner != nil && c.Verdict == Succeeded && !c.kept {
		c.kept = true
		r.kept++
	}
}

// learn remembers the latency of a call that was answered, well or with an error.
func (r *Requester) learn(c *call) {
	if c.Verdict == Succeeded || c.Verdict == Failed {
		r.recent.add(c.Outcome.Decided - c.Start)
	}
}

// recent are the latest latencies, as many as are remembered.
type recent struct {
	ring   []time.Duration // in the order in which they came; once it is full the next takes the place of the oldest
	oldest int             // the index of that in the ring
	sorted []time.Duration // the same latencies
}

// add adds a latency. O(remembered): it moves a few kilobytes.
func (l *recent) add(d time.Duration) {
	if len(l.ring) < remembered {
		l.ring = append(l.ring, d)
	} else {
		at, _ := slices.BinarySearch(l.sorted, l.ring[l.oldest])
		l.sorted = slices.Delete(l.sorted, at, at+1)
		l.ring[l.oldest] = d
		l.oldest = (l.oldest + 1) % remembered
	}
	at, _ := slices.BinarySearch(l.sorted, d)
	l.sorted = slices.Insert(l.sorted, at, d)
}

// percentile returns the latency of rank ⌈pn/100⌉ among the n that there are, at least one. A rounding error is not to make it the next rank.
func (l *recent) percentile(p float64) time.Duration {
	const rounding = 1e-9
	n := len(l.sorted)
	rank := int(math.Ceil(p/100*float64(n) - rounding))
	return l.sorted[min(max(rank, 1), n)-1]
}
