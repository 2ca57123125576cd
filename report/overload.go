package report

import (
	"math"
	"time"

	"waza/requester"
)

// A trend is what becomes of the number in the system over a window.
type trend int

const (
	wandering trend = iota
	filling         // growing ever more slowly, with no more to do than the workers can
	growing         // with more to do, or as fast at the end as before: overload
)

// trend tells what becomes of the number in the system over a window, and by how many requests per second it grows:
// its mean must grow from each fifth of the window to the next, and over all by more than noise explains.
//
// The noise is that of a system whose load is exactly its capacity. There the number in the system is a random
// walk with variance A (1 + cv²) after A Poisson arrivals, cv that of the service times; anything stable wanders
// less. Growth must exceed two of its standard deviations plus the number of slots, which fill first.
// So a load of 1.1 is seen from a few thousand requests on, while M/M/1 at 0.95 passes for what it is.
//
// What grows is an overload if more came than all slots can serve, beyond noise, or if it grows along a straight line:
// there are workers for whom too much came. Else it is the queues of many workers, which fill for long and have little
// noise together.
func (f *Fold) trend(from, to time.Duration, workers []WorkerFacts) (t trend, perSecond float64) {
	fifths, arrivals, length := f.series.fifths(from, to)
	if f.planned != nil && f.planned.to == to {
		fifths, arrivals, length = f.planned.fifths() // exact, however short the window is in the run
	}
	for i := range fifths[1:] {
		if fifths[i+1] <= fifths[i] {
			return wandering, 0
		}
	}
	cv, slots := 1.0, float64(slots(workers))
	mean, sd := f.measured.service.moments.mean(1), f.measured.service.moments.sd(1)
	if sd != nil && *mean > 0 {
		cv = *sd / *mean
	}
	noise := math.Sqrt(float64(arrivals) * (1 + cv*cv))
	growth := fifths[4] - fifths[0]
	if growth <= slots+2*noise {
		return wandering, 0
	}
	perSecond = growth / (4 * length.Seconds()) // from the middle of the first fifth to the middle of the last
	tooMuch := mean != nil && float64(arrivals)-slots*5*float64(length)/(*mean) > 2*noise
	if !tooMuch && bent(fifths, to-5*length, length) {
		return filling, perSecond
	}
	return growing, perSecond
}

// bent tells whether growth is nearer to the square root of time, by which a system without spare capacity grows from
// empty, and faster than any that has some, than to a straight line.
func bent(fifths [5]float64, from, length time.Duration) bool {
	root := func(i float64) float64 { return math.Sqrt(float64(from) + (i+0.5)*float64(length)) }
	early, late := fifths[2]-fifths[0], fifths[4]-fifths[2]
	bend := (root(4) - root(2)) / (root(2) - root(0)) // 0.69 with a warm-up of a tenth; 1 is straight
	return late < (1+bend)/2*early
}

// A plan is a window that is known before the run, with what passes in each fifth of it.
type plan struct {
	from, to time.Duration
	inSystem [5]time.Duration // ∫ number in the system dt
	arrivals int
}

// planOf returns the plan of an open loop's window, or nil.
func planOf(w *Window) *plan {
	if w == nil || !published(w.closed) {
		return nil
	}
	return &plan{from: w.open, to: w.close}
}

func (p *plan) add(o *requester.Outcome) {
	if p == nil || o.Start >= p.to || o.Decided <= p.from {
		return
	}
	if o.Start > p.from {
		p.arrivals++
	}
	length := (p.to - p.from) / 5
	for i := range p.inSystem {
		from := p.from + time.Duration(i)*length
		p.inSystem[i] += max(0, min(o.Decided, from+length)-max(o.Start, from))
	}
}

func (p *plan) fifths() (means [5]float64, arrivals int, length time.Duration) {
	length = (p.to - p.from) / 5
	for i, in := range p.inSystem {
		means[i] = float64(in) / float64(max(1, length))
	}
	return means, p.arrivals, length
}

// fifths returns the mean number in the system in each fifth of the time between two instants, the arrivals during
// all of them and the length of each. It takes whole parts of the series; with fewer than five, all is zero.
func (s *series) fifths(from, to time.Duration) (means [5]float64, arrivals int, length time.Duration) {
	first := int((from + s.length - 1) / s.length)
	last := min(int(to/s.length), len(s.parts)) // the part after the last whole one
	each := (last - first) / 5
	if each < 1 {
		return means, 0, 0
	}
	first = last - 5*each // what is left over is dropped where the window opens
	integrals := s.integrals()
	for i := first; i < last; i++ {
		means[(i-first)/each] += integrals[i].over(float64(each) * float64(s.length))
		arrivals += s.parts[i].starts
	}
	return means, arrivals, time.Duration(each) * s.length
}
