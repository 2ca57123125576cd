package command

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"waza/balancer"
	"waza/internal/option"
)

// declareHealth makes a flag of each feature of a balancer, or of several kinds of one. The features stand in the Config in the order of
// their table.
func (f *flags) declareHealth(s *section) {
	chosen := map[string]*balancer.Feature{}
	var names []string
	for _, k := range balancer.FeatureKinds() {
		if !slices.Contains(names, k.Flag) {
			names = append(names, k.Flag)
			f.declareFeature(s, k.Flag, chosen)
		}
	}
	f.declarePanic(s)
}

// declareFeature makes the flag of the features of that name: none, or one of them.
func (f *flags) declareFeature(s *section, name string, chosen map[string]*balancer.Feature) {
	var kinds []balancer.FeatureKind
	var examples []string
	for _, k := range balancer.FeatureKinds() {
		if k.Flag == name {
			kinds, examples = append(kinds, k), append(examples, k.Example)
		}
	}
	v := s.add(&flag{
		want: option.Either(append(examples, "none")),
		set: func(text string) error {
			delete(chosen, name)
			if text != "none" {
				feature, err := parseFeature(text, kinds)
				if err != nil {
					return err
				}
				chosen[name] = &feature
			}
			f.run.Features = f.run.Features[:0]
			for _, k := range balancer.FeatureKinds() {
				if is := chosen[k.Flag]; is != nil && is.Kind == k.Name {
					f.run.Features = append(f.run.Features, *is)
				}
			}
			return nil
		},
		text:  func() string { return featureText(chosen[name]) },
		value: func() any { return chosen[name] },
	}, name, "none", featureUsage(kinds))
	if kinds[0].Heeded {
		v.check(func() error { return f.checkHeeded(name, chosen[name] != nil) })
	}
}

// featureUsage says what each kind does, and which keys it takes, with their defaults.
func featureUsage(kinds []balancer.FeatureKind) string {
	var all []string
	for _, k := range kinds {
		says := k.Does
		if !k.Plain {
			says += ": " + cmp.Or(k.Kind(), "on") + ", or some of " + strings.ReplaceAll(featureText(&balancer.Feature{Kind: k.Name}), ",", ", ")
		}
		all = append(all, says)
	}
	return strings.Join(all, "; ")
}

// parseFeature reads KIND:key=value,… or, where there is only one kind, key=value,… or on, which means all defaults; or the value alone.
func parseFeature(text string, kinds []balancer.FeatureKind) (balancer.Feature, error) {
	kind := kinds[0]
	if kind.Plain {
		key := kind.Keys[0]
		is, err := key.Read(text)
		return balancer.Feature{Kind: kind.Name, Set: option.Values{key.Name(): is}}, err
	}
	if kind.Kind() == "" {
		if text = ":" + text; text == ":on" {
			text = ""
		}
	}
	c, set := option.ParseClause(text), option.Values{}
	if kind.Kind() != "" {
		at := slices.IndexFunc(kinds, func(k balancer.FeatureKind) bool { return k.Kind() == c.Kind })
		if at < 0 {
			var names []string
			for _, k := range kinds {
				names = append(names, k.Kind())
			}
			return balancer.Feature{}, errors.New("want " + option.Either(names) + ", or none" + option.Suggestion(c.Kind, names))
		}
		kind = kinds[at]
	}
	if kind.Kind() == "" && len(c.Values) > 0 {
		c.Fail("on alone, none, or keys with their values")
	}
	c.Expect(0, kind.Keys.Names()...)
	for _, key := range kind.Keys {
		c.Need(key, set)
		set[key.Name()] = key.Of(set)
	}
	if c.Err == nil && kind.Check != nil {
		c.Err = kind.Check(set)
	}
	return balancer.Feature{Kind: kind.Name, Set: set}, c.ErrorAsIn(kind.Example)
}

// featureText is the canonical text: every key with its value.
func featureText(f *balancer.Feature) string {
	if f == nil {
		return "none"
	}
	kind, _ := balancer.FindFeature(f.Kind)
	if kind.Plain {
		return kind.Keys[0].Text(f.Set)
	}
	var keys []string
	for _, key := range kind.Keys {
		keys = append(keys, key.Name()+"="+key.Text(f.Set))
	}
	text := strings.Join(keys, ",")
	if kind.Kind() != "" {
		text = kind.Kind() + ":" + text
	}
	return text
}
