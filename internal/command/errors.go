package command

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/pflag"

	"waza/internal/option"
)

// An Answer is the text that --help or --version asks for. It is an error because it ends the parsing,
// wherever it stands; main prints it to stdout and exits with 0.
type Answer string

func (a Answer) Error() string { return string(a) }

// wrong is the one form of an error: the flag, its value, and what is wanted instead.
func wrong(flag, value, want string) error {
	return errors.New("--" + flag + "=" + option.Printable(value) + ": " + want)
}

// wrong is the error of a flag that has passed its own parser, but does not go with the others.
func (f *flags) wrong(flag, want string) error {
	return wrong(flag, f.flag(flag).asTyped(), want)
}

// translate puts the errors of pflag into ours.
func (f *flags) translate(err error) error {
	var (
		answer   Answer
		invalid  *pflag.InvalidValueError
		missing  *pflag.ValueRequiredError
		unknown  *pflag.NotExistError
		spelling *pflag.InvalidSyntaxError
	)
	switch {
	case err == nil:
		return nil
	case errors.As(err, &answer):
		return answer
	case errors.As(err, &invalid):
		return wrong(invalid.GetFlag().Name, invalid.GetValue(), invalid.Unwrap().Error())
	case errors.As(err, &missing):
		return fmt.Errorf("--%s: want %s", missing.GetSpecifiedName(), missing.GetFlag().Value.(*flag).want)
	case errors.As(err, &unknown):
		return f.noSuchFlag(unknown)
	case errors.As(err, &spelling):
		return fmt.Errorf("%s: want --flag=value", option.Printable(spelling.GetSpecifiedFlag()))
	default:
		return errors.New(option.Printable(err.Error()))
	}
}

// noSuchFlag names the nearest flag. pflag reads what follows a single dash as a cluster of letters;
// the user meant a name.
func (f *flags) noSuchFlag(err *pflag.NotExistError) error {
	name, dashes := err.GetSpecifiedName(), "--"
	if cluster := err.GetSpecifiedShortnames(); cluster != "" {
		name, dashes = cluster, "-"
	}
	name, _, _ = strings.Cut(name, "=")
	var names []string
	f.all.VisitAll(func(flag *pflag.Flag) { names = append(names, flag.Name) })
	near := strings.Replace(option.Suggestion(name, names), "mean ", "mean --", 1)
	return fmt.Errorf("%s%s: want a flag that --help lists%s", dashes, option.Printable(name), near)
}

// checkArguments refuses what stands beside the flags; most often it is the value of a switch.
func checkArguments(rest []string) error {
	if len(rest) == 0 {
		return nil
	}
	if rest[0] == "true" || rest[0] == "false" {
		return fmt.Errorf("%s: want flags only; a switch takes its value as in --quiet=%s", rest[0], rest[0])
	}
	return fmt.Errorf("%s: want flags only, such as --strategy=random", option.Printable(rest[0]))
}
