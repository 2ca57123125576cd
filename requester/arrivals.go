package requester

import (
	"math"
	"math/bits"
	"math/rand/v2"
	"time"

	"waza/internal/instant"
)

// Arrivals say when a requester's next request begins. decided is the instant of the verdict on the one before,
// which only a closed loop heeds. No more come once ok is false.
type Arrivals interface {
	Next(decided time.Duration) (at time.Duration, ok bool)
}

// PoissonArrivals are Left points, independent and uniform on [0, End], in their order. Over all requesters that is
// exactly a Poisson process on condition of its number of arrivals, and no requester ends before the others.
// With k points left at time t the least of them lies (End − t)·(1 − e^(−E/k)) ahead, E standard exponential.
type PoissonArrivals struct {
	Left int
	End  time.Duration
	Rand *rand.Rand
	at   float64 // nanoseconds
}

// Next returns the next of the points.
func (p *PoissonArrivals) Next(time.Duration) (time.Duration, bool) {
	if p.Left == 0 {
		return 0, false
	}
	p.at += (float64(p.End) - p.at) * -math.Expm1(-p.Rand.ExpFloat64()/float64(p.Left))
	p.Left--
	return time.Duration(p.at), true
}

// ConstantArrivals: request i of the run at i/Rate. This requester's are i = First, First+Step, … below Total.
type ConstantArrivals struct {
	Rate               float64 // per second, of all requesters together
	First, Step, Total int
}

// Next returns the next of them.
func (c *ConstantArrivals) Next(time.Duration) (time.Duration, bool) {
	if c.First >= c.Total {
		return 0, false
	}
	at := time.Duration(float64(c.First) / c.Rate * float64(time.Second))
	c.First += c.Step
	return at, true
}

// ClosedArrivals: the next request begins when the last has its verdict and the requester has thought, if that is before the end.
type ClosedArrivals struct {
	Left       int // that have not begun; when the time is over, that will not
	Think      func() time.Duration
	End        time.Duration      // 0: none
	Resolution instant.Resolution // how far apart two instants are to be different
}

// Next returns the end of the thinking that begins at decided.
func (c *ClosedArrivals) Next(decided time.Duration) (time.Duration, bool) {
	if c.Left == 0 {
		return 0, false
	}
	at := decided + c.Think()
	if c.End > 0 && !c.Resolution.Before(at, c.End) {
		return at, false
	}
	c.Left--
	return at, true
}

// A Trace is a recorded workload: request i begins at Arrivals[i] and is Work[i] long. What it does not say is nil.
type Trace struct {
	Arrivals   []time.Duration // in order, the first is 0
	Work       []time.Duration
	Keys       []uint64
	Priorities []uint8
	Zones      []uint8
}

// MeanWork is the mean of the work, in seconds.
func (t *Trace) MeanWork() float64 {
	sum := 0.0
	for _, w := range t.Work {
		sum += w.Seconds()
	}
	return sum / float64(len(t.Work))
}

// ShortWork is what at most one in a hundred of the rows with work has less of, to the power of two below; 0 where no row has any. O(rows).
func (t *Trace) ShortWork() time.Duration {
	var by [64]int // how many have so many bits
	n := 0
	for _, w := range t.Work {
		if w > 0 {
			by[bits.Len64(uint64(w))]++
			n++
		}
	}
	less := 0
	for length, rows := range by {
		if less += rows; 100*less > n {
			return 1 << (length - 1)
		}
	}
	return 0
}

// Crowd is how many rows arrive within so long at most. O(rows).
func (t *Trace) Crowd(within time.Duration) int {
	most, first := 0, 0
	for i, at := range t.Arrivals {
		for at-t.Arrivals[first] > within {
			first++
		}
		most = max(most, i+1-first)
	}
	return most
}

// A Replay gives a requester its part of the trace: the rows First, First+Step, …, below Total.
type Replay struct {
	Trace              *Trace
	First, Step, Total int
	row                int // the last given
}

// Next returns the next row's arrival.
func (p *Replay) Next(time.Duration) (time.Duration, bool) {
	if p.First >= p.Total {
		return 0, false
	}
	p.row = p.First
	p.First += p.Step
	return p.Trace.Arrivals[p.row], true
}

// Work returns the work of the row that Next gave last.
func (p *Replay) Work() time.Duration { return p.Trace.Work[p.row] }

// Key, Priority and Zone return what else the trace says of that row; ask only for what it does say.
func (p *Replay) Key() uint64   { return p.Trace.Keys[p.row] }
func (p *Replay) Priority() int { return int(p.Trace.Priorities[p.row]) }
func (p *Replay) Zone() int     { return int(p.Trace.Zones[p.row]) }
