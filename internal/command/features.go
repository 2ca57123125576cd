package command

import (
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
}

// declareFeature makes the flag of the features of that name: none, or one of them.
func (f *flags) declareFeature(s *section, name string, chosen map[string]*balancer.Feature) {
	var kinds []balancer.FeatureKind
	var examples, does []string
	for _, k := range balancer.FeatureKinds() {
		if k.Flag == name {
			kinds, examples, does = append(kinds, k), append(examples, k.Example), append(does, k.Does)
		}
	}
	s.add(&flag{
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
	}, name, "none", fold(strings.Join(does, "; "), 63))
}

// parseFeature reads KIND:key=value,… or, where there is only one kind, key=value,… or on, which means all defaults.
func parseFeature(text string, kinds []balancer.FeatureKind) (balancer.Feature, error) {
	kind := kinds[0]
	if kind.Kind() == "" {
		text, _ = strings.CutPrefix(":"+text, ":on")
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
