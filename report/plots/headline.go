package plots

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"waza/report"
	"waza/report/document"
)

// A rival is a run that a headline may name, with the figure that it goes by.
type rival struct {
	report.Result
	figure float64
}

// lowest answers who has the lowest of a figure. Whoever fails more than another is not named: the requests that a strategy
// fails are missing in its latencies. Empty: there is no answer.
func (rs runs) lowest(what string, format func(float64) string, figure func(report.Result) float64) string {
	if len(rs) == 1 {
		v := figure(rs[0])
		if math.IsNaN(v) {
			return ""
		}
		return fmt.Sprintf("%s has a %s of %s%s", rs[0].Strategy, what, format(v), rs.successful())
	}
	most, top := rs.failingLeast()
	if top == 0 {
		return ""
	}
	var rivals []rival
	for _, r := range most {
		if v := figure(r); !math.IsNaN(v) {
			rivals = append(rivals, rival{r, v})
		}
	}
	slices.SortStableFunc(rivals, func(a, b rival) int { return lowestFirst(a.figure, b.figure) })
	switch {
	case len(most) == 1 && len(rivals) == 1:
		return fmt.Sprintf("%s fails least: %s succeed, with a %s of %s", most[0].Strategy, inShare(top), what, format(rivals[0].figure))
	case len(most) == 1:
		return fmt.Sprintf("%s fails least: %s succeed", most[0].Strategy, inShare(top))
	case len(rivals) == 0:
		return ""
	}
	return rs.first(rivals, len(most) < len(rs), what, format)
}

// failingLeast are the runs of which hardly fewer requests succeed than of the one of which most do, and how many do there.
func (rs runs) failingLeast() (some runs, top float64) {
	for _, r := range rs {
		top = max(top, orZero(succeeded(r)))
	}
	for _, r := range rs {
		if orZero(succeeded(r)) >= top-report.EquallyOften {
			some = append(some, r)
		}
	}
	return some, top
}

// first says which of the rivals, in their order, are the lowest. some tells whether others fail more than they.
func (rs runs) first(rivals []rival, some bool, what string, format func(float64) string) string {
	n := 1
	for n < len(rivals) && rivals[n].figure*(1-document.Level) < rivals[0].figure {
		n++
	}
	var best runs
	for _, r := range rivals[:n] {
		best = append(best, r.Result)
	}
	who := best.names()
	verb := " has"
	if n > 1 {
		verb = " are level at"
	}
	if some {
		who = "of those that fail least, " + who
		who = strings.ToUpper(who[:1]) + who[1:]
	}
	return fmt.Sprintf("%s%s the lowest %s: %s%s", who, verb, what, format(rivals[0].figure), best.successful())
}

// names lists few strategies, and counts many.
func (rs runs) names() string {
	const few = 3
	if len(rs) > few {
		return fmt.Sprintf("%d strategies", len(rs))
	}
	var names []string
	for _, r := range rs {
		names = append(names, r.Strategy)
	}
	last := len(names) - 1
	if last == 0 {
		return names[0]
	}
	return strings.Join(names[:last], ", ") + " and " + names[last]
}

// successful says how many requests succeeded, where too many did not for the headline to be silent about it.
func (rs runs) successful() string {
	lo, hi := 1.0, 0.0
	for _, r := range rs {
		lo, hi = min(lo, orZero(succeeded(r))), max(hi, orZero(succeeded(r)))
	}
	switch from, to := inShare(lo), inShare(hi); {
	case lo >= document.Enough:
		return ""
	case from == to:
		return "; " + to + " succeed"
	default:
		return fmt.Sprintf("; %s to %s succeed", strings.TrimSuffix(from, " %"), to)
	}
}

// succeeded is the share of a run's measured requests that did. NaN: none was measured.
func succeeded(r report.Result) float64 {
	if r.SuccessShare == nil {
		return math.NaN()
	}
	return *r.SuccessShare
}

func orZero(v float64) float64 {
	if math.IsNaN(v) {
		return 0
	}
	return v
}

// failed tells whether any measured request did not succeed.
func (rs runs) failed() bool {
	return slices.ContainsFunc(rs, func(r report.Result) bool { return succeeded(r) < 1 })
}

// warnings are what forbids to read the latencies as those of a system that lasts, for the caption.
func (rs runs) warnings() []string {
	var lines []string
	warn := func(what string, of func(report.Result) bool) {
		var names []string
		for _, r := range rs {
			if of(r) {
				names = append(names, r.Strategy)
			}
		}
		if len(names) > 0 {
			lines = append(lines, what+": "+strings.Join(names, ", ")+".")
		}
	}
	warn("Overload, so that latencies depend on the length of the run", func(r report.Result) bool { return r.Saturated })
	warn("Measured for so short a time that the system may still have been filling", func(r report.Result) bool { return r.Short })
	return lines
}
