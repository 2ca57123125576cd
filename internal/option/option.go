// Package option says what a user may set: the name of each setting, what it may be, what it is if it is not set, and what it
// means. A strategy and a kind of fault declare theirs beside the type that reads them; package command makes flags of
// the former and keys of the latter.
//
// Next: kind.go, how text becomes a value and back; then clause.go, for flags that have several values in one text.
package option

import (
	"maps"
	"time"
)

// A Parameter is one thing that a user may set.
type Parameter[T any] struct {
	kind     Kind[T]
	name     string
	fallback string // the default, as a user would write it; empty: there is none
	help     string
	is       T // the default
}

// New returns the parameter of that name. The default goes through the parser of the kind, as a user's text does, and has to
// pass it; an empty one is none, and the parameter is T's zero value unless it is set.
func New[T any](name string, k Kind[T], fallback, help string) *Parameter[T] {
	p := &Parameter[T]{kind: k, name: name, fallback: fallback, help: help}
	if fallback != "" {
		is, err := k.Parse(fallback)
		if err != nil {
			panic("option: the default of " + name + " is not allowed: " + err.Error())
		}
		p.is = is
	}
	return p
}

// Values are what has been set, by name. Each is of the type of the parameter of that name.
type Values map[string]any

// In returns what the parameter was set to, or its default.
func (p *Parameter[T]) In(set Values) T {
	if is, found := set[p.name]; found {
		return is.(T)
	}
	return p.is
}

// Any is a parameter of whatever type, as those see it who walk a list of them.
type Any interface {
	Name() string
	Default() string // as a user would write it; empty: there is none
	Help() string
	Want() string // what is allowed, as it stands after "want "
	Read(text string) (any, error)
	Of(set Values) any      // what it was set to, or its default
	Text(set Values) string // the same as text, in canonical form
}

// A List is some parameters, in the order in which they are shown.
type List []Any

func (p *Parameter[T]) Name() string    { return p.name }
func (p *Parameter[T]) Default() string { return p.fallback }
func (p *Parameter[T]) Help() string    { return p.help }
func (p *Parameter[T]) Want() string    { return p.kind.Want }

// Read parses a user's text; the error is a whole sentence: "want …".
func (p *Parameter[T]) Read(text string) (any, error) { return p.kind.Parse(text) }

func (p *Parameter[T]) Of(set Values) any { return p.In(set) }

func (p *Parameter[T]) Text(set Values) string { return p.kind.Show(p.In(set)) }

// Names returns the names of the parameters.
func (l List) Names() []string {
	var names []string
	for _, p := range l {
		names = append(names, p.Name())
	}
	return names
}

// Lengths are those that have been set.
func (v Values) Lengths() []time.Duration {
	var all []time.Duration
	for _, is := range v {
		if d, is := is.(time.Duration); is {
			all = append(all, d)
		}
	}
	return all
}

// Times returns the values with so many times as long lengths. Those of the list that were not set are set, to so many times their defaults.
func (v Values) Times(factor float64, l List) Values {
	times := maps.Clone(v)
	if times == nil {
		times = Values{}
	}
	for _, p := range l {
		if d, is := p.Of(v).(time.Duration); is {
			times[p.Name()] = time.Duration(float64(d) * factor)
		}
	}
	return times
}
