package command

import (
	"errors"
	"strings"

	"waza/requester"
)

// backoffs reads how long to wait before a retry.
func backoffs() kind[requester.Backoff] {
	rules := oneOf(
		choice[requester.BackoffKind]{"none", requester.NoBackoff},
		choice[requester.BackoffKind]{"constant", requester.ConstantBackoff},
		choice[requester.BackoffKind]{"exponential", requester.ExponentialBackoff},
		choice[requester.BackoffKind]{"full-jitter", requester.FullJitter},
		choice[requester.BackoffKind]{"equal-jitter", requester.EqualJitter},
		choice[requester.BackoffKind]{"decorrelated", requester.DecorrelatedJitter},
	)
	k := kind[requester.Backoff]{
		want: "none, constant:BASE, or BASE,LONGEST after exponential:, full-jitter:, equal-jitter: or decorrelated:",
	}
	k.parse = func(s string) (requester.Backoff, error) {
		c := parseClause(s)
		rule, err := rules.parse(c.kind)
		if err != nil {
			name := strings.TrimPrefix(err.Error(), "want "+rules.want)
			return requester.Backoff{}, errors.New("want " + k.want + name)
		}
		return parseBackoff(c, rule)
	}
	k.show = func(b requester.Backoff) string {
		switch b.Kind {
		case requester.NoBackoff:
			return "none"
		case requester.ConstantBackoff:
			return "constant:" + short(b.Base)
		default:
			return rules.show(b.Kind) + ":" + short(b.Base) + "," + short(b.Cap)
		}
	}
	return k
}

// parseBackoff reads the base and, where the rule grows, the longest wait.
func parseBackoff(c *clause, rule requester.BackoffKind) (requester.Backoff, error) {
	b := requester.Backoff{Kind: rule}
	switch rule {
	case requester.NoBackoff:
		c.expect(0)
	case requester.ConstantBackoff:
		c.expect(1)
		b.Base = c.length(0, "base", 1)
		b.Cap = b.Base
	default:
		c.expect(2)
		b.Base, b.Cap = c.length(0, "base", 1), c.length(1, "longest wait", 1)
		if b.Cap < b.Base {
			c.fail("a longest wait that is not below the base")
		}
	}
	if c.err != nil && rule != requester.NoBackoff {
		form := map[bool]string{true: ":10ms", false: ":10ms,1s"}[rule == requester.ConstantBackoff]
		return b, errors.New(c.err.Error() + ", as in " + c.kind + form)
	}
	return b, c.err
}
