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

	Slack float64 `json:"-"` // by how many requests a second it may seem to grow though it does not
}

// Waited are the same figures of one place.
type Waited struct {
	Mean            *float64 `json:"mean"`
	Peak            Count    `json:"peak" mean:"max"`
	GrowthPerSecond *float64 `json:"growth_per_second"`

	Slack float64 `json:"-"`
}

// All returns how many waited anywhere. The most at once is no more than the sum of both, and none only where nothing ever waited.
func (q *QueueFigures) All() Waited {
	all := Waited{q.Mean, q.Peak, q.GrowthPerSecond, q.Slack}
	if at := q.AtWorkers; at != nil {
		all.Mean, all.GrowthPerSecond = plus(all.Mean, at.Mean), plus(all.GrowthPerSecond, at.GrowthPerSecond)
		all.Peak, all.Slack = all.Peak+at.Peak, math.Hypot(all.Slack, at.Slack)
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

// describeQueue writes how many waited, if a balancer has watched it.
func describeQueue(r *Result, e *ending) {
	if !e.Queue {
		return
	}
	here := func(l *balancer.Ledger) *balancer.Waiting { return &l.Queue }
	atWorkers := func(l *balancer.Ledger) *balancer.Waiting { return &l.AtWorkers }
	queue, more := e.waited(here), e.waited(atWorkers)
	r.Queue = &QueueFigures{Mean: queue.Mean, Peak: queue.Peak, GrowthPerSecond: queue.GrowthPerSecond, Slack: queue.Slack, AtWorkers: &more}
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
		growth, deviation := e.growth(of)
		q.Mean, q.GrowthPerSecond, q.Slack = &mean, &growth, deviation
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

// growth is by how many requests per second the queue grows at the end of the window: the least squares line through its means over the
// parts of the last minute. With it comes the standard error of that slope, as if the parts were independent.
func (e *ending) growth(of func(*balancer.Ledger) *balancer.Waiting) (perSecond, deviation float64) {
	length := min(e.length(), 60*time.Duration(e.second))
	part := length / growthParts
	if part == 0 {
		return 0, 0
	}
	begin := e.to - growthParts*part
	var means [growthParts]float64
	total := 0.0
	for i := range means {
		at := begin + time.Duration(i)*part
		means[i] = e.atEnd(of, at, at+part)
		total += means[i]
	}
	const middle = (growthParts - 1) / 2.
	covariance, spread := 0.0, 0.0
	for i, m := range means {
		x := float64(i) - middle
		covariance += x * (m - total/growthParts)
		spread += x * x
	}
	slope := covariance / spread // per part
	rest := 0.0
	for i, m := range means {
		off := m - total/growthParts - slope*(float64(i)-middle)
		rest += off * off
	}
	second := e.seconds(part)
	return slope / second, math.Sqrt(rest/(growthParts-2)/spread) / second
}
