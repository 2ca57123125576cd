package balancer

import (
	"fmt"
	"math"
	"time"

	"waza/internal/instant"
	"waza/internal/option"
)

// A CoDel says when requests have waited too long in the backlog, so that some are rejected from its head: when all waits have been longer
// than Target throughout an Interval. The zero CoDel rejects none.
type CoDel struct {
	Target   time.Duration
	Interval time.Duration
}

var (
	codelTarget   = option.New("target", option.Length(1), "", "a wait below it is none too long")
	codelInterval = option.New("interval", option.Length(1), "", "so long all waits have to be too long before one is rejected")
)

// CoDelKeys are what may be set of a CoDel.
func CoDelKeys() option.List { return option.List{codelTarget, codelInterval} }

// NewCoDel returns what was set; the rest follows from the mean work: half of it is the target, and ten times it the interval.
func NewCoDel(mean time.Duration, set option.Values) CoDel {
	c := CoDel{max(1, mean/2), max(1, 10*mean)}
	for key, is := range map[*option.Parameter[time.Duration]]*time.Duration{codelTarget: &c.Target, codelInterval: &c.Interval} {
		if d := key.In(set); d > 0 {
			*is = d
		}
	}
	return c
}

// String is how one may write it.
func (c CoDel) String() string {
	return fmt.Sprintf("%s=%s,%s=%s", codelTarget.Name(), option.Short(c.Target), codelInterval.Name(), option.Short(c.Interval))
}

// codel is controlled delay (RFC 8289, 2018): it tells a backlog that only absorbs a burst from one that persists. Once every head has waited
// for the target or longer throughout an interval, it drops a request, and then more and more often, until a head has waited for less.
type codel struct {
	CoDel
	resolution instant.Resolution
	since      time.Duration // an interval after waits became too long: when to begin to drop if they still are; 0: they are not
	dropping   bool
	dropped    bool          // the latest decision was to drop, and when to drop next has not been worked out
	next       time.Duration // when to drop next
	count      int           // drops since it began to; it begins with more if it is to resume an earlier pace
	last       int           // the count with which it began
}

// drops tells whether a waiter for which a worker has room is to be rejected instead.
func (b *Balancer) drops(w *waiter) bool {
	if b.CoDel.Interval == 0 {
		return false
	}
	return b.codel.drops(b.now, w.since, b.waiting.size)
}

// drops decides about the head, which has waited since that instant and is one of so many.
func (c *codel) drops(now, since time.Duration, waiting int) bool {
	excess := c.excess(now, since, waiting)
	switch {
	case !excess:
		c.dropping, c.dropped = false, false
		return false
	case !c.dropping:
		c.begin(now)
		return true
	case c.dropped:
		c.next, c.dropped = c.law(c.next), false
	}
	if c.resolution.Before(now, c.next) {
		return false
	}
	c.count++
	c.dropped = true
	return true
}

// excess tells whether waits have been too long throughout an interval. A single waiter never waits too long.
func (c *codel) excess(now, since time.Duration, waiting int) bool {
	switch {
	case waiting <= 1 || c.resolution.Before(now, since+c.Target):
		c.since = 0
	case c.since == 0:
		c.since = now + c.Interval
	default:
		return !c.resolution.Before(now, c.since)
	}
	return false
}

// begin begins to drop. If it did so a short while ago it goes on at the pace that was enough then.
func (c *codel) begin(now time.Duration) {
	const shortWhile = 16 // intervals
	pace := c.count - c.last
	c.count = 1
	if pace > 1 && c.resolution.Before(now, c.next+shortWhile*c.Interval) {
		c.count = pace
	}
	c.dropping, c.last, c.next = true, c.count, c.law(now)
}

// law returns when to drop next after a drop at that instant.
func (c *codel) law(at time.Duration) time.Duration {
	return at + time.Duration(float64(c.Interval)/math.Sqrt(float64(c.count)))
}
