package command

import (
	"regexp"
	"strings"

	"github.com/spf13/pflag"
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

// plain are the characters that no shell touches.
var plain = regexp.MustCompile(`^[A-Za-z0-9_@%+=:,./-]+$`)

// line is the command line as one could type it again.
func line(args []string) string {
	words := []string{"waza"}
	for _, arg := range args {
		if !plain.MatchString(arg) {
			arg = "'" + strings.ReplaceAll(arg, "'", `'\''`) + "'"
		}
		words = append(words, arg)
	}
	return strings.Join(words, " ")
}
