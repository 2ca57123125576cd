package balancer

import "time"

// A Recent is how many of something there were at each time of a last span of the run, however long the run is. It keeps marks as a Size does,
// but of that span alone, so that their distance stays a small part of it.
type Recent struct {
	size  Size
	first int // the number of the first mark, which lies so many distances after the start of the run
}

// Change notes that there are so many more from now on. An instant before the last change counts as that of the last change. The marks reach
// back at least for the span.
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

// thin leaves the later half of the marks, if these reach back for the span; else every other mark.
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

// Mean returns how many there were on average between two instants, the earlier one first. Neither may be earlier than the span before the
// last change.
func (r *Recent) Mean(from, to time.Duration) float64 {
	s := r.size
	ahead := time.Duration(r.first) * s.step
	s.since -= ahead
	return s.Mean(from-ahead, to-ahead)
}
