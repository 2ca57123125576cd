package command

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"time"

	"waza/internal/option"
	"waza/internal/simulation"
	"waza/requester"
)

func (f *flags) declareArrivals(s *section) {
	kind, c := arrivalKinds(), f.run
	s.add(&flag{
		want: kind.Want,
		set: func(text string) error {
			is, err := kind.Parse(text)
			if err == nil {
				c.Arrivals, c.Shape, f.gaps = is.Arrivals, is.Shape, is.gaps
			}
			return err
		},
		text:  func() string { return kind.Show(arrivals{c.Arrivals, c.Shape, f.gaps}) },
		value: func() any { return c.Arrivals },
	}, "arrivals", "poisson", "poisson, constant, closed (each requester asks, waits and thinks), trace (follows from --trace), or the time from "+
		"one request to the next, such as "+gapForm+", which --load or --rate, if given, rescales; or Poisson "+
		"arrivals whose rate changes, by factors of its mean over the run, which stays that of --load or --rate:"+shapeUsage()).
		idle(func() bool { return c.Arrivals == simulation.Trace && !f.isTraced() }, "--trace=FILE beside it").
		idle(func() bool {
			return f.given("arrivals") && c.Arrivals != simulation.Trace && f.isTraced() && !f.isClosed()
		},
			"no other arrivals than those of --trace")
}

// arrivals are what --arrivals says: a kind, a shape of those of Poisson, and the distribution of gaps.
type arrivals struct {
	simulation.Arrivals
	requester.Shape
	gaps distribution
}

// plainArrivals are those without a shape.
var plainArrivals = []option.Choice[simulation.Arrivals]{
	{Name: "poisson", Is: simulation.Poisson},
	{Name: "constant", Is: simulation.Constant},
	{Name: "closed", Is: simulation.Closed},
	{Name: "trace", Is: simulation.Trace},
}

func arrivalKinds() option.Kind[arrivals] {
	plain := option.OneOf(plainArrivals...)
	var names, examples []string
	for _, choice := range plainArrivals {
		names, examples = append(names, choice.Name), append(examples, choice.Name)
	}
	for _, k := range requester.ShapeKinds() {
		names, examples = append(names, k.Name), append(examples, k.Example)
	}
	names, examples = append(names, "gaps"), append(examples, gapForm)
	k := option.Kind[arrivals]{Want: option.Either(examples)}
	k.Parse = func(s string) (arrivals, error) {
		if d, is, err := parseGaps(s); is {
			return arrivals{Arrivals: simulation.Gaps, gaps: d}, err
		}
		if is, err := plain.Parse(s); err == nil {
			return arrivals{Arrivals: is}, nil
		}
		c := option.ParseClause(s)
		kind, found := requester.FindShape(c.Kind)
		if !found {
			return arrivals{}, errors.New("want " + k.Want + option.Suggestion(c.Kind, names))
		}
		shape, err := parseShape(c, kind)
		return arrivals{Arrivals: simulation.Poisson, Shape: shape}, err
	}
	k.Show = func(a arrivals) string {
		switch {
		case a.Arrivals == simulation.Gaps:
			return "gaps:" + a.gaps.String()
		case a.Kind != "":
			return a.Shape.String()
		}
		return plain.Show(a.Arrivals)
	}
	return k
}

// parseShape reads the keys of that kind; those that are not there have their defaults.
func parseShape(c *option.Clause, kind requester.ShapeKind) (requester.Shape, error) {
	set := option.Values{}
	c.Expect(0, kind.Keys.Names()...)
	for _, key := range kind.Keys {
		c.Read(key, set)
	}
	if c.Err != nil {
		return requester.Shape{}, c.ErrorAsIn(kind.Example)
	}
	return kind.New(set)
}

// shapeUsage shows every shape with what it does, as --help has it.
func shapeUsage() string {
	var text []string
	for _, k := range requester.ShapeKinds() {
		text = append(text, k.Example, "  "+strings.ReplaceAll(k.Does, "\n", "\n  "))
	}
	return "\n" + strings.Join(text, "\n")
}

// checkShape refuses a shape that a run of this length cannot have.
func (f *flags) checkShape() error {
	c := f.run
	if _, err := c.Curve(); err != nil {
		return f.wrong("arrivals", err.Error())
	}
	if peak := c.PeakRate(); peak > maxRate {
		return f.wrong("arrivals", fmt.Sprintf("want at most %s requests per second, not %s", option.Grouped(maxRate), figure(peak)))
	}
	return nil
}

// remarkShape names a spike that no measured request meets, and factors that are not of the mean rate because the shape has another mean in
// this run.
func (f *flags) remarkShape() {
	curve, err := f.run.Curve()
	if curve == nil || err != nil {
		return
	}
	end, text := time.Duration(float64(f.run.Requests)/f.run.Rate*float64(time.Second)), f.flag("arrivals")
	warmup := f.run.WarmupOf(end)
	at, found := f.run.Shape.Set["at"].(time.Duration)
	lasts, _ := f.run.Shape.Set["for"].(time.Duration)
	switch {
	case found && at >= end:
		f.note("--arrivals=%s begins when all requests have: they arrive for %s s", text, figure(end.Seconds()))
	case found && at+lasts <= warmup:
		f.note("--arrivals=%s is over in the warm-up, of which nothing is measured: it takes %s s", text, figure(warmup.Seconds()))
	}
	if scaled := 1 / curve.Mean(); math.Abs(scaled-1) > 0.05 {
		f.note("--arrivals=%s: all rates are %s times what the factors say, for in the %s s of this run their mean is %s",
			text, figure(scaled), figure(end.Seconds()), figure(curve.Mean()))
	}
}
