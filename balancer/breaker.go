package balancer

import (
	"fmt"
	"time"

	"waza/internal/option"
	"waza/requester"
	"waza/worker"
)

// breaker is a circuit breaker for each member (Nygard, "Release It!", 2007). It is closed until so many requests have failed in a row;
// then it is open, and nothing is sent to the member. When reset is over it is half-open: the next request goes through, all others pass the
// member by, and how that one ends decides whether the breaker closes or is open for as long again. O(1).
type breaker struct {
	deaf
	balancer *Balancer
	limit    int // failures in a row
	reset    time.Duration
	circuits []*circuit // by worker id; nil: it has never been a member
}

// A circuit is the breaker of one member.
type circuit struct {
	*member
	state  state
	inARow int         // failures, while it is closed
	trial  *worker.Job // that decides, while it is out
}

// A state is that of a breaker.
type state uint8

const (
	circuitClosed state = iota
	circuitOpen         // the member is tripped
	halfOpen            // it is not, until the next request is sent to it
	trying              // it is tripped, and that request is out
)

var (
	breakerFailures = option.New("failures", option.Whole(1, 1_000_000), "5", "in a row, which open it")
	breakerReset    = option.New("reset", option.Length(1), "30s", "how long it is open before one request goes through")

	breakerKeys = option.List{breakerFailures, breakerReset}
)

func newBreaker(b *Balancer, set option.Values) watcher {
	return &breaker{balancer: b, limit: breakerFailures.In(set), reset: breakerReset.In(set)}
}

func (k *breaker) joined(m *member) {
	k.circuits = withPlace(k.circuits, m.ID)
	if c := k.circuits[m.ID]; c == nil || c.member != m {
		k.circuits[m.ID] = &circuit{member: m}
	}
}

func (k *breaker) sent(m *member, j *worker.Job) {
	if c := k.circuits[m.ID]; c.state == halfOpen {
		c.state, c.trial = trying, j
		k.balancer.mark(m, tripped, true, j.Dispatched)
	}
}

// done heeds what is told of a closed breaker, and of the request that decides. One of these that says nothing, since it was never served,
// leaves it to the next.
func (k *breaker) done(m *member, j *worker.Job) {
	c := k.circuits[m.ID]
	failed, counts := failed(j)
	switch decides := c.state == trying && c.trial == j; {
	case decides && !counts:
		k.try(c, j.Finished)
	case decides && failed:
		k.open(c, j.Finished, "the request that was let through has failed")
	case decides:
		c.state, c.inARow, c.trial = circuitClosed, 0, nil
		k.balancer.mark(m, tripped, false, j.Finished)
		k.balancer.tellSince(j.Finished, requester.Closes, m, "")
	case c.state != circuitClosed || !counts:
	case failed:
		if c.inARow++; c.inARow >= k.limit {
			k.open(c, j.Finished, fmt.Sprintf("%d failures in a row", c.inARow))
		}
	default:
		c.inARow = 0
	}
}

func (k *breaker) open(c *circuit, at time.Duration, why string) {
	c.state, c.trial = circuitOpen, nil
	k.balancer.ledger.Trips++
	k.balancer.mark(c.member, tripped, true, at)
	k.balancer.tellSince(at, requester.Trips, c.member, why)
	k.balancer.after(at, k.reset, func(now time.Duration) { k.try(c, now) }) // it is open until then, whatever comes
}

// try lets the next request through.
func (k *breaker) try(c *circuit, at time.Duration) {
	if k.balancer.members[c.member.ID] != c.member {
		return // it has begun another life
	}
	c.state, c.trial = halfOpen, nil
	k.balancer.mark(c.member, tripped, false, at)
	k.balancer.tellSince(at, requester.Tries, c.member, "")
}
