package report

import "math"

// EvenShare is the deviation from the fair share up to which requests are even over the workers, whatever chance may do.
const EvenShare = 0.25

// chanceShare is how many standard deviations of a count are chance. There are many workers, and one look at the one that is farthest.
const chanceShare = 4.

// evenCheck tells whether requests are even over the workers. A fair share is that of the requests which came while a worker was there, in
// proportion to its speed: so one that has joined or left is judged by its time alone.
func evenCheck(r *Result) Check {
	c := Check{Check: "requests are even over the workers", Is: "deviation"}
	begun, fair := 0., 0.
	for i := range r.Workers {
		begun, fair = begun+float64(r.Workers[i].Requests), fair+max(0, r.Workers[i].Fair)
	}
	if begun == 0 {
		return c
	}
	even := true
	for i := range r.Workers {
		w := &r.Workers[i]
		if w.Fair <= 0 {
			continue
		}
		its := begun * w.Fair / fair
		away := float64(w.Requests)/its - 1
		noise := chanceOf(its*float64(max(1, r.Replications)), away > 0)
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

// chanceOf is how far from a count of n requests that are to be expected chance may lead, above or below it, as a part of n. Twice the root of
// a count that is Poisson has a standard deviation of about 1 whatever n is (Bartlett, "The square root transformation in analysis of
// variance", 1936), so x requests are no chance where 2·|√x − √n| is above 4: above n·(1 + 4/√n + 4/n), or below n·(1 − 4/√n + 4/n),
// and where less than 4 are to be expected, none at all may be chance.
func chanceOf(n float64, above bool) float64 {
	half := chanceShare / 2 / math.Sqrt(n)
	if above {
		return half * (2 + half)
	}
	return 1 - math.Pow(max(0, 1-half), 2)
}
