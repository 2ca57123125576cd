package strategy

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"waza/internal/option"
)

// A Kind is one line of the table of strategies.
type Kind struct {
	Name    string      // as in --strategy
	Group   string      // what it goes by
	Place   int         // where it stands in the table, from 0
	Does    string      // one sentence, for --strategies and --help
	Takes   option.List // its parameters, which become flags
	Flags   string      // the other flags that it heeds, parted by spaces
	Counts  bool        // it reads Pending, which --stale and --refresh make old
	Central bool        // it is one queue, which has one owner: there cannot be several balancers
	Probes  bool        // it is a Prober
	Part    bool        // it sends some requests to some of the workers only
	Hashes  bool        // a key has a worker of its own, which may change when the members do
	make    func(Parameters, *rand.Rand) Strategy
}

// Table lists every strategy that there is, in the order in which all of them are shown.
func Table() []Kind {
	var all []Kind
	for _, group := range []struct {
		name  string
		kinds []Kind
	}{
		{"load-aware", loadAware()},
		{"latency-aware", latencyAware()},
		{"error-aware", errorAware()},
		{"pull", pulling()},
		{"hashing", hashing()},
		{"topology", topology()},
		{"baseline", baseline()},
	} {
		for _, k := range group.kinds {
			k.Group, k.Place = group.name, len(all)
			all = append(all, k)
		}
	}
	return all
}

// Find returns the line of the strategy of that name, if there is one.
func Find(name string) (Kind, bool) {
	for _, k := range Table() {
		if k.Name == name {
			return k, true
		}
	}
	return Kind{}, false
}

// Heeds tells whether the strategy makes use of that flag.
func (k Kind) Heeds(flag string) bool {
	return slices.Contains(k.Takes.Names(), flag) || slices.Contains(strings.Fields(k.Flags), flag)
}

// Heeding returns the names of the strategies that make use of that flag, in the order of the table.
func Heeding(flag string) []string {
	var names []string
	for _, k := range Table() {
		if k.Heeds(flag) {
			names = append(names, k.Name)
		}
	}
	return names
}

// Taken returns every parameter that some strategy takes, once, in the order of the table.
func Taken() option.List {
	var all option.List
	for _, k := range Table() {
		for _, p := range k.Takes {
			if !slices.Contains(all, p) {
				all = append(all, p)
			}
		}
	}
	return all
}

// Names returns the names of all strategies, in the order of the table.
func Names() []string {
	var names []string
	for _, k := range Table() {
		names = append(names, k.Name)
	}
	return names
}

// New makes the strategy of that name. All its random draws come from rng, which it owns from now on.
func New(name string, p Parameters, rng *rand.Rand) (Strategy, error) {
	k, found := Find(name)
	if !found {
		return nil, fmt.Errorf("no strategy is named %q", name)
	}
	return k.make(p, rng), nil
}
