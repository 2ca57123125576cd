package command

import (
	"github.com/spf13/pflag"
	"waza/internal/option"
	"waza/report/document"
)

// A value is the value of one flag. It implements pflag.Value.
type value[T any] struct {
	option.Kind[T]
	is    T
	given bool   // on the command line
	typed string // what stands there
}

func (v *value[T]) Set(text string) error {
	is, err := v.Parse(text)
	if err != nil {
		return err
	}
	v.is, v.given, v.typed = is, true, text
	return nil
}

func (v *value[T]) String() string {
	if v.Show == nil { // the zero value, which pflag asks for its text
		return ""
	}
	return v.Show(v.is)
}

func (v *value[T]) Type() string { return "" }

func (v *value[T]) wants() string { return v.Want }

func (v *value[T]) wasGiven() bool { return v.given }

func (v *value[T]) asTyped() string {
	if v.given {
		return v.typed
	}
	return v.String()
}

func (v *value[T]) setting() any { return setting(v.is, v.String()) }

// setting is a value as JSON tells it: numbers and truths as they are, none as nil, all else as text.
func setting(is any, text string) any {
	switch is := is.(type) {
	case bool, uint64, float64:
		return is
	case int:
		if text != "none" {
			return is
		}
	}
	if text == "none" {
		return nil
	}
	return text
}

// A flagValue is what every value of ours can do beside being set.
type flagValue interface {
	pflag.Value
	wants() string
	wasGiven() bool
	asTyped() string // or the default
	setting() any
}

// A group is the flags of one subject, in the order in which help shows them.
type group struct {
	title  string
	shapes bool // whether its flags shape the run, so that they belong into the report
	set    *pflag.FlagSet
}

// declare adds a flag to its group. The default goes through the same parser as the user's text, and must pass it;
// without one, the flag is its zero value.
func declare[T any](g *group, v *value[T], k option.Kind[T], name, fallback, usage string) *pflag.Flag {
	v.Kind = k
	if fallback != "" {
		is, err := k.Parse(fallback)
		if err != nil {
			panic("command: the default of --" + name + " is not allowed: " + err.Error())
		}
		v.is = is
	}
	flag := g.set.VarPF(v, name, "", usage)
	flag.DefValue = fallback
	return flag
}

// declareSwitch adds a flag that may stand alone, and then means true.
func declareSwitch(g *group, v *value[bool], name, fallback, usage string) {
	declare(g, v, option.Truth(), name, fallback, usage).NoOptDefVal = "true"
}

// settings tells every flag that shapes the run, in order of declaration; a flag that the run does not use is nil.
func settings(groups []*group, idle map[string]bool) []document.Setting {
	var all []document.Setting
	for _, g := range groups {
		if !g.shapes {
			continue
		}
		g.set.VisitAll(func(f *pflag.Flag) {
			s := document.Setting{Name: f.Name}
			if !idle[f.Name] {
				s.Value = f.Value.(flagValue).setting()
			}
			all = append(all, s)
		})
	}
	return all
}
