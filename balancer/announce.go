package balancer

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"waza/requester"
)

// Announcements are how workers hear that the lease of another is over, and that what it held is nobody's: one for each attempt, to all. All that
// have room for it then try to claim it, and one wins, whom the strategy picks (Redis: a key that expires is told on a channel, whoever listens tries
// to lock, and one XCLAIMs). Such a channel promises nothing: an announcement that is lost reaches nobody, and a sweep has to find the attempt.
type Announcements struct {
	Loss float64 // the probability that one is lost, in [0, 1]; it is drawn by a hash of what it is about
	Seed uint64
}

func (a Announcements) lost(e *entry) bool {
	return a.Loss > 0 && requester.Chance(a.Seed, 'a', uint64(e.request.ID), uint64(e.request.Attempt), e.lapses) < a.Loss
}

// Takeovers are what a balancer has counted of leases that were over.
type Takeovers struct {
	Suspected Lag // workers that were: since they had fallen silent
	Claimed   Lag // attempts: since their worker had fallen silent
	Announced int // attempts, each time that the lease of their worker was over
	Unheard   int // of these, whose announcement was lost
	Swept     int // of these, that a sweep has claimed
	Tries     int // workers that have tried to claim an attempt, each time that one of them won it
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

// A Lag is how long after something each of several others came.
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

// since adds what comes now, unless nobody knows since when it could, as on the wall clock, where a beat may come late from the living.
func (l *Lag) since(then, now time.Duration) {
	if then <= now {
		l.add(Lag{1, float64(now - then), now - then})
	}
}

// silent is when a member fell silent that has given no sign of life since it was heard; Never, if that is not known.
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

// claim takes from a member what it holds and has not answered, in the order in which it was sent, to give it to others. Its lease is over, and
// it learns that what it holds is its own no more, whether somebody has heard of it or not.
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

// disown lets an entry be nobody's.
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

// announce tells all that an entry is nobody's. If that is lost, nobody tries to claim it until a sweep does. Where there are no leases there are no
// sweeps either: then its worker has left with it, which it has said itself.
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

// take claims an entry: it waits for another worker, as one that has come, before all that wait.
func (k *broker) take(e *entry, why string) {
	k.ledger.Claims++
	k.ledger.ClaimTime += float64(k.now - e.at)
	k.ledger.Takeovers.Claimed.since(e.silent, k.now)
	k.tell(requester.Event{At: k.now, What: requester.Claims, Worker: e.from, Why: why}, &e.request)
	k.claimed.Push(e)
}

// contest counts the workers that try to claim an attempt: all that may be sent it and have a free slot; where the strategy has picked one that has
// none, all that may be sent it. The one that has been picked wins.
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
