// Package scenario has the catalogue: named conditions under which good choices and bad ones come apart. A scenario is data, a name, what it
// plays, what to look for, and flags as one would type them. Package command reads the flags, and a golden file of its text result stands in testdata.
//
// A new scenario is an entry in the file of its family, and a row in the claims of the family (load_claims_test.go), which holds it to what it says; a new family is
// a file of each kind, a line in Families, and one in claims_test.go.
//
// Next: load.go, the first family; then internal/command/scenario.go, which plays one.
package scenario

import "strings"

// A Scenario is one set of conditions.
type Scenario struct {
	Name    string
	Says    string // what it plays: one sentence
	LookFor string // what the figures show, and what else to compare
	Flags   string // as one would type them, with a space between; no value has a space in it
}

// A Family is scenarios about one subject.
type Family struct {
	Title     string
	Scenarios []Scenario
}

// Families returns all scenarios in the order in which they are listed.
func Families() []Family {
	return []Family{
		{"load", loads()},
		{"workers", workers()},
		{"failures", failures()},
		{"what a balancer knows", knowledge()},
		{"a capacity-aware balancer", qpools()},
		{"a broker with a queue", brokers()},
		{"streams", streams()},
		{"adaptive pool", adaptive()},
		{"uploads", uploads()},
	}
}

// All returns the scenarios of all families.
func All() []Scenario {
	var all []Scenario
	for _, f := range Families() {
		all = append(all, f.Scenarios...)
	}
	return all
}

// Names returns the names of all scenarios.
func Names() []string {
	var names []string
	for _, s := range All() {
		names = append(names, s.Name)
	}
	return names
}

// Beginning returns the names that begin with that word, as those of a family do.
func Beginning(word string) []string {
	var names []string
	for _, name := range Names() {
		if strings.HasPrefix(name, word+"-") {
			names = append(names, name)
		}
	}
	return names
}

// Find returns the scenario of that name, and whether there is one.
func Find(name string) (Scenario, bool) {
	for _, s := range All() {
		if s.Name == name {
			return s, true
		}
	}
	return Scenario{}, false
}

// Words are the flags, one by one.
func (s Scenario) Words() []string { return strings.Fields(s.Flags) }
