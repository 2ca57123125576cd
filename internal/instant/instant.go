// Package instant compares instants of a run, each a time.Duration since its start. All who compare two instants ask here, so that
// what is equal to one is equal to all.
package instant

import "time"

// A Resolution is how far apart two instants have to be to be different, at least a nanosecond, which the zero Resolution is. In
// simulated time it is two periods of the lanes, by which two instants can part that would be one without them, so that which came first
// would tell of lanes and not of the system: the start of a request, and of that whose service was the first of those that it waits for,
// is moved by half a period each; the end of the last service, and what the first makes good, by half a period each. On the wall clock it
// is a nanosecond.
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
