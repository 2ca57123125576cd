package command

import (
	"errors"
	"strings"

	"waza/internal/option"
	"waza/requester"
)

// backoffKinds reads the rule by which a backoff grows.
func backoffKinds() option.Kind[requester.BackoffKind] {
	return option.OneOf(
		option.Choice[requester.BackoffKind]{Name: "none", Is: requester.NoBackoff},
		option.Choice[requester.BackoffKind]{Name: "constant", Is: requester.ConstantBackoff},
		option.Choice[requester.BackoffKind]{Name: "exponential", Is: requester.ExponentialBackoff},
		option.Choice[requester.BackoffKind]{Name: "full-jitter", Is: requester.FullJitter},
		option.Choice[requester.BackoffKind]{Name: "equal-jitter", Is: requester.EqualJitter},
		option.Choice[requester.BackoffKind]{Name: "decorrelated", Is: requester.DecorrelatedJitter},
	)
}

const wantBackoff = "none, constant:BASE, or BASE,LONGEST after exponential:, full-jitter:, equal-jitter: or decorrelated:"

// backoffs reads how long to wait before a retry.
func backoffs() option.Kind[requester.Backoff] {
	return option.Kind[requester.Backoff]{Want: wantBackoff, Parse: parseBackoff, Show: showBackoff}
}

func parseBackoff(s string) (requester.Backoff, error) {
	c, rules := option.ParseClause(s), backoffKinds()
	rule, err := rules.Parse(c.Kind)
	if err != nil {
		name := strings.TrimPrefix(err.Error(), "want "+rules.Want)
		return requester.Backoff{}, errors.New("want " + wantBackoff + name)
	}
	b := requester.Backoff{Kind: rule}
	switch rule {
	case requester.NoBackoff:
		c.Expect(0)
		return b, c.Err
	case requester.ConstantBackoff:
		c.Expect(1)
		b.Base = c.Length(0, "base", 1)
		b.Cap = b.Base
		return b, c.ErrorAsIn(c.Kind + ":10ms")
	}
	c.Expect(2)
	b.Base, b.Cap = c.Length(0, "base", 1), c.Length(1, "longest wait", 1)
	if b.Cap < b.Base {
		c.Fail("a longest wait that is not below the base")
	}
	return b, c.ErrorAsIn(c.Kind + ":10ms,1s")
}

func showBackoff(b requester.Backoff) string {
	switch b.Kind {
	case requester.NoBackoff:
		return "none"
	case requester.ConstantBackoff:
		return "constant:" + option.Short(b.Base)
	default:
		return backoffKinds().Show(b.Kind) + ":" + option.Short(b.Base) + "," + option.Short(b.Cap)
	}
}
