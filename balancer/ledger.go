package balancer

import (
	"time"

	"waza/requester"
	"waza/worker"
)

// A Ledger is what a balancer has counted over the whole run.
type Ledger struct {
	Admitted    int           // requests received
	Dispatched  int           // sent to a worker
	Completed   int           // seen done
	Forgotten   int           // swallowed: never seen done, or held by a worker when it came back as a new incarnation
	Claims      int           // taken from a worker that was suspected, or has come back as a new incarnation, to be sent to another
	Retracted   int           // of these, how many were answered before they were sent again
	Duplicated  int           // executions that ended for an attempt that had been answered
	Broken      int           // executions that a death cut short, of attempts that were claimed
	Reburied    int           // burials of attempts that were claimed, or had been answered
	Rejected    int           // for which there was no room
	Skipped     int           // whose time was over when their turn came, or of which another attempt had won
	Cancelled   int           // that were waiting when the run ended
	Started     int           // workers that its pool has started
	Left        int           // workers that have left its pool
	Size        Size          // how many workers were there
	Story       Story         // how its pool changed
	Queue       Waiting       // how many requests waited here, if it watches its queue
	AtWorkers   Waiting       // likewise, how many waited at workers, beyond their slots
	MoreService time.Duration // of the duplicated and the broken
	Ejections   int           // of outliers
	Suspicions  int           // of members that did not beat for their lease
	Downs       int           // how often a member was found down by its health checks
	Trips       int           // how often a breaker opened
	Panic       Panic
	ClaimTime   float64 // ns: Σ over the claims of the time from the dispatch to the claim
	Takeovers   Takeovers
	Placement   Placement
	Stuck       int               // how often a worker gave no answer for too long
	Refusals    []Refusal         // rejections by the name of their reason, in the order in which each was first given
	Regulators  []Limited         // what each regulator has done
	Detected    [][]time.Duration // by fault and episode: how long after its start its worker was sent to last; Never or missing: that never ceased
	Workers     []Book            // by worker id: what this balancer sent there
}

// A Book is what a balancer has counted of one worker, all its incarnations.
type Book struct {
	Pending     time.Duration // ∫ pending dt, whole run; it may overflow, and Sojourns in the same way
	Sojourns    time.Duration // Σ over its jobs of done − dispatched: equals Pending if the books are right
	PendEver    float64       // ns: Pending again, to be used, for it does not overflow
	PendInside  float64       // the same inside the measured window
	MostPending int           // most pending at any time inside the measured window
	MostEver    int           // the same, whole run
	since       time.Duration // when pending changed last
	Stays       Stays         // how long the worker was there
	Fair        Fair          // what would have been sent there; 0 with a balancer that does not watch its queue
}

// Ledger returns the counts of a balancer whose Run has returned.
func (b *Balancer) Ledger() Ledger {
	b.ledger.Workers = nil
	b.ledger.Panic = b.health.panicked
	if b.detection != nil {
		b.ledger.Detected = b.detection.result()
	}
	if b.placement != nil {
		b.ledger.Placement = b.placement.Placement
	}
	if b.fairness != nil {
		b.fairness.close()
	}
	b.ledger.Regulators = b.regulated.result()
	for _, m := range b.members {
		if m == nil {
			m = &member{}
		}
		b.ledger.Workers = append(b.ledger.Workers, m.book)
	}
	return b.ledger
}

// Add adds what another balancer has counted, but for the Books: each balancer has one of its own for every worker.
func (l *Ledger) Add(other *Ledger) {
	l.Admitted += other.Admitted
	l.Dispatched += other.Dispatched
	l.Completed += other.Completed
	l.Forgotten += other.Forgotten
	l.Claims += other.Claims
	l.Retracted += other.Retracted
	l.Duplicated += other.Duplicated
	l.Broken += other.Broken
	l.Reburied += other.Reburied
	l.ClaimTime += other.ClaimTime
	l.Takeovers.add(&other.Takeovers)
	l.Placement.add(other.Placement)
	l.MoreService += other.MoreService
	l.Queue.Inside += other.Queue.Inside
	l.AtWorkers.Inside += other.AtWorkers.Inside
	l.Rejected += other.Rejected
	l.Skipped += other.Skipped
	l.Cancelled += other.Cancelled
	l.Started += other.Started
	l.Left += other.Left
	l.Ejections += other.Ejections
	l.Suspicions += other.Suspicions
	l.Downs += other.Downs
	l.Trips += other.Trips
	l.Stuck += other.Stuck
	for _, r := range other.Refusals {
		l.Refusals = addRefusal(l.Refusals, r.Why, r.Attempts)
	}
	l.Regulators = addLimited(l.Regulators, other.Regulators)
}

// count counts the time since pending changed last, in which it was as given.
func (k *Book) count(pending int, now time.Duration, window worker.Window) {
	since := k.since
	k.since = now
	if pending == 0 {
		return
	}
	inside := window.Known().Overlap(since, now)
	k.Pending += time.Duration(pending) * (now - since)
	k.PendEver += float64(pending) * float64(now-since)
	k.PendInside += float64(pending) * float64(inside)
	k.MostEver = max(k.MostEver, pending)
	if inside > 0 {
		k.MostPending = max(k.MostPending, pending)
	}
}

// refused counts a request that the balancer itself has answered.
func (l *Ledger) refused(v requester.Verdict) {
	switch v {
	case requester.Rejected:
		l.Rejected++
	case requester.TimedOut:
		l.Skipped++
	case requester.Cancelled:
		l.Cancelled++
	}
}
