package command

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"waza/internal/option"
	"waza/internal/scenario"
	"waza/internal/tracefile"
)

func (f *flags) declareScenario(s *section) {
	bind(s, &f.Scenario, scenarios(), "scenario", "none",
		"the name of a set of flags; flags given beside it win, and faults take the place of all of its own; --fault=none, too")
	bindAnswer(s, "scenarios", "list the scenarios, and what each plays", listScenarios)
}

// scenarios reads the name of one, or none.
func scenarios() option.Kind[*scenario.Scenario] {
	const want = "none, or a name that --scenarios lists" // they are too many for a line
	return option.Kind[*scenario.Scenario]{
		Want: want,
		Parse: func(name string) (*scenario.Scenario, error) {
			if name == "none" {
				return nil, nil
			}
			if s, found := scenario.Find(name); found {
				return &s, nil
			}
			if some := scenario.Beginning(name); len(some) > 1 {
				return nil, fmt.Errorf("want %s, such as %s", want, option.Either(some))
			}
			return nil, fmt.Errorf("want %s%s", want, option.Suggestion(name, scenario.Names()))
		},
		Show: func(s *scenario.Scenario) string {
			if s == nil {
				return "none"
			}
			return s.Name
		},
	}
}

// listScenarios shows every scenario with what it plays, family by family.
func listScenarios() string {
	list := ""
	for _, family := range scenario.Families() {
		list += family.Title + "\n"
		width := 0
		for _, s := range family.Scenarios {
			width = max(width, len(s.Name))
		}
		for _, s := range family.Scenarios {
			list += fmt.Sprintf("  %-*s  %s\n", width, s.Name, s.Says)
		}
	}
	return list
}

// alternatives are flags of which a run has one: who gives one takes away the other.
var alternatives = [][]string{{"load", "rate"}, {"stale", "refresh"}}

// play works out the command of the scenario. An error says which of the flags beside it contradicts it.
func (f *flags) play(args []string) (Command, error) {
	all, c, err := f.combined(args)
	if err != nil {
		return Command{}, f.contradicted(err)
	}
	c.Whole, c.Changed = all.whole(), f.changed()
	return c, nil
}

// combined reads the flags of the scenario but for those that were given beside it, and then these, as if somebody had typed them all.
func (f *flags) combined(args []string) (*flags, Command, error) {
	var words []string
	for _, word := range f.Scenario.Words() {
		if !f.replaces(nameOf(word)) {
			words = append(words, word)
		}
	}
	all, err := read(append(words, args...), f.known)
	if err != nil {
		return nil, Command{}, err
	}
	c, err := all.command(args)
	return all, c, err
}

// nameOf is the name of the flag in a word of a scenario.
func nameOf(word string) string {
	name, _, _ := strings.Cut(strings.TrimPrefix(word, "--"), "=")
	return name
}

// replaces tells whether the flag, or one that cannot stand beside it, was given.
func (f *flags) replaces(name string) bool {
	if f.given(name) {
		return true
	}
	return slices.ContainsFunc(alternatives, func(some []string) bool {
		return slices.Contains(some, name) && slices.ContainsFunc(some, f.given)
	})
}

// changed are the flags beside the scenario that make what is played another: not those that say who plays it, in which runs, or what is
// shown, nor those that say what it says itself.
func (f *flags) changed() []string {
	alone, err := read(f.Scenario.Words(), f.known.forOther())
	if err != nil {
		return nil // its flags are ours, and right
	}
	var words []string
	for _, s := range f.sections {
		for _, v := range s.flags {
			own := alone.flag(v.Name)
			another := v.String() != own.String() || !own.given() && alone.replaces(v.Name)
			if v.given() && another && s.shapes && v.plays() {
				words = append(words, "--"+v.Name+"="+option.Printable(v.asTyped()))
			}
		}
	}
	return words
}

// plays tells whether the flag says what is played: the strategies, the seed and how many runs there are do not.
func (v *flag) plays() bool {
	return v.Name == "sweep" || v.Name == "find" || !v.plans && v.Name != "strategy" && v.Name != "seed"
}

// contradicted puts before an error which of the flags that were given does not go with the scenario: without it the others do. Where
// none alone is to blame the error names the scenario, and where they go as ill without it, it says enough.
func (f *flags) contradicted(err error) error {
	if f.given("trace") && f.flag("trace").asTyped() == tracefile.Stdin { // it can be read once
		return err
	}
	if alone := f.tryWithout("scenario"); alone != nil && alone.Error() == err.Error() {
		return err
	}
	for _, v := range f.inOrder() {
		if v.Name != "scenario" && v.given() && f.tryWithout(v.Name) == nil {
			flag := "--" + v.Name + "=" + option.Printable(v.asTyped()) + ": "
			return fmt.Errorf("%scontradicts --scenario=%s: %s", flag, f.Scenario.Name, strings.TrimPrefix(err.Error(), flag))
		}
	}
	return errors.New(strings.Replace(err.Error(), ": want ", ": beside --scenario="+f.Scenario.Name+" want ", 1))
}

// tryWithout is the error of what was given without that flag.
func (f *flags) tryWithout(name string) error {
	args := f.typedWithout(name)
	rest, err := read(args, f.known)
	switch {
	case err != nil:
	case rest.Scenario == nil:
		_, err = rest.command(args)
	default:
		_, _, err = rest.combined(args)
	}
	return err
}

// typedWithout are the words of all flags that were given but that one.
func (f *flags) typedWithout(name string) []string {
	var words []string
	for _, v := range f.inOrder() {
		for _, text := range v.typed {
			if v.Name != name {
				words = append(words, "--"+v.Name+"="+text)
			}
		}
	}
	return words
}

// whole is the command that does the same without the name of the scenario.
func (f *flags) whole() []string {
	var words []string
	for _, word := range f.typedWithout("scenario") {
		words = append(words, quoted(word))
	}
	return append([]string{"waza"}, words...)
}
