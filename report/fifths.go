package report

import (
	"time"

	"waza/requester"
)

// fifths is a window that is known before the run, with what passes in each fifth of it.
type fifths struct {
	window           *Window
	from, to, length time.Duration // length of each; what is left over when it is divided stands at the end
	inSystem         [5]wide       // ∫ number in the system dt, ns: of a backlog of days that is more than a Duration holds
	arrivals         int
}

// fifthsOf returns the fifths of a window of which both ends are known, or nil.
func fifthsOf(w *Window) *fifths {
	if w.from == requester.Never || w.to == requester.Never {
		return nil
	}
	return &fifths{window: w, from: w.from, to: w.to, length: (w.to - w.from) / 5}
}

func (f *fifths) add(block []requester.Outcome) {
	inside := f.window.Known()
	for i := range block {
		o := &block[i]
		if inside.Contains(o.Start) {
			f.arrivals++
		}
		if o.Start >= f.to || o.Decided <= f.from { // to an integral equal instants are no matter
			continue
		}
		from := max(o.Start, f.from)
		first := int((from - f.from) / max(1, f.length)) // most requests begin and end in one fifth
		for fifth := first; fifth < len(f.inSystem) && from < o.Decided; fifth++ {
			end := f.from + time.Duration(fifth+1)*f.length
			f.inSystem[fifth].add(uint64(max(0, min(o.Decided, end)-from)))
			from = max(from, end)
		}
	}
}

// means returns the mean number in the system in each fifth, the arrivals during all of them and the length of each.
func (f *fifths) means() (means [5]float64, arrivals int, length time.Duration) {
	for i, in := range f.inSystem {
		means[i] = in.over(float64(max(1, f.length)))
	}
	return means, f.arrivals, f.length
}

// fifths returns the same of the time between two instants that were not known before. It takes whole parts of the series; with fewer than five, all is zero.
func (s *series) fifths(from, to time.Duration) (means [5]float64, arrivals int, length time.Duration) {
	first := int((from + s.length - 1) / s.length)
	last := min(int(to/s.length), len(s.parts)) // the part after the last whole one
	each := (last - first) / 5
	if each < 1 {
		return means, 0, 0
	}
	first = last - 5*each // what is left over is dropped where the window opens
	integrals := s.integrals()
	for i := first; i < last; i++ {
		means[(i-first)/each] += integrals[i].over(float64(each) * float64(s.length))
		arrivals += s.parts[i].starts
	}
	return means, arrivals, time.Duration(each) * s.length
}
