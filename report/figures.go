package report

import "math"

// A Figure is a figure of a Result by which runs are compared, held to an objective or swept until it is sure.
type Figure struct {
	Name    string // as flags name it
	Says    string // as prose names it
	Seconds bool   // it is a time
	Rate    bool   // it is per second
	Most    bool   // more of it is better
	Of      func(*Result) *float64
}

// Figures are all of them.
func Figures() []Figure {
	latency := func(name, says string, of func(*Spread) *float64) Figure {
		return Figure{Name: name, Says: says + " latency", Seconds: true, Of: func(r *Result) *float64 { return of(&r.LatencySeconds) }}
	}
	return []Figure{
		latency("mean", "mean", func(s *Spread) *float64 { return s.Mean }),
		latency("p50", "p50", func(s *Spread) *float64 { return s.P50 }),
		latency("p90", "p90", func(s *Spread) *float64 { return s.P90 }),
		latency("p95", "p95", func(s *Spread) *float64 { return s.P95 }),
		latency("p99", "p99", func(s *Spread) *float64 { return s.P99 }),
		latency("p99.9", "p99.9", func(s *Spread) *float64 { return s.P999 }),
		latency("max", "maximal", func(s *Spread) *float64 { return s.Max }),
		{Name: "throughput", Says: "throughput", Rate: true, Most: true, Of: func(r *Result) *float64 { return r.Throughput }},
		{Name: "goodput", Says: "goodput", Rate: true, Most: true, Of: func(r *Result) *float64 { return r.Goodput }},
		{Name: "success", Says: "success", Most: true, Of: func(r *Result) *float64 { return r.SuccessShare }},
		{Name: "waste", Says: "wasted work", Of: func(r *Result) *float64 { return r.WastedWorkShare }},
		{Name: "utilisation", Says: "utilisation", Of: func(r *Result) *float64 { return r.Utilization }},
	}
}

// FigureNamed returns the figure of that name.
func FigureNamed(name string) (Figure, bool) {
	for _, f := range Figures() {
		if f.Name == name {
			return f, true
		}
	}
	return Figure{}, false
}

// Possible is the part of an interval of the figure that can be: neither a length, a rate nor a share is below 0, and no share above 1.
// Student's interval knows nothing of that, and is shown cut.
func (f Figure) Possible(i Interval) Interval {
	most := math.Inf(1)
	if !f.Seconds && !f.Rate {
		most = 1
	}
	return Interval{min(max(i[0], 0), most), min(max(i[1], 0), most)}
}
