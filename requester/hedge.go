package requester

import (
	"math"
	"slices"
	"time"
)

// A Hedge says how long after the start of a try (the first attempt of a request, or a retry) a second attempt goes to another
// worker, if there is no answer by then: Dean & Barroso, "The Tail at Scale", 2013. The first success wins; of a pair that fails the
// last failure counts. The zero Hedge is none.
type Hedge struct {
	After      time.Duration // above 0; 0: as Percentile says
	Percentile float64       // of the latencies of the requester's last 1,000 answered requests, above 0 and below 100; 0: none
}

// On tells whether there are hedges at all.
func (h Hedge) On() bool { return h != Hedge{} }

// Enough is of how many latencies a percentile is taken, at least.
const Enough = 100

// remembered is how many latencies a requester knows, at most: the latest.
const remembered = 1000

// mayFollow tells whether a call may have an attempt after its first.
func (r *Requester) mayFollow() bool { return r.Retries > 0 || r.Hedge.On() }

// planHedge plans the hedge of the try that has just begun, if that can still be waiting then. Once the try fails, the plan is dropped.
// An answer that is home at that instant, or at one equal to it, has been read before.
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

// hedge sends the hedge of a try that has no answer, if it is paid for.
func (r *Requester) hedge(c *call) {
	c.hedged = true
	if r.Budget.pay(c.starts) {
		c.hedges++
		r.hedges++
		r.attempt(c, c.starts)
	}
}

// planLook wakes a requester that waits at the door, where it reads no answers, with one attempt of a pair: the other may have been
// answered meanwhile. It looks whenever the request is twice as old, so that a door that never opens is still found to be one.
func (r *Requester) planLook(c *call) {
	if age := max(1, r.now-c.Start); r.blocked && c.live > 1 && age < LongestInstant/4 {
		r.agenda.Set(&c.next, r.aim(r.now+age))
	}
}

// noticed is when all may know what was decided at that instant: a requester with hedges may have been at the door then.
func (r *Requester) noticed(decided time.Duration) time.Duration {
	if r.Hedge.On() {
		return max(decided, r.now)
	}
	return decided
}

// tellOfWinner lets an attempt carry word that another has won, where work for nobody is to be skipped. All attempts of a call
// share the channel, and its next user takes it over if it has not been closed.
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

// planWithdrawal plans to tell the losers that the call is decided, at the first instant of r's own after the winner was home. Let in
// after a wait at the door, r may be reading that at an instant of another's: then it waits for its own.
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

// withdraw tells them, and the balancer, where they may have been swallowed: nobody else would. Whoever comes to one of them skips it.
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

// keep keeps the call of a loser that was swallowed until that is withdrawn: its balancer takes it for pending.
func (r *Requester) keep(a *attempt) {
	if c := a.call; r.Withdraw != nil && a.answer.Verdict == Lost && c.winner != nil && c.Verdict == Succeeded && !c.kept {
		c.kept = true
		r.kept++
	}
}

// learn notes the latency of a call that was answered, well or with an error.
func (r *Requester) learn(c *call) {
	if c.Verdict == Succeeded || c.Verdict == Failed {
		r.recent.add(c.Outcome.Decided - c.Start)
	}
}

// recent are the last latencies, at most as many as are remembered.
type recent struct {
	ring   []time.Duration // in the order in which they came; when it is full the next takes the oldest's place
	oldest int
	sorted []time.Duration // the same ones
}

// add adds a latency. O(remembered), which is to move a few kilobytes.
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

// percentile returns the one of rank ⌈pn/100⌉ among all n, which are not none. What a float is off by is no rank more.
func (l *recent) percentile(p float64) time.Duration {
	const rounding = 1e-9
	n := len(l.sorted)
	rank := int(math.Ceil(p/100*float64(n) - rounding))
	return l.sorted[min(max(rank, 1), n)-1]
}
