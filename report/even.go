package report

import "math"

// EvenShare is the deviation from the fair share up to which requests are even over the workers, whatever chance may do.
const EvenShare = 0.25

// chanceShare is how many standard deviations of a count are chance. There are many workers, and one look at the one that is farthest.
const chanceShare = 4.

// evenCheck tells whether requests are even over the workers. A fair share is that of the requests which came while a worker was there, in
// proportion to its speed: so one that has joined or left is judged by its time alone. Of a share of n requests chance makes up to 4/√n.
func evenCheck(r *Result) Check {
	c := Check{Check: "requests are even over the workers", Is: "deviation"}
	begun, fair := 0., 0.
	for i := range r.Workers {
		begun, fair = begun+float64(r.Workers[i].Requests), fair+r.Workers[i].Fair
	}
	if begun == 0 {
		return c
	}
	even := true
	for i := range r.Workers {
		w := &r.Workers[i]
		if w.Fair == 0 {
			continue
		}
		its := begun * w.Fair / fair
		away, noise := float64(w.Requests)/its-1, chanceShare/math.Sqrt(its*float64(max(1, r.Replications)))
		uneven := math.Abs(away) > max(EvenShare, noise)
		if c.Figure == nil || uneven && even || uneven == !even && math.Abs(away) > math.Abs(*c.Figure) {
			c.Figure, c.Noise = &away, &noise
		}
		even = even && !uneven
	}
	if c.Figure != nil {
		c.Passed = &even
	}
	return c
}
