package report

import "math"

// growthNoise is how many standard errors of a queue's growth, or of the utilisation, are noise.
const growthNoise = 2.

// fewInMinute is how many requests must come in the last minute of a window for that to tell how fast the queue grows. Of fewer a single one is growth.
const fewInMinute = 50.

// queueCheck tells whether the queue is stable or falls. One that grows within noise is stable where the workers have time to spare. Where they may
// have none it can be either, and that cannot be told, unless what has come is less than fills their slots.
func queueCheck(r *Result) Check {
	c := Check{Check: "the queue is stable or falls", Is: "growth_per_second"}
	growth, noise, throughout := r.QueueGrowth()
	if c.Figure = growth; growth == nil {
		return c
	}
	grown := *growth * lastMinute(r.WindowSeconds)
	if throughout {
		grown = float64(r.Queue.All().Peak) // what does not grow from each fifth to the next may grow all the same, by no more than that
	}
	if !throughout || noise > 0 {
		c.Noise = &noise
	}
	if *growth > noise || grown <= r.Slots || r.toSpare() {
		c.Passed = new(*growth <= noise)
	}
	return c
}

// toSpare tells whether workers were idle for more of the time than those may be by chance whose load is exactly what they can do: the work of A
// Poisson arrivals has a coefficient of variation of √((1 + cv²)/A), cv that of the service times.
func (r *Result) toSpare() bool {
	arrivals, cv := float64(r.MeasuredRequests)*float64(max(1, r.Replications)), r.serviceCV()
	return or(r.Utilization, 1)*(1+growthNoise*math.Sqrt((1+cv*cv)/max(1, arrivals))) < 1
}

// serviceCV is the coefficient of variation of the service times; 1 where it is unknown.
func (r *Result) serviceCV() float64 {
	if s := r.ServiceSeconds; s.SD != nil && *s.Mean > 0 {
		return *s.SD / *s.Mean
	}
	return 1
}

// QueueGrowth returns by how many requests a second the queue grows, and how much of that may be noise: what its last minute shows or, where too few
// come in a minute to show anything, what it has grown by throughout the window. Nil: it is not known.
//
// The noise is that of a queue whose load is exactly its capacity: a random walk, of which a Poisson arrival adds one to the variance, and a
// service the square of its coefficient of variation. The least squares slope of such a walk with variance V a second has over T seconds a variance
// of 6V/5T, and that from its mean in the first fifth to that in the last hardly less. The mean of several runs has less of it. There is none where
// the system has more to do than it can, and the queue has grown throughout.
func (r *Result) QueueGrowth() (perSecond *float64, noise float64, throughout bool) {
	waited := r.Queue.All()
	perSecond = waited.GrowthPerSecond
	if perSecond == nil {
		return nil, 0, false
	}
	length := lastMinute(r.WindowSeconds)
	come := float64(r.MeasuredRequests) / r.WindowSeconds
	if few := length < r.WindowSeconds && come*length < fewInMinute; few {
		perSecond, length, throughout = &waited.Throughout, r.WindowSeconds, true
	}
	cv := r.serviceCV()
	noise = growthNoise * math.Sqrt(6*(come+or(r.Throughput, 0)*cv*cv)/(5*length*float64(max(1, r.Replications))))
	if *perSecond <= noise && (r.Saturated || r.Filling) && waited.Throughout > 0 {
		return &waited.Throughout, 0, true
	}
	return perSecond, noise, throughout
}
