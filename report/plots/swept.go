package plots

import (
	"fmt"
	"math"
	"slices"

	"waza/report"
	"waza/report/document"
)

// A sweep is what a picture of a sweep is drawn of.
type sweep struct {
	runs        runs                // of each strategy one at each value, or each pair of values
	conclusions []report.Conclusion // of some of them
	beside      Beside
	places      map[pair][]int // of the runs, by their values
}

// A pair is the values of a run; without a second sweep the other is zero.
type pair struct{ first, also report.Swept }

func pairOf(first report.Swept, also *report.Swept) pair {
	if also == nil {
		return pair{first: first}
	}
	return pair{first, *also}
}

// Beside is what a document does not have, and whoever knows the configuration does. All of it is only drawn.
type Beside struct {
	Capacity float64  // requests per second of all workers together; 0: it is not known
	Theory   []Theory // of some of the strategies
	Slo      float64  // seconds that the p99 latency is to keep; 0: none
	Knees    []Knee   // where it still does
}

// A Knee is the highest value up to which a strategy keeps the objective.
type Knee struct {
	Strategy string
	Value    float64
	All      bool // it keeps it at all values: where it would no longer is not known
}

// sweepOf takes what is drawn from a document.
func sweepOf(d document.Document, beside Beside) sweep {
	return newSweep(slices.DeleteFunc(slices.Clone(d.Runs), func(r report.Result) bool { return r.Swept == nil }), d.Conclusions, beside)
}

func newSweep(rs runs, conclusions []report.Conclusion, beside Beside) sweep {
	s := sweep{rs, conclusions, beside, map[pair][]int{}}
	for i := range rs {
		at := pairOf(*rs[i].Swept, rs[i].SweptAlso)
		s.places[at] = append(s.places[at], i)
	}
	return s
}

// sweptFlags are the flags of which a document has values.
func sweptFlags(d document.Document) (names []string) {
	var first, also *report.Swept
	switch {
	case len(d.Runs) > 0:
		first, also = d.Runs[0].Swept, d.Runs[0].SweptAlso
	case len(d.Missing) > 0:
		first, also = d.Missing[0].Swept, d.Missing[0].SweptAlso
	}
	for _, s := range []*report.Swept{first, also} {
		if s != nil {
			names = append(names, s.Flag)
		}
	}
	return names
}

func first(r report.Result) *report.Swept { return r.Swept }
func also(r report.Result) *report.Swept  { return r.SweptAlso }

// textOf is a value as people write it.
func textOf(s report.Swept) string {
	if s.Text != "" {
		return drawable(s.Text)
	}
	return drawable(fmt.Sprint(s.Value))
}

// values are those of what is swept, each once, in their order.
func (s sweep) values(of func(report.Result) *report.Swept) []report.Swept {
	var all []report.Swept
	for i := range s.runs {
		if v := of(s.runs[i]); v != nil && !slices.Contains(all, *v) {
			all = append(all, *v)
		}
	}
	return all
}

// those are the runs of which it is so. There may be many, and a Result is large: no other is copied.
func (s sweep) those(is func(*report.Result) bool) (some runs) {
	for i := range s.runs {
		if is(&s.runs[i]) {
			some = append(some, s.runs[i])
		}
	}
	return some
}

// strategies are the first run of each: it stands for all of them where groups and looks are given.
func (s sweep) strategies() runs {
	seen := map[string]bool{}
	return s.those(func(r *report.Result) bool {
		again := seen[r.Strategy]
		seen[r.Strategy] = true
		return !again
	})
}

// of are the runs of a strategy, in the order of the values.
func (s sweep) of(strategy string) runs {
	return s.those(func(r *report.Result) bool { return r.Strategy == strategy })
}

// at are the runs at a value, or at a pair of values.
func (s sweep) at(first report.Swept, also *report.Swept) (some runs) {
	for _, i := range s.places[pairOf(first, also)] {
		some = append(some, s.runs[i])
	}
	return some
}

// figureAt is a figure of a strategy at a value; NaN: it does not exist.
func (s sweep) figureAt(v report.Swept, strategy string, figure func(report.Result) *float64) float64 {
	for _, r := range s.at(v, nil) {
		if f := figure(r); r.Strategy == strategy && f != nil {
			return *f
		}
	}
	return math.NaN()
}

// leastSuccess is the column of the lowest share of requests that succeeded at any value.
func (s sweep) leastSuccess() column {
	return column{"lowest success", func(c curve) float64 {
		least := math.NaN()
		for _, r := range s.of(c.run.Strategy) {
			if share := succeeded(r); !math.IsNaN(share) && !(least < share) {
				least = share
			}
		}
		return least
	}, inShare}
}

// warnings are what forbids to read latencies as those of a system that lasts, or of all requests.
func (s sweep) warnings() (lines []string) {
	if slices.ContainsFunc(s.runs, func(r report.Result) bool { return r.Saturated }) {
		lines = append(lines, "Hollow marks: overload, so that latencies depend on the length of the run.")
	}
	if s.runs.failed() {
		lines = append(lines, "Latencies are of the requests that succeed; beside a name stands the lowest share of those at any value.")
	}
	return lines
}

func p50(r report.Result) *float64 { return r.LatencySeconds.P50 }
func p99(r report.Result) *float64 { return r.LatencySeconds.P99 }
