package command

import (
	"errors"
	"slices"
	"strings"

	"waza/internal/option"
)

// strategies reads a list of the names, each at most once, or the word all.
func strategies(names []string) option.Kind[[]string] {
	k := option.Kind[[]string]{
		Want: "all, or some of the names that --strategies lists", // they are too many for a line
		Show: func(chosen []string) string { return strings.Join(chosen, ",") },
	}
	k.Parse = func(s string) ([]string, error) {
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
				return nil, errors.New("want " + k.Want + option.Suggestion(name, near))
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
