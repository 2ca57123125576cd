package balancer

import (
	"strings"

	"waza/internal/option"
)

// A Feature is something that a balancer does about things that go wrong, besides asking its strategy.
type Feature struct {
	Kind string // its name in FeatureKinds
	Set  option.Values
}

// A FeatureKind is one line of the table of features.
type FeatureKind struct {
	Flag      string // the flag that asks for it, or for another kind of the same
	Name      string // the name of the flag or, if that has several kinds, flag.kind: limit.aimd is written --limit=aimd:start=20
	Does      string // for --help
	Example   string // as one may write it
	Keys      option.List
	HoldsBack bool                      // it is a gate: requests may wait in the backlog though workers have room
	Check     func(option.Values) error // whether the values go together; nil: all do
	Plain     bool                      // it has one key, whose value is written without its name
	Unfits    bool                      // it may find members unfit, so that the balancer may panic
	Heeded    bool                      // it works only with strategies that heed the flag, as their table says
	make      func(*Balancer, option.Values) watcher
}

// FeatureKinds lists every feature that there is, in the order in which they hear what happens. A new one is one file and one line.
func FeatureKinds() []FeatureKind {
	return []FeatureKind{
		{Flag: "health", Name: "health", Example: "interval=1s,down=3,up=2", Unfits: true, Keys: checkKeys, make: newChecks,
			Does: "ask each worker at intervals whether it is there, and send it nothing while it is down"},
		{Flag: "outlier", Name: "outlier", Example: "failures=5,base=30s", Unfits: true, Keys: outlierKeys, Check: checkOutlier, make: newOutlier,
			Does: "eject workers that fail several times in a row, or much more often than the others, or take too long, for a while each time"},
		{Flag: "breaker", Name: "breaker", Example: "failures=5,reset=30s", Unfits: true, Keys: breakerKeys, make: newBreaker,
			Does: "send a worker nothing after so many failures in a row; when reset is over, one request, which decides"},
		{Flag: "stuck", Name: "stuck", Example: "5s", Plain: true, Unfits: true, Keys: stuckKeys, make: newStuck,
			Does: "a worker that holds something and has given no answer for so long gets nothing until it answers"},
		{Flag: "slow-start", Name: "slow-start", Example: "30s", Plain: true, Heeded: true, Keys: slowStartKeys, make: newSlowStart,
			Does: "the time in which the weight of a worker that joins or recovers rises from 10% to all of it"},
		aimdKind(),
		gradientKind(),
	}
}

// FindFeature returns the line of the feature of that name, if there is one.
func FindFeature(name string) (FeatureKind, bool) {
	for _, k := range FeatureKinds() {
		if k.Name == name {
			return k, true
		}
	}
	return FeatureKind{}, false
}

// Kind is what is written before the colon on the command line; empty, if the flag has only one kind.
func (k FeatureKind) Kind() string {
	_, kind, _ := strings.Cut(k.Name, ".")
	return kind
}

// Times returns the feature with so many times as long lengths.
func (f Feature) Times(factor float64) Feature {
	kind, _ := FindFeature(f.Kind)
	f.Set = f.Set.Times(factor, kind.Keys)
	return f
}

// start returns the feature at work in a balancer. Whoever made the feature has looked whether there is such a kind.
func (f Feature) start(b *Balancer) watcher {
	kind, found := FindFeature(f.Kind)
	if !found {
		panic("balancer: no feature is named " + f.Kind)
	}
	return kind.make(b, f.Set)
}
