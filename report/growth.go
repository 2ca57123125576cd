package report

import "math"

// growthNoise is how many standard errors of a queue's growth, or of the utilisation, are noise.
const growthNoise = 2.

// queueCheck tells whether the queue is stable or falls. One that grows within noise is stable where the workers have time to spare. Where they may
// have none it can be either, and that cannot be told, unless what has come is less than fills their slots.
func queueCheck(r *Result) Check {
	c := Check{Check: "the queue is stable or falls", Is: "growth_per_second"}
	growth, noise, throughout := r.QueueGrowth()
	if c.Figure = growth; growth == nil {
		return c
	}
	if !throughout {
		c.Noise = &noise
	}
	if *growth > noise || *growth*lastMinute(r.WindowSeconds) <= r.Slots || r.toSpare() {
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

// QueueGrowth returns by how many requests a second the queue grows, and how much of that may be noise: what its last minute shows or, where that
// shows nothing though the system has more to do than it can, what it has grown by throughout the window. Work may last for hours, and nothing
// come in a minute. Nil: it is not known.
//
// The noise is that of a queue whose load is exactly its capacity: a random walk, of which a Poisson arrival adds one to the variance, and a
// service the square of its coefficient of variation. The least squares slope of such a walk with variance V a second has over T seconds a variance
// of 6V/5T. The mean of several runs has less of it.
func (r *Result) QueueGrowth() (perSecond *float64, noise float64, throughout bool) {
	waited := r.Queue.All()
	perSecond = waited.GrowthPerSecond
	if perSecond == nil {
		return nil, 0, false
	}
	cv := r.serviceCV()
	variance := float64(r.MeasuredRequests)/r.WindowSeconds + or(r.Throughput, 0)*cv*cv
	noise = growthNoise * math.Sqrt(6*variance/(5*lastMinute(r.WindowSeconds)*float64(max(1, r.Replications))))
	if *perSecond <= noise && (r.Saturated || r.Filling) && waited.Throughout > 0 {
		return &waited.Throughout, 0, true
	}
	return perSecond, noise, false
}
