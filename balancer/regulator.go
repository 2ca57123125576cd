package balancer

import (
	"strings"
	"time"

	"waza/internal/option"
)

// A Regulator is a gate before dispatch, of which a balancer may have several: what any of them limits waits in the backlog, or is rejected
// where that has no room, as if no worker had any (Regulator of the qpool library).
type Regulator struct {
	Kind string // its name in RegulatorKinds
	Set  option.Values
	name string // as it was written, where the lengths in Set are those of another clock
}

// A RegulatorKind is one line of the table of regulators.
type RegulatorKind struct {
	Name    string
	Does    string     // for --help
	Example string     // as one may write it
	Bare    option.Any // stands first, without its name; nil: all keys have theirs
	Keys    option.List
	Check   func(option.Values) error // whether the values go together; nil: all do
	make    func(*Balancer, option.Values) regulator
}

// RegulatorKinds lists every regulator that there is. A new one is one file and one line.
func RegulatorKinds() []RegulatorKind {
	return []RegulatorKind{
		{Name: "rate", Example: "rate:100/s,burst=10", Bare: bucketRate, Keys: option.List{bucketBurst}, Check: checkBucket, make: newBucket,
			Does: "so many requests a second, and after a pause so many at once: a token bucket"},
		{Name: "breaker", Example: "breaker:failures=5,reset=30s", Keys: breakerKeys, make: newMainBreaker,
			Does: "none after so many failures in a row, of all workers; when reset is over, one, which decides"},
		{Name: "backpressure", Example: "backpressure:queue=20,latency=100ms", Keys: pressureKeys, Check: checkPressure, make: newPressure,
			Does: "none while more than that wait at workers, or while the answers of the last second took longer in the mean; either may be left out"},
		{Name: "resource", Example: "resource:utilisation=80%", Keys: resourceKeys, make: newResource,
			Does: "none while more than that share of the slots was busy over the last second"},
	}
}

// FindRegulator returns the line of the regulator of that name, if there is one.
func FindRegulator(name string) (RegulatorKind, bool) {
	for _, k := range RegulatorKinds() {
		if k.Name == name {
			return k, true
		}
	}
	return RegulatorKind{}, false
}

// keys are all that the kind takes.
func (k RegulatorKind) keys() option.List {
	if k.Bare == nil {
		return k.Keys
	}
	return append(option.List{k.Bare}, k.Keys...)
}

// String is how one may write it: every key with its value.
func (r Regulator) String() string {
	if r.name != "" {
		return r.name
	}
	kind, _ := FindRegulator(r.Kind)
	var parts []string
	for _, key := range kind.keys() {
		if key == kind.Bare {
			parts = append(parts, key.Text(r.Set))
		} else {
			parts = append(parts, key.Name()+"="+key.Text(r.Set))
		}
	}
	return r.Kind + ":" + strings.Join(parts, ",")
}

// Lengths are those that it was given, and the time between two tokens.
func (r Regulator) Lengths() []time.Duration {
	all := r.Set.Lengths()
	if rate, is := r.Set[bucketRate.Name()].(float64); is {
		all = append(all, time.Duration(float64(time.Second)/rate))
	}
	return all
}

// Times returns the regulator with so many times as long lengths, and under the same name.
func (r Regulator) Times(factor float64) Regulator {
	kind, _ := FindRegulator(r.Kind)
	r.name = r.String()
	r.Set = r.Set.Times(factor, kind.keys())
	return r
}
