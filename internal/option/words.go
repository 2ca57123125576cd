package option

import (
	"errors"
	"io/fs"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/agnivade/levenshtein"
)

// Either writes "a, b or c".
func Either(names []string) string {
	last := len(names) - 1
	if last <= 0 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:last], ", ") + " or " + names[last]
}

// Suggestion names the nearest of the names, if one is so near that a slip of the fingers explains the difference.
func Suggestion(s string, names []string) string {
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

// longestShown is how much of a value an error repeats.
const longestShown = 100

// Printable is Escaped for errors: they repeat as much of a value as leaves the rest of the line readable.
func Printable(s string) string {
	if runes := []rune(s); len(runes) > longestShown {
		s = string(runes[:longestShown]) + "…"
	}
	return Escaped(s)
}

// Escaped makes sure that whatever the user typed, or called a file, stays on its line and tells the terminal nothing.
func Escaped(s string) string {
	if !IsPlain(s) {
		return strconv.QuoteToGraphic(s)
	}
	return s
}

// IsPlain tells whether all of the text can be seen.
func IsPlain(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsFunc(s, func(r rune) bool { return !strconv.IsGraphic(r) })
}

// Reason leaves the path out of an error about a file: the flag before it names it already.
func Reason(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}

// Grouped writes a whole number with a comma between groups of three digits.
func Grouped(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
