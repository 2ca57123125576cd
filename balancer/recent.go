package balancer

import "time"

// A Recent is how many of something were there at each time of the last while, however long the run is: the integral of that number at equal
// distances, as in a Size, but of that while alone, so that the distance stays a small part of it.
type Recent struct {
	size  Size
	first int // the number of the first mark: that mark is of first distances after the start
}

// Change notes that so many more are there from now on. An instant before that of the last change counts as that. Marks reach back for at least the span.
func (r *Recent) Change(now time.Duration, by int, span time.Duration) {
	s := &r.size
	now = max(now, s.since)
	s.step = max(s.step, shortestStep)
	if oldest := int((now - span) / s.step); oldest > r.first+len(s.marks) {
		r.first, s.marks = oldest, s.marks[:0] // the number has been the same for longer than that
	}
	for {
		mark := time.Duration(r.first+len(s.marks)) * s.step
		if mark > now {
			break
		}
		if len(s.marks) == mostMarks {
			r.thin(span)
			continue
		}
		s.marks = append(s.marks, s.upTo(mark))
	}
	s.sum, s.since = s.upTo(now), now
	s.present += by
}

// thin leaves the later half of the marks, or every other one where that does not reach back for the span, but for a step at most.
func (r *Recent) thin(span time.Duration) {
	const half = mostMarks / 2
	s := &r.size
	if s.step*(half-1) >= span {
		s.marks = s.marks[:copy(s.marks, s.marks[half:])]
		r.first += half
		return
	}
	odd, left := r.first%2, 0
	for i := odd; i < mostMarks; i += 2 {
		s.marks[left] = s.marks[i]
		left++
	}
	s.marks = s.marks[:left]
	s.step *= 2
	r.first = (r.first + odd) / 2
}

// Mean returns how many were there in the mean between two instants, of which the first is the earlier one, and neither is earlier than the
// span before the last change.
func (r *Recent) Mean(from, to time.Duration) float64 {
	s := r.size
	ahead := time.Duration(r.first) * s.step
	s.since -= ahead
	return s.Mean(from-ahead, to-ahead)
}
