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
	Forgotten   int           // swallowed: held by a worker that came back as a new incarnation, or never seen done
	Claims      int           // taken from a worker that was suspected, or reborn, to be sent to another
	Retracted   int           // of these, answered before they were sent again
	Duplicated  int           // executions that ended for an attempt that had been answered
	Broken      int           // executions cut by a death, of attempts that were claimed
	Reburied    int           // burials of attempts that were claimed, or had been answered
	Rejected    int           // no room in the backlog
	Skipped     int           // their time was over when they reached the head of the backlog
	Cancelled   int           // waiting when the run ended
	Started     int           // workers that its pool has started
	Left        int           // workers that have left its pool
	Size        Size          // how many workers were there
	Story       Story         // how its pool changed
	Queue       Waiting       // how many requests waited here, of a balancer that watches its queue
	AtWorkers   Waiting       // the same of those that it had sent to workers beyond their slots
	MoreService time.Duration // of the duplicated and the broken
	Ejections   int           // of outliers
	Suspicions  int           // of members that gave no sign of life
	Downs       int           // members that did not pass their health checks
	Trips       int           // breakers that opened, also again
	Panic       Panic
	ClaimTime   float64 // ns: Σ over the claims, from the dispatch that went wrong to the claim
	Takeovers   Takeovers
	Placement   Placement
	Stuck       int               // how often a worker was silent for too long
	Refusals    []Refusal         // rejections by name, in the order in which each was first
	Regulators  []Limited         // what each has done
	Detected    [][]time.Duration // by fault and number of the episode: how long after its start its worker was sent to last; Never, and not there: on and on
	Workers     []Book            // by worker id: what was sent there by this balancer
}

// A Book is what a balancer has counted of one worker, all its incarnations.
type Book struct {
	Pending     time.Duration // ∫ pending dt, whole run; it may wrap, and Sojourns with it
	Sojourns    time.Duration // Σ over its jobs of done − dispatched: equals Pending
	PendEver    float64       // Pending in nanoseconds, to be read: a sum of a million months has no room in a Duration
	PendInside  float64       // the same inside the measured window
	MostPending int           // inside the measured window
	MostEver    int           // whole run
	since       time.Duration // the last change
	Stays       Stays         // when it was there
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
	b.ledger.Regulators = b.regulated.result()
	for _, m := range b.members {
		if m == nil {
			m = &member{}
		}
		b.ledger.Workers = append(b.ledger.Workers, m.book)
	}
	return b.ledger
}

// Add adds what another balancer has counted. Workers stay apart: each balancer has a Book of its own of every worker, and finds out for itself
// that something is wrong with it.
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

// count adds the time since the last change, over which pending jobs were held.
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
