package command

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"
)

// A choice is one of the names that a flag takes, and what it means.
type choice[T comparable] struct {
	name string
	is   T
}

// oneOf reads one of a few names.
func oneOf[T comparable](choices ...choice[T]) kind[T] {
	names := make([]string, len(choices))
	for i, c := range choices {
		names[i] = c.name
	}
	k := kind[T]{want: list(names)}
	k.parse = func(s string) (T, error) {
		for _, c := range choices {
			if c.name == s {
				return c.is, nil
			}
		}
		var none T
		return none, fmt.Errorf("want %s%s", k.want, suggestion(s, names))
	}
	k.show = func(is T) string {
		for _, c := range choices {
			if c.is == is {
				return c.name
			}
		}
		return ""
	}
	return k
}

// word reads one of a few names that mean themselves.
func word(names ...string) kind[string] {
	choices := make([]choice[string], len(names))
	for i, n := range names {
		choices[i] = choice[string]{n, n}
	}
	return oneOf(choices...)
}

// truth reads true or false, and not the many other spellings that strconv knows.
func truth() kind[bool] {
	return oneOf(choice[bool]{"true", true}, choice[bool]{"false", false})
}

// text reads anything but nothing.
func text(want string) kind[string] {
	k := optionalText(want)
	k.parse = func(s string) (string, error) {
		if s == "" {
			return "", k.refuse()
		}
		return s, nil
	}
	return k
}

// optionalText reads anything; nothing means none.
func optionalText(want string) kind[string] {
	same := func(s string) string { return s }
	return kind[string]{want: want, show: same, parse: func(s string) (string, error) { return s, nil }}
}

// strategies reads a list of the names, each at most once, or the word all.
func strategies(names []string) kind[[]string] {
	k := kind[[]string]{
		want: "all, or some of the names that --strategies lists", // they are too many for a line
		show: func(chosen []string) string { return strings.Join(chosen, ",") },
	}
	k.parse = func(s string) ([]string, error) {
		if s == "all" {
			return names, nil
		}
		seen := map[string]bool{}
		chosen := strings.Split(s, ",")
		for _, name := range chosen {
			if !slices.Contains(names, name) {
				near := names
				if len(chosen) == 1 {
					near = append([]string{"all"}, names...)
				}
				return nil, errors.New("want " + k.want + suggestion(name, near))
			}
			if seen[name] {
				return nil, errors.New("want each strategy once, and " + name + " stands there twice")
			}
			seen[name] = true
		}
		return chosen, nil
	}
	return k
}

// list writes "a, b or c".
func list(names []string) string {
	last := len(names) - 1
	if last <= 0 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:last], ", ") + " or " + names[last]
}

// suggestion names the nearest of the names, if one is so near that a slip of the fingers explains the difference.
func suggestion(s string, names []string) string {
	best, distance := "", 2+len(s)/4
	for _, name := range names {
		if d := levenshtein.ComputeDistance(strings.ToLower(s), name); d < distance {
			best, distance = name, d
		}
	}
	if best == "" {
		return ""
	}
	return "; did you mean " + best + "?"
}
