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
	piling          // by those alone that a fault has swallowed
)

// overload tells whether a run is one: see trend. It is nothing without the other figures that it reads.
type overload struct {
	fifths   *fifths // the window, where it is known before the run; else nil
	gone     *fifths // of the same, those requests that wait for an answer that never comes
	requests *requests
	series   *series
}

func (v *overload) add(block []requester.Outcome) {
	if v.fifths != nil {
		v.fifths.add(block)
		for i := range block {
			if swallowed(&block[i]) {
				v.gone.add(block[i : i+1])
			}
		}
	}
}

// swallowed tells whether a request has waited for an answer that a fault swallowed, to its end or to that of the run. Of its attempts, some
// were begun or buried and neither failed nor came home late.
func swallowed(o *requester.Outcome) bool {
	return o.Verdict == requester.Lost ||
		o.Verdict == requester.TimedOut && int(o.Executed)+int(o.Buried) > int(o.Late)+int(o.Attempts[requester.Failed])
}

// steady is how many times the mean latency a window has to be long to show a system that no longer fills.
const steady = 20

// settled is the share of all growth below which what the last fifth adds is rest. A straight line adds a quarter there, and a system that fills
// from empty more than a sixth.
const settled = 0.05

// describe is called after the requests have been described.
func (v *overload) describe(r *Result, e *ending) {
	t, perSecond := v.trend(e)
	r.Saturated, r.Filling, r.Piling, r.GrowthPerSecond = t == growing, t == filling, t == piling, perSecond
	mean := r.LatencySeconds.Mean
	r.Short = t == filling || (t == wandering || t == piling) && mean != nil && r.WindowSeconds < steady*(*mean)
}

// trend tells what becomes of the number in the system over a window, and by how many requests per second it grows:
// its mean must grow from each fifth of the window to the next, and over all by more than noise explains.
//
// The noise is that of a system whose load is exactly its capacity. There the number in the system is a random
// walk with variance A (1 + cv²) after A Poisson arrivals, cv that of the service times; anything stable wanders
// less. Growth must exceed two of its standard deviations plus the number of slots, which fill first.
// So a load of 1.1 is seen from a few thousand requests on, while M/M/1 at 0.95 passes for what it is.
//
// What grows is an overload if more came than all slots can serve, beyond noise, or if it grows along a straight line:
// some workers got more than they can do. Else it is the queues of many workers, which fill for long and have little
// noise together.
//
// What has come to rest in the last fifth does not grow throughout: it has jumped, by a fault or a burst of arrivals, to where it stays.
//
// Requests that a fault has swallowed wait for nothing that anybody does, so that nobody waits behind them: where it is only they that grow,
// the system has no more to do than it can.
func (v *overload) trend(e *ending) (t trend, perSecond float64) {
	if v.fifths == nil || v.fifths.from != e.from || v.fifths.to != e.to {
		means, arrivals, length := v.series.fifths(e.from, e.to)
		return v.judge(e, means, arrivals, length)
	}
	means, arrivals, length := v.fifths.means() // it opened and closed as was known; exact, however short the window is in the run
	t, perSecond = v.judge(e, means, arrivals, length)
	if t == wandering {
		return t, perSecond
	}
	gone, lost, _ := v.gone.means()
	if lost == 0 {
		return t, perSecond
	}
	for i := range means {
		means[i] -= gone[i]
	}
	if there, slope := v.judge(e, means, arrivals-lost, length); there != wandering {
		return there, slope
	}
	return piling, perSecond
}

// judge tells what becomes of a number in the system that has those means in the fifths of a window.
func (v *overload) judge(e *ending, means [5]float64, arrivals int, length time.Duration) (t trend, perSecond float64) {
	for i := range means[1:] {
		if means[i+1] <= means[i] {
			return wandering, 0
		}
	}
	cv, slots := 1.0, float64(e.slots())
	service := &v.requests.measured.service.moments
	mean, sd := service.mean(1), service.sd(1)
	if sd != nil && *mean > 0 {
		cv = *sd / *mean
	}
	noise := math.Sqrt(float64(arrivals) * (1 + cv*cv))
	growth := means[4] - means[0]
	if growth <= slots+2*noise {
		return wandering, 0
	}
	perSecond = growth / (4 * e.seconds(length)) // from the middle of the first fifth to the middle of the last
	tooMuch := mean != nil && float64(arrivals)-slots*5*float64(length)/(*mean) > 2*noise
	if !tooMuch && means[4]-means[3] < settled*growth {
		return wandering, 0
	}
	if !tooMuch && bent(means, e.to-5*length, length) {
		return filling, perSecond
	}
	return growing, perSecond
}

// bent tells whether growth is nearer to the square root of time, by which a system without spare capacity grows from
// empty, and faster than any that has some, than to a straight line.
func bent(means [5]float64, from, length time.Duration) bool {
	root := func(i float64) float64 { return math.Sqrt(float64(from) + (i+0.5)*float64(length)) }
	early, late := means[2]-means[0], means[4]-means[2]
	bend := (root(4) - root(2)) / (root(2) - root(0)) // 0.69 with a warm-up of a tenth; 1 is straight
	return late < (1+bend)/2*early
}
