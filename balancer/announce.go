package balancer

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"waza/requester"
)

// Announcements are how workers hear that the lease of another is over, and that what it held is free: there is one for each attempt, to all
// workers. Those that have room for the attempt try to claim it, and the one that the strategy picks wins (Redis: the expiry of a key is
// published on a channel, those who listen try to take a lock, and one of them does XCLAIM). Such a channel guarantees nothing: an
// announcement that is lost reaches no worker, and a sweep has to find the attempt.
type Announcements struct {
	Loss float64 // the probability that one is lost, in [0, 1]
	Seed uint64  // for these draws, which are hashes of what the announcement is about
}

func (a Announcements) lost(e *entry) bool {
	return a.Loss > 0 && requester.Chance(a.Seed, 'a', uint64(e.request.ID), uint64(e.request.Attempt), e.lapses) < a.Loss
}

// Takeovers are what a balancer has counted of leases that were over, and of the attempts that were claimed then.
type Takeovers struct {
	Suspected Lag // how long after a worker fell silent it was suspected
	Claimed   Lag // how long after a worker fell silent an attempt was claimed from it
	Announced int // announcements
	Unheard   int // of these, how many were lost
	Swept     int // of these, how many attempts a sweep has claimed
	Tries     int // workers that tried to claim an attempt, summed over the wins
	Wins      int // attempts that one of them has won
}

func (t *Takeovers) add(other *Takeovers) {
	t.Suspected.add(other.Suspected)
	t.Claimed.add(other.Claimed)
	t.Announced += other.Announced
	t.Unheard += other.Unheard
	t.Swept += other.Swept
	t.Tries += other.Tries
	t.Wins += other.Wins
}

// A Lag sums up how long after one event another followed.
type Lag struct {
	Count   int
	Sum     float64 // ns
	Longest time.Duration
}

func (l *Lag) add(other Lag) {
	l.Count += other.Count
	l.Sum += other.Sum
	l.Longest = max(l.Longest, other.Longest)
}

// since adds the time from then to now. It adds nothing if then is not known, or later than now: on the wall clock a live worker may be
// suspected, because its beat comes late.
func (l *Lag) since(then, now time.Duration) {
	if then <= now {
		l.add(Lag{1, float64(now - then), now - then})
	}
}

// silent returns when a member fell silent that has not beaten since it was heard; Never, if that is not known.
func (k *broker) silent(m *member) time.Duration {
	if m.ID >= len(k.Fates) {
		return requester.Never
	}
	return k.Fates[m.ID].Silent(m.heard)
}

// suspects counts how long it took to suspect a member.
func (k *broker) suspects(m *member) {
	if k != nil {
		k.ledger.Takeovers.Suspected.since(k.silent(m), k.now)
	}
}

// claim takes from a member all that it holds and has not answered, in the order in which that was sent, to give it to others.
func (k *broker) claim(m *member) {
	if k == nil {
		return
	}
	var all []*entry
	for _, e := range k.entries {
		if e.holder == m && !e.answered {
			all = append(all, e)
		}
	}
	slices.SortFunc(all, func(a, b *entry) int { return cmp.Compare(a.sent, b.sent) })
	for _, e := range all {
		e.silent = k.silent(m)
		k.disown(e)
		k.announce(e)
	}
}

// disown takes an entry from its holder.
func (k *broker) disown(e *entry) {
	if e.lost != nil {
		k.more(e.lost)
	}
	e.from, e.holder, e.lost, e.waits = e.holder.ID, nil, nil, true
	e.lapses++
	if e.withdraw == nil {
		e.withdraw = make(chan struct{})
	}
}

// announce announces to all workers that an entry is free. If the announcement is lost, none tries to claim it before a sweep does. Without
// leases there are no sweeps, and announcements are not lost: the worker itself has said that it leaves, or has come back.
func (k *broker) announce(e *entry) {
	k.ledger.Takeovers.Announced++
	announced := requester.Event{At: k.now, What: requester.Announces, Worker: e.from}
	if k.Lease == 0 || !k.Announcements.lost(e) {
		k.tell(announced, &e.request)
		k.take(e, "")
		return
	}
	announced.Why = "nobody hears it"
	k.tell(announced, &e.request)
	k.ledger.Takeovers.Unheard++
	k.unheard = append(k.unheard, e)
}

// take claims an entry: from now on it waits for another worker, before all requests in the backlog.
func (k *broker) take(e *entry, why string) {
	k.ledger.Claims++
	k.ledger.ClaimTime += float64(k.now - e.at)
	k.ledger.Takeovers.Claimed.since(e.silent, k.now)
	k.tell(requester.Event{At: k.now, What: requester.Claims, Worker: e.from, Why: why}, &e.request)
	k.claimed.Push(e)
}

// contest counts the workers that try to claim an attempt: all that are eligible and have a free slot or, if the strategy has picked one
// without a free slot, all that are eligible. The one that has been picked wins.
func (k *broker) contest(r *requester.Request, winner *member) {
	tries, idle := 0, winner.Held < winner.Concurrency
	for _, m := range k.members {
		if m != nil && m.presence == joined && k.eligible(&m.Worker) && (!idle || m.Held < m.Concurrency) {
			tries++
		}
	}
	k.ledger.Takeovers.Tries += tries
	k.ledger.Takeovers.Wins++
	if k.Tell != nil {
		k.tell(requester.Event{At: k.now, What: requester.Wins, Worker: winner.ID, Why: fmt.Sprintf("%d tried to claim it", tries)}, r)
	}
}
