// Package instant compares instants of a run, each a time.Duration since its start. All who compare two instants ask here, so that
// what is equal to one is equal to all.
package instant

import "time"

// A Resolution is how far apart two instants have to be to be different, at least a nanosecond, which the zero Resolution is. In
// simulated time it is the period of the lanes: each wake-up is moved by less than that, so that which of two closer instants came
// first would tell of lanes and not of the system. On the wall clock it is a nanosecond.
type Resolution time.Duration

// Before tells whether a is before b, and not equal to it.
func (r Resolution) Before(a, b time.Duration) bool { return b-a >= time.Duration(max(r, 1)) }

// Within tells whether an instant lies in [from, to).
func (r Resolution) Within(at, from, to time.Duration) bool {
	return !r.Before(at, from) && r.Before(at, to)
}

// First returns the first instant that is equal to at: what comes before it is different.
func (r Resolution) First(at time.Duration) time.Duration { return at - time.Duration(max(r, 1)) + 1 }

// Past returns the last instant that is equal to at: what comes after it is different.
func (r Resolution) Past(at time.Duration) time.Duration { return at + time.Duration(max(r, 1)) - 1 }
