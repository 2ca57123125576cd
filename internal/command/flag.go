package command

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/pflag"

	"waza/internal/option"
	"waza/report/document"
)

// A flag is one flag: how its text is read, where its value goes, and in which runs it is of use. It implements pflag.Value.
type flag struct {
	*pflag.Flag
	want    string // what is allowed, as it stands after "want "
	set     func(text string) error
	text    func() string // its value in canonical form; "none" is told in JSON as null
	value   func() any
	several func() []string // the values, in canonical form, of one that each time it is given adds one, or none alone leaves out those of a scenario; nil: it is given once
	typed   []string        // what stands on the command line
	rules   []rule
	useless bool // in this run
	plans   bool // it says which runs there are to be, and nothing of what one of them is
}

// A rule tells whether the flag is of no use in a run like this one, and what would have to be different. If the flag was given
// although it is of no use, that is an error; if it was not, it is null in the report. A rule whose flag is of use may
// have an error all the same.
type rule func() (useless bool, err error)

// A section is the flags of one subject, in the order in which help and the report show them.
type section struct {
	title  string
	shapes bool // whether its flags shape the run, so that they belong into the report
	flags  []*flag
}

// add adds the flag. Its default, unless it is empty, goes through the same parser as the user's text, and must pass it.
func (s *section) add(v *flag, name, fallback, usage string) *flag {
	if fallback != "" {
		if err := v.set(fallback); err != nil {
			panic("command: the default of --" + name + " is not allowed: " + err.Error())
		}
	}
	v.Flag = &pflag.Flag{Name: name, Usage: usage, Value: v, DefValue: fallback}
	s.flags = append(s.flags, v)
	return v
}

// bind adds a flag whose value goes there; without a default, that stays as it is.
func bind[T any](s *section, to *T, k option.Kind[T], name, fallback, usage string) *flag {
	return s.add(&flag{
		want: k.Want,
		set: func(text string) error {
			is, err := k.Parse(text)
			if err == nil {
				*to = is
			}
			return err
		},
		text:  func() string { return k.Show(*to) },
		value: func() any { return *to },
	}, name, fallback, usage)
}

// bindSwitch adds a flag that may stand alone, and then means true.
func bindSwitch(s *section, to *bool, name, fallback, usage string) *flag {
	v := bind(s, to, option.Truth(), name, fallback, usage)
	v.NoOptDefVal = "true"
	return v
}

// bindParameter adds the flag of a parameter, whose value goes into the set.
func bindParameter(s *section, p option.Any, to option.Values) *flag {
	return s.add(&flag{
		want: p.Want(),
		set: func(text string) error {
			is, err := p.Read(text)
			if err == nil {
				to[p.Name()] = is
			}
			return err
		},
		text:  func() string { return p.Text(to) },
		value: func() any { return p.Of(to) },
	}, p.Name(), p.Default(), p.Help())
}

// bindAnswer adds a switch that ends the parsing with an Answer.
func bindAnswer(s *section, name, usage string, answer func() string) *flag {
	v := bindSwitch(s, new(bool), name, "false", usage)
	v.set = func(text string) error {
		asked, err := option.Truth().Parse(text)
		if asked {
			err = Answer(answer())
		}
		return err
	}
	return v
}

// idle adds the rule that the flag is of no use when that holds; what is wanted may be empty if nobody can have given it.
func (v *flag) idle(when func() bool, want string) *flag {
	return v.rule(func() (bool, error) {
		if !when() {
			return false, nil
		}
		if want == "" {
			return true, nil
		}
		return true, errors.New("want " + want)
	})
}

// planning says that the flag says which runs there are to be, and nothing of what one of them is.
func (v *flag) planning() *flag {
	v.plans = true
	return v
}

// check adds the rule that there must be no such error; it is of use.
func (v *flag) check(err func() error) *flag {
	return v.rule(func() (bool, error) { return false, err() })
}

func (v *flag) rule(r rule) *flag {
	v.rules = append(v.rules, r)
	return v
}

// apply applies the rules in their order.
func (v *flag) apply() error {
	for _, r := range v.rules {
		useless, err := r()
		if err != nil && (v.given() || !useless) {
			return wrong(v.Name, v.asTyped(), err.Error())
		}
		v.useless = v.useless || useless
	}
	return nil
}

func (v *flag) given() bool { return v.typed != nil }

// asTyped is what stands on the command line, or the default.
func (v *flag) asTyped() string {
	if v.given() {
		return strings.Join(v.typed, " ")
	}
	return v.String()
}

// setting is the value as JSON tells it: numbers and truths as they are, none as nil, all else as text.
func (v *flag) setting() document.Setting {
	s, text := document.Setting{Name: v.Name}, v.String()
	if v.useless || text == "none" {
		return s
	}
	s.Text = option.Escaped(text)
	s.Value = s.Text
	if v.several != nil {
		s.Several = v.several()
	}
	switch is := v.value().(type) {
	case int, uint64, float64:
		s.Value = is
	case bool:
		if v.NoOptDefVal != "" {
			s.Value = is
		}
	}
	return s
}

// Set, String and Type are what pflag calls.

func (v *flag) Set(text string) error {
	const none = "none"
	there := fmt.Sprintf("--%s=%s stands there already", v.Name, option.Printable(v.asTyped()))
	switch {
	case v.given() && v.several == nil:
		return errors.New("want it once, and " + there)
	case v.given() && (text == none || v.typed[0] == none):
		return errors.New("want none to stand alone, and " + there)
	case v.several != nil && text == none:
	default:
		if err := v.set(text); err != nil {
			return err
		}
	}
	v.typed = append(v.typed, text)
	return nil
}

func (v *flag) String() string {
	switch {
	case v.several != nil:
		return strings.Join(v.several(), " ")
	case v.text == nil: // the zero value
		return ""
	}
	return v.text()
}

func (v *flag) Type() string { return "" }
