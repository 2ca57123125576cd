package command

import (
	"errors"
	"strings"

	"waza/internal/option"
	"waza/requester"
)

// backoffs reads how long to wait before a retry.
func backoffs() option.Kind[requester.Backoff] {
	rules := option.OneOf(
		option.Choice[requester.BackoffKind]{Name: "none", Is: requester.NoBackoff},
		option.Choice[requester.BackoffKind]{Name: "constant", Is: requester.ConstantBackoff},
		option.Choice[requester.BackoffKind]{Name: "exponential", Is: requester.ExponentialBackoff},
		option.Choice[requester.BackoffKind]{Name: "full-jitter", Is: requester.FullJitter},
		option.Choice[requester.BackoffKind]{Name: "equal-jitter", Is: requester.EqualJitter},
		option.Choice[requester.BackoffKind]{Name: "decorrelated", Is: requester.DecorrelatedJitter},
	)
	k := option.Kind[requester.Backoff]{
		Want: "none, constant:BASE, or BASE,LONGEST after exponential:, full-jitter:, equal-jitter: or decorrelated:",
	}
	k.Parse = func(s string) (requester.Backoff, error) {
		c := option.ParseClause(s)
		rule, err := rules.Parse(c.Kind)
		if err != nil {
			name := strings.TrimPrefix(err.Error(), "want "+rules.Want)
			return requester.Backoff{}, errors.New("want " + k.Want + name)
		}
		return parseBackoff(c, rule)
	}
	k.Show = func(b requester.Backoff) string {
		switch b.Kind {
		case requester.NoBackoff:
			return "none"
		case requester.ConstantBackoff:
			return "constant:" + option.Short(b.Base)
		default:
			return rules.Show(b.Kind) + ":" + option.Short(b.Base) + "," + option.Short(b.Cap)
		}
	}
	return k
}

// parseBackoff reads the base and, where the rule grows, the longest wait.
func parseBackoff(c *option.Clause, rule requester.BackoffKind) (requester.Backoff, error) {
	b := requester.Backoff{Kind: rule}
	switch rule {
	case requester.NoBackoff:
		c.Expect(0)
	case requester.ConstantBackoff:
		c.Expect(1)
		b.Base = c.Length(0, "base", 1)
		b.Cap = b.Base
	default:
		c.Expect(2)
		b.Base, b.Cap = c.Length(0, "base", 1), c.Length(1, "longest wait", 1)
		if b.Cap < b.Base {
			c.Fail("a longest wait that is not below the base")
		}
	}
	if c.Err != nil && rule != requester.NoBackoff {
		form := map[bool]string{true: ":10ms", false: ":10ms,1s"}[rule == requester.ConstantBackoff]
		return b, errors.New(c.Err.Error() + ", as in " + c.Kind + form)
	}
	return b, c.Err
}
