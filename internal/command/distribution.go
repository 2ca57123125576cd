package command

import (
	"errors"
	"strings"
	"time"

	"waza/requester"
)

// A distribution is one that was read from a flag, with its text in canonical form.
type distribution struct {
	requester.Distribution
	kind       string
	parameters string
}

func (d distribution) String() string { return d.kind + ":" + d.parameters }

// title tells of what there is how much: "exponential work of 10 ms".
func (d distribution) title(what string) string {
	return d.kind + " " + what + " of " + spaced(d.Mean())
}

// distributions reads a distribution of lengths of at least low; a bare length is a constant.
func distributions(low time.Duration) kind[distribution] {
	forms := []string{
		"10ms", "constant:10ms", "exponential:10ms", "uniform:5ms,15ms", "lognormal:10ms,cv=2",
		"pareto:10ms,alpha=1.5,max=10s", "bimodal:9ms,110ms,p=0.01",
	}
	k := kind[distribution]{want: "a distribution such as " + list(forms), show: distribution.String}
	k.parse = func(s string) (distribution, error) {
		if !strings.Contains(s, ":") {
			if d, err := length(low).parse(s); err == nil {
				return distribution{requester.Constant(d), "constant", short(d)}, nil
			}
		}
		c := parseClause(s)
		var kinds []string
		for _, form := range forms[1:] {
			kind, _, _ := strings.Cut(form, ":")
			if kind == c.kind {
				d, err := parseDistribution(c, low)
				if err != nil {
					return distribution{}, errors.New(err.Error() + ", as in " + form)
				}
				return d, nil
			}
			kinds = append(kinds, kind)
		}
		return distribution{}, errors.New("want " + k.want + suggestion(c.kind, kinds))
	}
	return k
}

// parseDistribution reads the parameters that belong to the kind.
func parseDistribution(c *clause, low time.Duration) (distribution, error) {
	d := distribution{kind: c.kind}
	switch c.kind {
	case "constant":
		c.expect(1)
		mean := c.length(0, "length", low)
		d.Distribution, d.parameters = requester.Constant(mean), short(mean)
	case "exponential":
		c.expect(1)
		mean := c.length(0, "mean", 1)
		d.Distribution, d.parameters = requester.Exponential(mean), short(mean)
	case "uniform":
		c.expect(2)
		from, to := c.length(0, "lower end", low), c.length(1, "upper end", 1)
		if from >= to {
			c.fail("an upper end above the lower one")
		}
		d.Distribution, d.parameters = requester.Uniform(from, to), short(from)+","+short(to)
	case "lognormal":
		c.expect(1, "cv")
		mean, cv := c.length(0, "mean", 1), named(c, "cv", above(0, maxCV))
		d.Distribution, d.parameters = requester.Lognormal(mean, cv), short(mean)+",cv="+formatDecimal(cv)
	case "pareto":
		parsePareto(c, &d)
	case "bimodal":
		c.expect(2, "p")
		a, b, p := c.length(0, "first length", low), c.length(1, "second length", low), named(c, "p", openShare())
		d.Distribution, d.parameters = requester.Bimodal(a, b, p), short(a)+","+short(b)+",p="+formatDecimal(p)
	}
	return d, c.err
}

// parsePareto reads the one distribution that may not exist.
func parsePareto(c *clause, d *distribution) {
	c.expect(1, "alpha", "max")
	mean := c.length(0, "mean", 1)
	alpha, longest := named(c, "alpha", above(1, maxAlpha)), named(c, "max", length(1))
	if c.err != nil {
		return
	}
	var err error
	if d.Distribution, err = requester.BoundedPareto(mean, alpha, longest); err != nil {
		c.fail("a max above the mean")
	}
	d.parameters = short(mean) + ",alpha=" + formatDecimal(alpha) + ",max=" + short(longest)
}

// openShare reads a probability that leaves something to both sides.
func openShare() kind[float64] {
	return numberIn("a number above 0 and below 1", func(x float64) bool { return 0 < x && x < 1 })
}
