package experiment

import (
	"math"
	"strconv"
)

// What is in this file is which value a search tries next.

// digits are the significant ones of a value that is no whole number and was not given.
const digits = 4

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

// eased is easier by the precision, or by a whole number of about so much.
func (s *search) eased(x float64) float64 {
	to := x * (1 + precision)
	if s.largest {
		to = x / (1 + precision)
	}
	if s.find.Whole {
		step := max(1, math.Floor(x*precision))
		if to = x + step; s.largest {
			to = x - step
		}
	}
	return s.round(to)
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
