package option

import (
	"errors"
	"fmt"
	"strings"
)

// A Kind says how the text of a setting becomes a T, and back.
type Kind[T any] struct {
	Want  string                  // what is allowed, as it stands after "want "
	Parse func(string) (T, error) // its errors are whole sentences: "want …"
	Show  func(T) string          // the canonical text; "none" is told in JSON as null
}

// Refuse is the error of a text that is not of this kind.
func (k Kind[T]) Refuse() error { return errors.New("want " + k.Want) }

// OrNone is the kind, or the word none, which stands for the given value.
func OrNone[T comparable](some Kind[T], none T) Kind[T] {
	k := Kind[T]{Want: some.Want + ", or none"}
	k.Parse = func(s string) (T, error) {
		if s == "none" {
			return none, nil
		}
		is, err := some.Parse(s)
		if err != nil {
			err = k.Refuse()
		}
		return is, err
	}
	k.Show = func(is T) string {
		if is == none {
			return "none"
		}
		return some.Show(is)
	}
	return k
}

// Items reads a list of what item reads, with the separator between them.
func Items[T any](item Kind[T], separator string) Kind[[]T] {
	return Kind[[]T]{
		Want: item.Want,
		Parse: func(s string) (all []T, err error) {
			for text := range strings.SplitSeq(s, separator) {
				is, err := item.Parse(text)
				if err != nil {
					return nil, err
				}
				all = append(all, is)
			}
			return all, nil
		},
		Show: func(all []T) string {
			texts := make([]string, len(all))
			for i, is := range all {
				texts[i] = item.Show(is)
			}
			return strings.Join(texts, separator)
		},
	}
}

// A Choice is one of the names that a setting takes, and what it means.
type Choice[T comparable] struct {
	Name string
	Is   T
}

// OneOf reads one of a few names.
func OneOf[T comparable](choices ...Choice[T]) Kind[T] {
	names := make([]string, len(choices))
	for i, c := range choices {
		names[i] = c.Name
	}
	k := Kind[T]{Want: Either(names)}
	k.Parse = func(s string) (T, error) {
		for _, c := range choices {
			if c.Name == s {
				return c.Is, nil
			}
		}
		var none T
		return none, fmt.Errorf("want %s%s", k.Want, Suggestion(s, names))
	}
	k.Show = func(is T) string {
		for _, c := range choices {
			if c.Is == is {
				return c.Name
			}
		}
		return ""
	}
	return k
}

// Word reads one of a few names that mean themselves.
func Word(names ...string) Kind[string] {
	choices := make([]Choice[string], len(names))
	for i, n := range names {
		choices[i] = Choice[string]{n, n}
	}
	return OneOf(choices...)
}

// Truth reads true or false, and not the many other spellings that strconv knows.
func Truth() Kind[bool] {
	return OneOf(Choice[bool]{"true", true}, Choice[bool]{"false", false})
}

// Text reads anything but nothing.
func Text(want string) Kind[string] {
	k := OptionalText(want)
	k.Parse = func(s string) (string, error) {
		if s == "" {
			return "", k.Refuse()
		}
		return s, nil
	}
	return k
}

// OptionalText reads anything; nothing means none.
func OptionalText(want string) Kind[string] {
	same := func(s string) string { return s }
	return Kind[string]{Want: want, Show: same, Parse: func(s string) (string, error) { return s, nil }}
}

// Path reads what names a file. OptionalPath also reads nothing. A flag is none: who writes --plots --quiet has forgotten the
// directory. Whoever has a file of such a name puts ./ before it.
func Path(want string) Kind[string] { return path(Text(want)) }

// OptionalPath reads what names a file, or nothing, or none, which both mean that there is none. A file of that name is ./none.
func OptionalPath(want string) Kind[string] {
	text := OptionalText(want)
	k := path(text)
	k.Parse = func(s string) (string, error) {
		if s == "none" {
			return "", nil
		}
		return path(text).Parse(s)
	}
	return k
}

func path(text Kind[string]) Kind[string] {
	k := text
	k.Parse = func(s string) (string, error) {
		if len(s) > 1 && s[0] == '-' {
			return "", errors.New("want " + k.Want + ", and what begins with a dash is a flag; one of that name is ./" + Printable(s))
		}
		return text.Parse(s)
	}
	return k
}
