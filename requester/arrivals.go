package requester

import (
	"math"
	"math/rand/v2"
	"time"

	"waza/internal/instant"
)

// Arrivals say when the requests of one requester begin. Next returns the start of the next one; ok is false once there are no more.
// decided is the instant of the verdict on the one before, which only a closed loop goes by.
type Arrivals interface {
	Next(decided time.Duration) (at time.Duration, ok bool)
}

// PoissonArrivals are Left points, independent and uniform on [0, End], in ascending order. Those of all requesters together are exactly a
// Poisson process, given its number of arrivals, and no requester ends before the others.
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

// ConstantArrivals begin at equal distances: request i of the run at i/Rate. This requester's are i = First, First+Step, … below Total.
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

// ClosedArrivals begin one after the other: the next when the last has its verdict and the requester has thought, if that is before End.
type ClosedArrivals struct {
	Left       int // how many have not begun; at the end of the run, how many never will
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
