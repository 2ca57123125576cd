package report

import (
	"math"
	"time"

	"waza/balancer"
)

// QueueFigures are how many requests waited in the balancers, of those that watched, and beside them at the workers.
type QueueFigures struct {
	Mean            *float64 `json:"mean"`              // over the window
	Peak            Count    `json:"peak" mean:"max"`   // the most at once, in the whole run
	GrowthPerSecond *float64 `json:"growth_per_second"` // the slope of the last minute of the window, or of all of it where that is shorter
	AtWorkers       *Waited  `json:"at_workers"`        // the same of those that were sent to workers beyond their slots

	Throughout float64 `json:"-"` // by how many it has grown from each fifth of the window to the next; 0, if it has not
}

// Waited are the same figures of one place.
type Waited struct {
	Mean            *float64 `json:"mean"`
	Peak            Count    `json:"peak" mean:"max"`
	GrowthPerSecond *float64 `json:"growth_per_second"`

	Throughout float64 `json:"-"`
}

// All returns how many waited anywhere. The most at once is no more than the sum of both, and none only where nothing ever waited.
func (q *QueueFigures) All() Waited {
	all := Waited{q.Mean, q.Peak, q.GrowthPerSecond, q.Throughout}
	if at := q.AtWorkers; at != nil {
		all.Mean, all.GrowthPerSecond = plus(all.Mean, at.Mean), plus(all.GrowthPerSecond, at.GrowthPerSecond)
		all.Peak, all.Throughout = all.Peak+at.Peak, all.Throughout+at.Throughout
	}
	return all
}

// plus adds what is known.
func plus(a, b *float64) *float64 {
	if a == nil || b == nil {
		return a
	}
	return new(*a + *b)
}

// growthParts is in how many parts of the last minute one looks how fast a queue grows.
const growthParts = 30

// leastGrowth is a growth by so few requests a second that it is one of rounding: a single request makes more of it that waits for a tenth of a
// millisecond at either end of the minute.
const leastGrowth = 1e-7

// describeQueue writes how many waited, if a balancer has watched it.
func describeQueue(r *Result, e *ending) {
	if !e.Queue {
		return
	}
	here := func(l *balancer.Ledger) *balancer.Waiting { return &l.Queue }
	atWorkers := func(l *balancer.Ledger) *balancer.Waiting { return &l.AtWorkers }
	queue, more := e.waited(here), e.waited(atWorkers)
	r.Queue = &QueueFigures{
		Mean: queue.Mean, Peak: queue.Peak, GrowthPerSecond: queue.GrowthPerSecond, AtWorkers: &more, Throughout: queue.Throughout,
	}
}

// waited describes what waited at one of these places.
func (e *ending) waited(of func(*balancer.Ledger) *balancer.Waiting) Waited {
	q := Waited{}
	if e.length() > 0 {
		mean := 0.0
		for i := range e.Balancers {
			if w := of(&e.Balancers[i]); e.whole {
				mean += w.Mean(0, e.to)
			} else {
				mean += w.Inside / float64(e.length())
			}
		}
		growth := e.growth(of)
		q.Mean, q.GrowthPerSecond, q.Throughout = &mean, &growth, e.throughout(of)
	}
	for i := range e.Balancers {
		q.Peak += Count(of(&e.Balancers[i]).Most) // of several at different times: no more than that
	}
	return q
}

// atEnd is how many waited in the mean between two instants of the last minute of the window, to a small part of it. Of a run whose window never
// opened only the whole is known.
func (e *ending) atEnd(of func(*balancer.Ledger) *balancer.Waiting, from, to time.Duration) (sum float64) {
	for i := range e.Balancers {
		if w := of(&e.Balancers[i]); e.whole {
			sum += w.Mean(from, to)
		} else {
			sum += w.AtEnd.Mean(from, to)
		}
	}
	return sum
}

// throughout is by how many requests per second the queue grows from the first fifth of the window to the last; 0, unless there are more in each
// fifth than in that before.
func (e *ending) throughout(of func(*balancer.Ledger) *balancer.Waiting) float64 {
	length := e.length() / 5
	if length == 0 {
		return 0
	}
	var means [5]float64
	for i := range means {
		from := e.from + time.Duration(i)*length
		for b := range e.Balancers {
			means[i] += of(&e.Balancers[b]).Mean(from, from+length)
		}
		if i > 0 && means[i] <= means[i-1] {
			return 0
		}
	}
	return (means[4] - means[0]) / (4 * e.seconds(length))
}

// growth is by how many requests per second the queue grows at the end of the window: the least squares line through its means over the
// parts of the last minute. Those are differences of sums over the whole run, whose rounding is no growth.
func (e *ending) growth(of func(*balancer.Ledger) *balancer.Waiting) float64 {
	part := time.Duration(lastMinute(e.seconds(e.length()))*float64(e.second)) / growthParts
	if part == 0 {
		return 0
	}
	begin := e.to - growthParts*part
	const middle = (growthParts - 1) / 2.
	covariance, spread := 0.0, 0.0
	for i := range growthParts {
		at, x := begin+time.Duration(i)*part, float64(i)-middle
		covariance += x * e.atEnd(of, at, at+part)
		spread += x * x
	}
	perSecond := covariance / spread / e.seconds(part)
	if math.Abs(perSecond) < leastGrowth {
		return 0
	}
	return perSecond
}

// lastMinute is how many of the seconds of a window are its last minute.
func lastMinute(window float64) float64 { return min(window, 60) }
