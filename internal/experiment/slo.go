package experiment

import (
	"math"

	"waza/internal/statistics"
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

// heldBy says of each objective whether it is kept in the mean of some runs, with the interval of the value.
func heldBy(objectives []Objective, mean *report.Result, runs []report.Result) []report.Held {
	all := held(objectives, mean)
	for i, o := range objectives {
		by, ok := statistics.MeanInterval(valuesOf(runs, o.Figure))
		if !ok || o.Figure.Name == "max" { // that of more runs is larger: no interval is of it
			continue
		}
		if all[i].Equal = !by.Known(); !all[i].Equal {
			all[i].CI95 = &report.Interval{by.Low, by.High}
		}
	}
	return all
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
