package option

import (
	"fmt"
	"io/fs"
	"os"
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

// Legible is the text with each character that is not fit to be read as an escape, and so is each byte that is no text.
func Legible(s string, fit func(rune) bool) string {
	var b strings.Builder
	for s != "" {
		r, size := utf8.DecodeRuneInString(s)
		switch {
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(&b, `\x%02x`, s[0])
		case fit(r):
			b.WriteRune(r)
		default:
			quoted := strconv.QuoteRuneToASCII(r)
			b.WriteString(quoted[1 : len(quoted)-1])
		}
		s = s[size:]
	}
	return b.String()
}

// Reason leaves out of an error which file it is about: the flag before it names it, or the file is one that nobody has named.
func Reason(err error) error {
	switch of := err.(type) { // not of what it wraps: what was said around that is worth reading
	case *fs.PathError:
		return of.Err
	case *os.LinkError:
		return of.Err
	default:
		return err
	}
}

// Grouped writes a whole number with a comma between groups of three digits.
func Grouped(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
