package requester

import "time"

// A Budget limits retries and hedges to a share of the requests: a bucket of tokens, as in Finagle's RetryBudget. Each first attempt puts
// PerRequest of a token into it, and each second PerSecond. A retry takes a token when its backoff begins, a hedge when it is to be sent;
// without a token there is none. Each requester owns its own Budget. A nil *Budget has no limit.
type Budget struct {
	PerRequest float64
	PerSecond  float64
	Second     time.Duration // how long a simulated second is on the run's clock
	Most       float64       // how many tokens the bucket holds

	level float64       // how many tokens it had at since
	since time.Duration // the latest instant up to which the time has been counted
}

// bucketSeconds is how many seconds fill an empty bucket.
const bucketSeconds = 10

// NewBudget returns the Budget of one requester: its equal part of a budget for all of them together, which is given perSecond tokens a
// second, and perRequest tokens for each request, both at least 0. The bucket holds what ten seconds put into it at the mean rate of
// requests, and at least 1 token. At the start it has what ten seconds without requests put into it: at least 1, or 0 if that is nothing.
func NewBudget(perRequest, perSecond, requestsPerSecond float64, requesters int, second time.Duration) *Budget {
	each := 1 / float64(requesters)
	b := &Budget{
		PerRequest: perRequest, PerSecond: perSecond * each, Second: second,
		Most: max(1, bucketSeconds*(perSecond+perRequest*requestsPerSecond)*each),
	}
	if perSecond > 0 {
		b.level = max(1, bucketSeconds*b.PerSecond)
	}
	return b
}

// earn adds what a first attempt puts in.
func (b *Budget) earn(at time.Duration) {
	if b != nil {
		b.pass(at)
		b.level = min(b.Most, b.level+b.PerRequest)
	}
}

// pay takes a token, and tells whether there was one. It forgives the rounding of sums of decimal fractions: ten times 0.1 is a token.
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

// pass adds what the time up to an instant puts in. An answer may tell of an instant that has been counted already; then it adds nothing.
func (b *Budget) pass(at time.Duration) {
	if at > b.since {
		b.level = min(b.Most, b.level+b.PerSecond*(float64(at-b.since)/float64(b.Second)))
		b.since = at
	}
}
