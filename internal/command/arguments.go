package command

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/spf13/pflag"

	"waza/internal/option"
)

// oneDash is a long flag as Go's own flag package takes it. pflag would read a cluster of one-letter flags.
var oneDash = regexp.MustCompile(`^-[a-z][a-z0-9-]+(=|$)`)

// normalize gives long flags their second dash. The value of the flag before it is left alone, even if it
// looks like a flag, and so is all that follows "--".
func normalize(args []string, known *pflag.FlagSet) []string {
	normal := make([]string, len(args))
	for i, isValue := 0, false; i < len(args); i++ {
		arg := args[i]
		if arg == "--" && !isValue {
			copy(normal[i:], args[i:])
			break
		}
		if !isValue && oneDash.MatchString(arg) {
			arg = "-" + arg
		}
		normal[i] = arg
		isValue = !isValue && takesNext(arg, known)
	}
	return normal
}

// takesNext tells whether the value of the flag is the next argument.
func takesNext(arg string, known *pflag.FlagSet) bool {
	name, long := strings.CutPrefix(arg, "--")
	flag := known.Lookup(name) // a name with a value in it is not known
	return long && flag != nil && flag.NoOptDefVal == ""
}

// without are the arguments without the flags of those names, and their values.
func without(args []string, known *pflag.FlagSet, drop func(name string) bool) []string {
	rest := []string{}
	normal := normalize(args, known)
	for i := 0; i < len(args); {
		to := i + 1
		if takesNext(normal[i], known) && to < len(args) {
			to++
		}
		name, long := strings.CutPrefix(normal[i], "--")
		name, _, _ = strings.Cut(name, "=")
		if !long || known.Lookup(name) == nil || !drop(name) {
			rest = append(rest, args[i:to]...)
		}
		i = to
	}
	return rest
}

// plain are the characters that no shell touches.
var plain = regexp.MustCompile(`^[A-Za-z0-9_@%+=:,./-]+$`)

// typeable are the words of the command line as one could type it again.
func typeable(args []string) []string {
	words := []string{"waza"}
	for _, arg := range args {
		words = append(words, quoted(arg))
	}
	return words
}

// quoted is one word for the shell. What cannot be seen stands in it as $'…' has it, so that a name tells the terminal nothing.
func quoted(word string) string {
	switch {
	case plain.MatchString(word):
		return word
	case option.IsPlain(word):
		return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
	}
	var text strings.Builder
	for i, r := range word {
		switch {
		case r == utf8.RuneError || !strconv.IsGraphic(r):
			for _, b := range []byte(word[i : i+size(word[i:])]) {
				fmt.Fprintf(&text, `\x%02x`, b)
			}
		case r == '\'' || r == '\\':
			text.WriteString(`\` + string(r))
		default:
			text.WriteRune(r)
		}
	}
	return "$'" + text.String() + "'"
}

// size is how many bytes the first rune has; one that is none has 1.
func size(s string) int {
	_, n := utf8.DecodeRuneInString(s)
	return n
}
