package experiment

import (
	"cmp"
	"errors"
	"math"
	"slices"
	"strconv"

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
	mostIdle  = 3    // of these in a row that bring nothing nearer, before the rest is taken to bring nothing either
	mostBlind = 6    // where the figure does not exist, or is 0 although it should be more
	precision = 0.01 // of a value that is no whole number
	digits    = 4    // significant ones, of a value that is no whole number and was not given
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
	idle := 0
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
		if math.IsInf(s.excess(next), 1) {
			most = mostBlind
		}
		if idle++; next.kept || s.excess(next) < s.excess(last)*(1-precision) {
			idle = 0
		}
		if last = next; idle >= most {
			break
		}
	}
	return last, nil
}

// excess is by which factor a try misses the objective that it misses most.
func (s *search) excess(t *try) (most float64) {
	for _, o := range s.objectives {
		most = max(most, o.excess(o.Figure.Of(&t.mean)))
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
	if err != nil || s.stopped {
		return t
	}
	if s.stopped = !s.yield(t); s.stopped || len(t.runs) == 0 {
		return t
	}
	t.mean = report.Mean(t.runs)
	t.kept = report.KeptAll(held(s.objectives, &t.mean))
	return t
}

func (s *search) harder(x float64) (float64, bool) {
	if s.largest {
		return s.double(x)
	}
	return s.halve(x)
}

func (s *search) easier(x float64) (float64, bool) {
	if s.largest {
		return s.halve(x)
	}
	return s.double(x)
}

func (s *search) double(x float64) (float64, bool) {
	if s.find.Whole {
		return max(1, 2*x), true
	}
	return s.round(2 * x), true
}

func (s *search) halve(x float64) (float64, bool) {
	if s.find.Whole {
		return math.Floor(x / 2), x > 0
	}
	return s.round(x / 2), true
}

// between is a value in the middle of two; there is none where they are neighbours, or nearly so.
func (s *search) between(a, b float64) (float64, bool) {
	low, high := min(a, b), max(a, b)
	if s.find.Whole {
		return math.Floor((low + high) / 2), high-low > 1
	}
	x := s.round(math.Sqrt(low * high))
	return x, high > low*(1+precision) && low < x && x < high
}

// round leaves a value no more digits than people want to read.
func (s *search) round(x float64) float64 {
	if s.find.Whole {
		return math.Round(x)
	}
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(x, 'e', digits-1, 64), 64)
	if err != nil {
		return x // beyond the largest float
	}
	return rounded
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
