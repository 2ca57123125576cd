package requester

import "sort"

// steps are rates that change at once: ends[i] is when the i-th of them ends, and masses[i] what has arrived by then.
type steps struct {
	ends, masses []float64
	highest      float64
}

// add appends a rate that lasts until end; one that has no length is none.
func (s *steps) add(end, rate float64) {
	start, mass := s.at(len(s.ends) - 1)
	if end <= start {
		return
	}
	s.ends, s.masses = append(s.ends, end), append(s.masses, mass+rate*(end-start))
	s.highest = max(s.highest, rate)
}

// at is when the i-th rate ends, and what has arrived by then; before the first it is the start.
func (s *steps) at(i int) (end, mass float64) {
	if i < 0 {
		return 0, 0
	}
	return s.ends[i], s.masses[i]
}

func (s *steps) mass(t float64) float64 { return along(t, s.ends, s.masses) }

func (s *steps) when(mass float64) float64 { return along(mass, s.masses, s.ends) }

func (s *steps) peak() float64 { return s.highest }

// along is the point of the line through 0 and (x[i], y[i]) whose x that is, in O(log n). Where the line is upright it is the upper end.
func along(at float64, x, y []float64) float64 {
	i := sort.Search(len(x), func(i int) bool { return x[i] > at })
	if i == len(x) {
		return y[i-1]
	}
	fromX, fromY := 0.0, 0.0
	if i > 0 {
		fromX, fromY = x[i-1], y[i-1]
	}
	return fromY + (at-fromX)*((y[i]-fromY)/(x[i]-fromX))
}
