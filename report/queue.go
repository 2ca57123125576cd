package report

import (
	"math"
	"time"
)

// QueueFigures are how many requests waited in the balancers, of those that watched.
type QueueFigures struct {
	Mean            *float64 `json:"mean"`              // over the window
	Peak            Count    `json:"peak" mean:"max"`   // the most at once, in the whole run
	GrowthPerSecond *float64 `json:"growth_per_second"` // the slope of the last minute of the window, or of all of it where that is shorter

	Slack float64 `json:"-"` // by how many requests a second it may seem to grow though it does not
}

// growthParts is in how many parts of the last minute one looks how fast a queue grows.
const growthParts = 30

// describeQueue writes how many waited, if a balancer has watched it.
func describeQueue(r *Result, e *ending) {
	if !e.Queue {
		return
	}
	q := &QueueFigures{}
	if e.length() > 0 {
		mean := e.queued(0, e.to)
		if !e.whole {
			mean = e.balanced().QueueInside / float64(e.length())
		}
		q.Mean = &mean
		growth, deviation := e.growth()
		q.GrowthPerSecond, q.Slack = &growth, deviation
	}
	for i := range e.Balancers {
		q.Peak += Count(e.Balancers[i].Queue.Most) // of several at different times: no more than that
	}
	r.Queue = q
}

// queued is how many requests waited in the mean between two instants, the first being the earlier one.
func (e *ending) queued(from, to time.Duration) (sum float64) {
	for i := range e.Balancers {
		sum += e.Balancers[i].Queue.Mean(from, to)
	}
	return sum
}

// queuedAtEnd is the same in the last minute of the window, to a small part of it. Of a run whose window never opened only the whole is known.
func (e *ending) queuedAtEnd(from, to time.Duration) (sum float64) {
	if e.whole {
		return e.queued(from, to)
	}
	for i := range e.Balancers {
		sum += e.Balancers[i].QueueAtEnd.Mean(from, to)
	}
	return sum
}

// growth is by how many requests per second the queue grows at the end of the window: the least squares line through its means over the
// parts of the last minute. With it comes the standard error of that slope, as if the parts were independent.
func (e *ending) growth() (perSecond, deviation float64) {
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
		means[i] = e.queuedAtEnd(at, at+part)
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
