package instant

import "time"

// An Interval is the measured window of a run, as far as it is known at some moment.
type Interval struct {
	Open, Close time.Duration // Close is math.MaxInt64, the instant that does not come, while it is not known
	First, Last time.Duration // the instants inside; First is that instant while the window is not open
}

// Contains tells whether an instant that has passed lies inside.
func (k Interval) Contains(at time.Duration) bool { return at >= k.First && at <= k.Last }

// Overlap returns how much of a time that has passed lies inside, at least 0.
func (k Interval) Overlap(from, to time.Duration) time.Duration {
	return max(0, min(to, k.Close)-max(from, k.Open))
}
