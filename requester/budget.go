package requester

import "time"

// A Budget limits retries and hedges to a share of the requests: a bucket of tokens, in the manner of Finagle's RetryBudget. Each first
// attempt earns PerRequest of a token, and each Second earns PerSecond; a retry pays a token when its backoff begins, a hedge when it is
// sent, and what cannot be paid is not sent. The requester whose it is owns it. A nil *Budget has no limit.
type Budget struct {
	PerRequest float64
	PerSecond  float64
	Second     time.Duration // so long is a second on the run's clock
	Most       float64       // tokens at most

	level float64       // tokens, as they stood at since
	since time.Duration // the latest instant at which anybody asked
}

// kept is for how many seconds a bucket keeps what it earns.
const kept = 10

// NewBudget returns the part of one of so many requesters of a budget for them all, which earns perSecond tokens each second, from 0, and
// perRequest, from 0, at each of so many requests per second. It begins with what ten seconds earn without requests, at least 1,
// and with nothing if they earn nothing; it holds at most what they earn with the mean rate of requests, at least 1.
func NewBudget(perRequest, perSecond, requestsPerSecond float64, requesters int, second time.Duration) *Budget {
	each := 1 / float64(requesters)
	b := &Budget{
		PerRequest: perRequest, PerSecond: perSecond * each, Second: second,
		Most: max(1, kept*(perSecond+perRequest*requestsPerSecond)*each),
	}
	if perSecond > 0 {
		b.level = max(1, kept*b.PerSecond)
	}
	return b
}

// earn adds what a first attempt earns.
func (b *Budget) earn(at time.Duration) {
	if b != nil {
		b.pass(at)
		b.level = min(b.Most, b.level+b.PerRequest)
	}
}

// pay takes a token, if there is one. What the sum of decimal fractions is off by is forgiven: ten times 0.1 is a token.
func (b *Budget) pay(at time.Duration) bool {
	const rounding = 1e-9
	if b == nil {
		return true
	}
	b.pass(at)
	if b.level < 1-rounding {
		return false
	}
	b.level = max(0, b.level-1)
	return true
}

// pass adds what the time has earned since anybody asked. An answer may tell of an instant before that: it has been counted.
func (b *Budget) pass(at time.Duration) {
	if at > b.since {
		b.level = min(b.Most, b.level+b.PerSecond*(float64(at-b.since)/float64(b.Second)))
		b.since = at
	}
}
