package command

import (
	"errors"
	"strings"
	"time"

	"waza/internal/option"
	"waza/requester"
)

// A distribution is one that was read from a flag, with its text in canonical form.
type distribution struct {
	requester.Distribution
	kind       string
	parameters string
	beyond     func(seconds float64) float64 // the probability of more; about that, where it is small
}

func (d distribution) String() string { return d.kind + ":" + d.parameters }

// title tells of what there is how much: "exponential work of 10 ms".
func (d distribution) title(what string) string {
	return d.kind + " " + what + " of " + spaced(d.Mean())
}

// distributions reads a distribution of lengths of at least low; a bare length is a constant.
func distributions(low time.Duration) option.Kind[distribution] {
	forms := []string{
		"10ms", "constant:10ms", "exponential:10ms", "uniform:5ms,15ms", "lognormal:10ms,cv=2",
		"pareto:10ms,alpha=1.5,max=10s", "bimodal:9ms,110ms,p=0.01",
	}
	k := option.Kind[distribution]{Want: "a distribution such as " + option.Either(forms), Show: distribution.String}
	k.Parse = func(s string) (distribution, error) {
		if !strings.Contains(s, ":") {
			if d, err := option.Length(low).Parse(s); err == nil {
				return distribution{requester.Constant(d), "constant", option.Short(d), certain(d)}, nil
			}
		}
		c := option.ParseClause(s)
		var kinds []string
		for _, form := range forms[1:] {
			kind, _, _ := strings.Cut(form, ":")
			if kind == c.Kind {
				return parseDistribution(c, low), c.ErrorAsIn(form)
			}
			kinds = append(kinds, kind)
		}
		return distribution{}, errors.New("want " + k.Want + option.Suggestion(c.Kind, kinds))
	}
	return k
}

// parseDistribution reads the parameters that belong to the kind.
func parseDistribution(c *option.Clause, low time.Duration) distribution {
	d := distribution{kind: c.Kind}
	switch c.Kind {
	case "constant":
		c.Expect(1)
		mean := c.Length(0, "length", low)
		d.Distribution, d.parameters, d.beyond = requester.Constant(mean), option.Short(mean), certain(mean)
	case "exponential":
		c.Expect(1)
		mean := c.Length(0, "mean", 1)
		d.Distribution, d.parameters, d.beyond = requester.Exponential(mean), option.Short(mean), exponentialTail(mean)
	case "uniform":
		c.Expect(2)
		from, to := c.Length(0, "lower end", low), c.Length(1, "upper end", 1)
		if from >= to {
			c.Fail("an upper end above the lower one")
		}
		d.Distribution, d.parameters = requester.Uniform(from, to), option.Short(from)+","+option.Short(to)
		d.beyond = uniformTail(from, to)
	case "lognormal":
		c.Expect(1, "cv")
		mean, cv := c.Length(0, "mean", 1), option.Named(c, "cv", option.Above(0, 100))
		d.Distribution, d.parameters = requester.Lognormal(mean, cv), option.Short(mean)+",cv="+option.FormatDecimal(cv)
		d.beyond = lognormalTail(mean.Seconds(), cv)
	case "pareto":
		parsePareto(c, &d)
	case "bimodal":
		c.Expect(2, "p")
		a, b, p := c.Length(0, "first length", low), c.Length(1, "second length", low), option.Named(c, "p", option.Between(0, 1))
		d.Distribution, d.parameters = requester.Bimodal(a, b, p), option.Short(a)+","+option.Short(b)+",p="+option.FormatDecimal(p)
		d.beyond = bimodalTail(a, b, p)
	}
	return d
}

// parsePareto reads the one distribution that may not exist.
func parsePareto(c *option.Clause, d *distribution) {
	c.Expect(1, "alpha", "max")
	mean := c.Length(0, "mean", 1)
	alpha, longest := option.Named(c, "alpha", option.Above(1, 100)), option.Named(c, "max", option.Length(1))
	if c.Err != nil {
		return
	}
	var err error
	if d.Distribution, err = requester.BoundedPareto(mean, alpha, longest); err != nil {
		c.Fail("a max above the mean")
	}
	d.beyond = paretoTail(mean, alpha, longest)
	d.parameters = option.Short(mean) + ",alpha=" + option.FormatDecimal(alpha) + ",max=" + option.Short(longest)
}
