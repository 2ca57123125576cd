package experiment

import (
	"cmp"
	"errors"
	"math"
	"slices"

	"waza/internal/statistics"
	"waza/report"
)

// A search looks for the hardest value with which a strategy keeps the objectives. It doubles or halves the value until the outcome is
// another, and then halves what lies between. All values have the same seeds, so that they differ by the value alone.
type search struct {
	find       *Find
	objectives []Objective
	strategy   string
	largest    bool // larger values are harder, and not smaller ones

	tries     []*try // in the order in which they were made
	good, bad *try   // the hardest that keeps the objectives, and the next harder one, which does not; nil: there is none
	yield     func(*try) bool
	stopped   bool // nobody plays any more
	idle      bool // a walk ended because going on brought nothing

	checked, beyond *report.Tried  // how good and bad do on fresh seeds
	refuted         []report.Tried // what fresh seeds refuted before
	unconfirmed     bool           // all that was checked
}

// A try is a value and what came of it.
type try struct {
	value   float64
	point   Point
	refused error // why nobody can play it
	runs    []report.Result
	mean    report.Result
	kept    bool
}

const (
	mostSteps = 20   // doublings or halvings to one side: a factor of a million
	mostIdle  = 2    // of these in a row that bring nothing nearer, before the rest is taken to bring nothing either
	mostBlind = 6    // where the figure does not exist, is 0 although it should be more, or tells of overload, in which it may not move
	precision = 0.01 // of a value that is no whole number
	nearly    = 0.05 // of what is missing: a value that takes less of it away is no nearer
)

// values yields what is to be played, and goes on when the runs are there.
func (s *search) values(yield func(*try) bool) {
	s.yield = yield
	first := s.at(s.find.From)
	if first.kept {
		s.good, s.bad = s.walk(first, s.harder)
	} else {
		s.bad, s.good = s.walk(first, s.easier)
	}
	if s.good == nil && !s.stopped { // perhaps it is a flag of which less is easier, or more
		s.largest = !s.largest
		s.bad, s.good = s.walk(first, s.easier)
	}
	if s.good == nil {
		return
	}
	for !s.stopped && s.bad != nil {
		x, is := s.between(s.good.value, s.bad.value)
		if !is {
			break
		}
		switch t := s.at(x); {
		case t == s.good || t == s.bad: // nothing lies between that the flag could tell
			return
		case t.kept:
			s.good = t
		default:
			s.bad = t
		}
	}
	s.lookBeyond()
}

// walk goes on from a try, step by step, until the outcome is another. It returns the last whose outcome is that of the first, and the
// one that has another; nil: none has.
func (s *search) walk(last *try, step func(float64) (float64, bool)) (same, other *try) {
	idle, nearest := 0, last
	for range mostSteps {
		x, is := step(last.value)
		if s.stopped || !is {
			return last, nil
		}
		next := s.at(x)
		if next.refused != nil && !last.kept {
			if next = s.edge(last, next); next == last {
				return last, nil
			}
		}
		if next.kept != last.kept {
			return last, next
		}
		most := mostIdle
		if math.IsInf(s.excess(&next.mean), 1) || next.mean.Saturated {
			most = mostBlind
		}
		if idle++; next.kept || s.nearer(next, nearest) {
			idle, nearest = 0, next
		}
		if last = next; idle >= most {
			s.idle = true
			break
		}
	}
	return last, nil
}

// nearer tells whether a try is nearer to what is wanted than another by more than a small share of what is missing and, of several seeds, by more than chance:
// among values that are all the same one is always a little better than the one before.
func (s *search) nearer(t, than *try) bool {
	if !(s.excess(&t.mean)-1 < (s.excess(&than.mean)-1)*(1-nearly)) {
		return false
	}
	var these, those []float64
	for i := range min(len(t.runs), len(than.runs)) {
		these, those = append(these, s.excess(&t.runs[i])), append(those, s.excess(&than.runs[i]))
	}
	by, known := statistics.Difference(these, those)
	return !known || statistics.Judge(by) == statistics.Better
}

// excess is by which factor a result misses the objective that it misses most.
func (s *search) excess(r *report.Result) (most float64) {
	for _, o := range s.objectives {
		most = max(most, o.excess(o.Figure.Of(r)))
	}
	return most
}

// edge is the last value that is not refused, between one that is not and one that is.
func (s *search) edge(in, out *try) *try {
	low, high := in.value, out.value
	for {
		x, is := s.between(low, high)
		if !is {
			break
		}
		point, err := s.find.At(x)
		switch {
		case point.number() == low || point.number() == high:
			return s.at(low)
		case err != nil:
			high = point.number()
		default:
			low = point.number()
		}
	}
	return s.at(low)
}

// lookBeyond tries one value more, harder than the one that fails: if it does better the figure is not monotone there.
func (s *search) lookBeyond() {
	if s.stopped || s.bad == nil || s.bad.refused != nil {
		return
	}
	x := s.bad.value * s.bad.value / s.good.value
	if s.find.Whole {
		x = 2*s.bad.value - s.good.value
	}
	if x = s.round(x); x >= 0 && x != s.bad.value {
		s.at(x)
	}
}

// at tries a value, once.
func (s *search) at(x float64) *try {
	t := s.made(x)
	if t.refused == nil && len(t.runs) == 0 && !s.stopped {
		s.stopped = !s.yield(t)
	}
	return t
}

// made is the try of a value, which nobody may have played yet.
func (s *search) made(x float64) *try {
	point, err := s.find.At(x)
	for _, t := range s.tries {
		if t.value == point.number() {
			return t
		}
	}
	if err == nil && !slices.Contains(point.Strategies, s.strategy) {
		err = errors.New(s.strategy + " cannot be run with it")
	}
	t := &try{value: point.number(), point: point, refused: err}
	s.tries = append(s.tries, t)
	return t
}

// played are the tries that were played, the easiest first.
func (s *search) played() []*try {
	played := slices.DeleteFunc(slices.Clone(s.tries), func(t *try) bool { return len(t.runs) == 0 })
	slices.SortFunc(played, func(a, b *try) int {
		if s.largest {
			a, b = b, a
		}
		return cmp.Compare(b.value, a.value)
	})
	return played
}
