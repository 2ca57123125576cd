package balancer

import "time"

// A Size is how many of something there were at each time, as one balancer knows it: workers (the sum of their Stays), or requests that
// waited. It keeps marks of the integral of that number at equal distances. The distance doubles as the run grows, so that the number of
// marks does not. The zero Size is that of nothing.
type Size struct {
	Most    int // at any time
	present int
	since   time.Duration // the last change
	sum     float64       // ∫ present dt until then, ns
	step    time.Duration // between marks
	marks   []float64     // the integral at 0, step, 2 step, …, up to the last change
}

// mostMarks is how many marks a Size has at most. Their distance is a microsecond times a power of two, like the length of the parts of a
// series in the report, of which there are at most a fifth as many.
const (
	mostMarks    = 1024
	shortestStep = time.Microsecond
)

// Change notes that there are so many more from now on. An instant before the last change counts as that of the last change.
func (s *Size) Change(now time.Duration, by int) {
	now = max(now, s.since)
	s.step = max(s.step, shortestStep)
	for {
		mark := time.Duration(len(s.marks)) * s.step
		if mark > now {
			break
		}
		if len(s.marks) == mostMarks {
			s.halve()
			continue
		}
		s.marks = append(s.marks, s.upTo(mark))
	}
	s.sum, s.since = s.upTo(now), now
	s.present += by
	s.Most = max(s.Most, s.present)
}

// halve leaves every other mark.
func (s *Size) halve() {
	for i := range mostMarks / 2 {
		s.marks[i] = s.marks[2*i]
	}
	s.marks = s.marks[:mostMarks/2]
	s.step *= 2
}

// upTo returns the integral up to an instant that is not before the last change.
func (s *Size) upTo(at time.Duration) float64 { return s.sum + float64(s.present)*float64(at-s.since) }

// integral returns ∫ present dt from 0 to an instant, in nanoseconds. Between two marks it assumes that the number stayed the same.
func (s *Size) integral(at time.Duration) float64 {
	if at >= s.since {
		return s.upTo(at)
	}
	i := int(at / s.step) // below the number of marks, for the last change is behind it
	from, next := time.Duration(i)*s.step, time.Duration(i+1)*s.step
	end := s.sum
	if i+1 < len(s.marks) {
		end = s.marks[i+1]
	} else {
		next = s.since
	}
	return s.marks[i] + (end-s.marks[i])*float64(at-from)/float64(next-from)
}

// Mean returns how many there were on average between two instants, the earlier one first.
func (s *Size) Mean(from, to time.Duration) float64 {
	if from >= s.since {
		return float64(s.present)
	}
	return (s.integral(to) - s.integral(from)) / float64(to-from)
}
