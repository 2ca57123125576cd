package experiment

import (
	"math"

	"waza/report"
)

// An Objective is a bound of a figure: it is to be at most so much or, where more of it is better, at least so much.
type Objective struct {
	Figure report.Figure
	Limit  float64 // in seconds, per second or a share, as the figure is
	Text   string  // both as the command line has them: p99:50ms
}

// keeps tells whether a value keeps the objective; one that does not exist does not.
func (o Objective) keeps(v *float64) bool {
	if o.Figure.Most {
		return v != nil && *v >= o.Limit
	}
	return v != nil && *v <= o.Limit
}

// excess is how far a value is from the limit as a factor, above 1 if it misses it.
func (o Objective) excess(v *float64) float64 {
	switch {
	case v == nil:
		return math.Inf(1)
	case *v == o.Limit:
		return 1
	case o.Figure.Most:
		return o.Limit / *v // of 0 infinite
	}
	return *v / o.Limit
}

// held says of each objective whether it is kept in a result, which may be the mean of several.
func held(objectives []Objective, r *report.Result) []report.Held {
	var all []report.Held
	for _, o := range objectives {
		h := report.Held{Objective: o.Text, Figure: o.Figure.Name, Limit: o.Limit, Value: o.Figure.Of(r)}
		h.Kept = o.keeps(h.Value)
		if h.Value != nil && o.Limit != 0 {
			margin := 1 - *h.Value/o.Limit
			if o.Figure.Most {
				margin = -margin
			}
			h.Margin = &margin
		}
		all = append(all, h)
	}
	return all
}
