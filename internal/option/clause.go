package option

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// A Clause is KIND:VALUE,…,KEY=VALUE,…: the shape of a distribution, a backoff and a fault.
// Reading a part of it that is missing or wrong leaves an error, and the first one stays.
type Clause struct {
	Kind   string
	Values []string
	Err    error
	keys   map[string]string
}

// ParseClause takes the text apart. Nothing is said yet about what the parts mean.
func ParseClause(s string) *Clause {
	kind, rest, more := strings.Cut(s, ":")
	c := &Clause{Kind: kind, keys: map[string]string{}}
	if !more {
		return c
	}
	for part := range strings.SplitSeq(rest, ",") {
		key, value, named := strings.Cut(part, "=")
		switch {
		case part == "":
			c.Fail("nothing empty between commas")
		case !named:
			c.Values = append(c.Values, part)
		case c.keys[key] != "":
			c.Fail("%s once", Printable(key))
		case value == "":
			c.Fail("a value for %s", Printable(key))
		default:
			c.keys[key] = value
		}
	}
	return c
}

// Fail keeps the first error.
func (c *Clause) Fail(format string, a ...any) {
	if c.Err == nil {
		c.Err = errors.New("want " + fmt.Sprintf(format, a...))
	}
}

// ErrorAsIn is the error, if there is one, with an example of how it is written, unless it says already what was meant.
func (c *Clause) ErrorAsIn(example string) error {
	if c.Err == nil || strings.HasSuffix(c.Err.Error(), "?") {
		return c.Err
	}
	return errors.New(c.Err.Error() + ", as in " + example)
}

// Expect refuses another number of values than is wanted, and keys that are not known.
func (c *Clause) Expect(values int, keys ...string) {
	if len(c.Values) != values {
		c.Fail("%s", [...]string{"no value without a name", "one value", "two values"}[values])
	}
	for _, key := range slices.Sorted(maps.Keys(c.keys)) {
		if len(keys) == 0 {
			c.Fail("no %s", Printable(key))
		} else if !slices.Contains(keys, key) {
			c.Fail("%s and not %s%s", Either(keys), Printable(key), Suggestion(key, keys))
		}
	}
}

// Has tells whether the key was given.
func (c *Clause) Has(key string) bool { return c.keys[key] != "" }

// Length reads a value that is a length of time; what is its name in errors.
func (c *Clause) Length(i int, what string, low time.Duration) time.Duration {
	if i >= len(c.Values) {
		return 0 // Expect has said it
	}
	return read(c, what, c.Values[i], Length(low).Parse)
}

// ValueAt reads a value that has no name, unless the clause is wrong already; what is its name in errors.
func ValueAt[T any](c *Clause, i int, what string, k Kind[T]) T {
	if c.Err != nil {
		var none T
		return none
	}
	return read(c, what, c.Values[i], k.Parse)
}

// Named reads the value of a key that must be there.
func Named[T any](c *Clause, key string, k Kind[T]) T {
	if !c.Has(key) {
		c.Fail("%s=VALUE, %s", key, k.Want)
		var none T
		return none
	}
	return read(c, key, c.keys[key], k.Parse)
}

// Read adds the value of the parameter's key, if that was given.
func (c *Clause) Read(p Any, to Values) {
	if c.Has(p.Name()) {
		to[p.Name()] = read(c, p.Name(), c.keys[p.Name()], p.Read)
	}
}

// ReadAt adds the value of a parameter that stands there without its name, unless the clause is wrong already.
func (c *Clause) ReadAt(i int, p Any, to Values) {
	if c.Err == nil {
		to[p.Name()] = read(c, p.Name(), c.Values[i], p.Read)
	}
}

// Need is Read, and refuses a clause without the key, unless the parameter has a default.
func (c *Clause) Need(p Any, to Values) {
	if !c.Has(p.Name()) && p.Default() == "" {
		c.Fail("%s=VALUE, %s", p.Name(), p.Want())
	}
	c.Read(p, to)
}

// read parses one part. Its error says which part was meant.
func read[T any](c *Clause, what, s string, parse func(string) (T, error)) T {
	is, err := parse(s)
	if err != nil {
		c.Fail("as %s %s", what, strings.TrimPrefix(err.Error(), "want "))
	}
	return is
}
