package balancer

import (
	"math"
	"time"

	"waza/internal/fifo"
	"waza/internal/option"
	"waza/requester"
)

// resource limits while the busy share of the slots, over the last second, is above its bound. In the second before the first dispatch all
// were idle. It keeps the changes of one second. O(1), amortised.
type resource struct {
	most   float64
	second time.Duration
	parts  fifo.Queue[part] // of the last second, and the last of them goes on; empty before the first dispatch
	from   time.Duration    // when the first of them begins, or counts no more
	to     time.Duration    // what is known
	busy   float64          // ∫ busy slots dt from then to then, in ns
	slots  float64          // ∫ slots dt, the same
}

// A part is a time in which so many slots were busy, up to the next part.
type part struct {
	from        time.Duration
	busy, slots int
}

var (
	resourceMost = option.New("utilisation", option.Percentage(), "80%", "the busy share of the slots that is none too much")

	resourceKeys = option.List{resourceMost}
)

func newResource(b *Balancer, set option.Values) regulator {
	return &resource{most: resourceMost.In(set), second: b.second()}
}

func (r *resource) observe(m *metrics) {
	if r.parts.Len() == 0 {
		if m.sent == nil {
			return
		}
		r.from, r.to = m.now-r.second, m.now-r.second
		r.parts.Push(part{from: r.from, slots: m.slots})
	}
	r.pass(m.now)
	r.parts.Push(part{r.to, m.busy, m.slots})
}

// pass lets time pass, and forgets what is longer ago than a second.
func (r *resource) pass(now time.Duration) {
	n := r.parts.Len()
	if n == 0 {
		return
	}
	if more := float64(now - r.to); more > 0 {
		last := r.parts.At(n - 1)
		r.to = now
		r.busy += more * float64(last.busy)
		r.slots += more * float64(last.slots)
	}
	for over := true; over; {
		first, end := r.parts.At(0), r.to-r.second
		if over = r.parts.Len() > 1 && r.parts.At(1).from <= end; over {
			end = r.parts.At(1).from
			r.parts.Pop()
		}
		gone := float64(end - r.from)
		r.from = end
		r.busy -= gone * float64(first.busy)
		r.slots -= gone * float64(first.slots)
	}
}

// excess is the busy time above the bound.
func (r *resource) excess() float64 { return r.busy - r.most*r.slots }

func (r *resource) limits(now time.Duration) bool {
	const rounding = 1e-9
	r.pass(now)
	return r.excess() > rounding*r.slots
}

// until is when the excess is gone, if slots stay busy as they are, or when it begins to change at another pace: as the first part
// passes, the last takes its place.
func (r *resource) until(now time.Duration) time.Duration {
	n := r.parts.Len()
	if n < 2 {
		return requester.Never
	}
	first, last := r.parts.At(0), r.parts.At(n-1)
	next := r.parts.At(1).from + r.second
	if pace := float64(last.busy-first.busy) - r.most*float64(last.slots-first.slots); pace < 0 {
		if gone := math.Ceil(r.excess() / -pace); gone < float64(next-now) {
			return now + time.Duration(gone)
		}
	}
	return next
}
