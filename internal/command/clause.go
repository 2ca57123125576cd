package command

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// A clause is KIND:VALUE,…,KEY=VALUE,…: the shape of a distribution, a backoff and a fault.
// Reading a part of it that is missing or wrong leaves an error, and the first one stays.
type clause struct {
	kind   string
	values []string
	keys   map[string]string
	err    error
}

// parseClause takes the text apart. Nothing is said yet about what the parts mean.
func parseClause(s string) *clause {
	kind, rest, more := strings.Cut(s, ":")
	c := &clause{kind: kind, keys: map[string]string{}}
	if !more {
		return c
	}
	for part := range strings.SplitSeq(rest, ",") {
		key, value, named := strings.Cut(part, "=")
		switch {
		case part == "":
			c.fail("nothing empty between commas")
		case !named:
			c.values = append(c.values, part)
		case c.keys[key] != "":
			c.fail("%s once", printable(key))
		case value == "":
			c.fail("a value for %s", printable(key))
		default:
			c.keys[key] = value
		}
	}
	return c
}

// fail keeps the first error.
func (c *clause) fail(format string, a ...any) {
	if c.err == nil {
		c.err = errors.New("want " + fmt.Sprintf(format, a...))
	}
}

// expect refuses another number of values than is wanted, and keys that are not known.
func (c *clause) expect(values int, keys ...string) {
	if len(c.values) != values {
		c.fail("%s", [...]string{"no value without a name", "one value", "two values"}[values])
	}
	for _, key := range slices.Sorted(maps.Keys(c.keys)) {
		if len(keys) == 0 {
			c.fail("no %s", printable(key))
		} else if !slices.Contains(keys, key) {
			c.fail("%s and not %s", list(keys), printable(key))
		}
	}
}

// has tells whether the key was given.
func (c *clause) has(key string) bool { return c.keys[key] != "" }

// length reads a value that is a duration; what is its name in errors.
func (c *clause) length(i int, what string, low time.Duration) time.Duration {
	if i >= len(c.values) {
		return 0 // expect has said it
	}
	return read(c, what, c.values[i], length(low))
}

// valueAt reads a value that has no name, unless the clause is wrong already; what is its name in errors.
func valueAt[T any](c *clause, i int, what string, k kind[T]) T {
	if c.err != nil {
		var none T
		return none
	}
	return read(c, what, c.values[i], k)
}

// named reads the value of a key that must be there.
func named[T any](c *clause, key string, k kind[T]) T {
	if !c.has(key) {
		c.fail("%s=VALUE, %s", key, k.want)
	}
	return optional(c, key, k)
}

// optional reads the value of a key, or is the zero value where there is none.
func optional[T any](c *clause, key string, k kind[T]) T {
	if !c.has(key) {
		var none T
		return none
	}
	return read(c, key, c.keys[key], k)
}

// read parses one part. Its error says which part was meant.
func read[T any](c *clause, what, s string, k kind[T]) T {
	is, err := k.parse(s)
	if err != nil {
		c.fail("as %s %s", what, strings.TrimPrefix(err.Error(), "want "))
	}
	return is
}
