package command

import (
	"errors"
	"fmt"

	"waza/balancer"
	"waza/internal/option"
)

// declareSystems makes the flags of what the systems have that people run, beside what all have.
func (f *flags) declareSystems(s *section) {
	f.declareRegulators(s)
	f.declareResize(s)
}

// declareRegulators makes the flag that adds a regulator each time it is given.
func (f *flags) declareRegulators(s *section) {
	all := &f.run.Regulators
	s.add(&flag{
		several: f.toldRegulators,
		want:    "REGULATOR:key=value,…",
		set: func(text string) error {
			r, err := parseRegulator(text)
			if err == nil && len(*all) == balancer.MostRegulators {
				err = fmt.Errorf("want at most %d regulators", balancer.MostRegulators)
			}
			if err == nil {
				*all = append(*all, r)
			}
			return err
		},
		value: func() any { return *all },
	}, "regulator", "", "`REGULATOR` limits what a balancer sends to workers: "+regulatorUsage()+". What it limits waits in the backlog, "+
		"or is rejected as --when-full says; repeatable, and any one that limits, limits; none leaves out those of a scenario").
		idle(func() bool { return len(*all) == 0 }, "")
}

// toldRegulators are the regulators in canonical form.
func (f *flags) toldRegulators() []string {
	var texts []string
	for _, r := range f.run.Regulators {
		texts = append(texts, r.String())
	}
	return texts
}

// regulatorUsage says what each kind does.
func regulatorUsage() string {
	var all []string
	for _, k := range balancer.RegulatorKinds() {
		all = append(all, k.Example+" ("+k.Does+")")
	}
	return option.Either(all)
}

// parseRegulator reads KIND:key=value,… with the value that has no name first, where the kind has such a one; a sweep gives it its name.
func parseRegulator(text string) (balancer.Regulator, error) {
	c, set := option.ParseClause(text), option.Values{}
	kind, found := balancer.FindRegulator(c.Kind)
	if !found {
		var names []string
		for _, k := range balancer.RegulatorKinds() {
			names = append(names, k.Name)
		}
		return balancer.Regulator{}, errors.New("want as regulator " + option.Either(names) + option.Suggestion(c.Kind, names))
	}
	switch {
	case kind.Bare != nil && c.Has(kind.Bare.Name()) && len(c.Values) == 0:
		c.Expect(0, append(kind.Keys.Names(), kind.Bare.Name())...)
		c.Read(kind.Bare, set)
	case kind.Bare == nil:
		c.Expect(0, kind.Keys.Names()...)
	case c.Err == nil && len(c.Values) != 1:
		c.Fail("as %s %s", kind.Bare.Name(), kind.Bare.Want())
	default:
		c.Expect(1, kind.Keys.Names()...)
		c.ReadAt(0, kind.Bare, set)
	}
	for _, key := range kind.Keys {
		c.Need(key, set)
		set[key.Name()] = key.Of(set)
	}
	if c.Err == nil && kind.Check != nil {
		c.Err = kind.Check(set)
	}
	return balancer.Regulator{Kind: kind.Name, Set: set}, c.ErrorAsIn(kind.Example)
}

// regulated is how long requests may wait for regulators in all, in seconds: for a token each, and for a breaker after each that fails.
func (f *flags) regulated() float64 {
	all, attempts := 0.0, f.most()*float64(f.run.Tries())
	for _, r := range f.run.Regulators {
		if rate, is := r.Set["rate"].(float64); is {
			all += attempts / rate
		}
		if r.Kind == "breaker" && f.mayFail() {
			for _, d := range r.Lengths() {
				all += attempts * d.Seconds()
			}
		}
	}
	return all
}
