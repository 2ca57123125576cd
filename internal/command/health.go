package command

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"waza/balancer"
	"waza/internal/option"
)

// declarePanic makes the flag that says when health is ignored. Where nobody is ever unfit there is nothing to ignore.
func (f *flags) declarePanic(s *section) {
	bind(s, &f.run.Panic, option.Percentage(), "panic", "50%",
		"where fewer of the workers are fit, requests go to all of them; 0%: never").
		idle(func() bool { return !slices.ContainsFunc(f.run.Features, unfits) },
			option.Either(unfitting())+" beside it: without, no worker is ever unfit")
}

func unfits(feature balancer.Feature) bool {
	kind, _ := balancer.FindFeature(feature.Kind)
	return kind.Unfits
}

// timed tells whether a feature may find workers unfit that do not fail, but are slow.
func timed(feature balancer.Feature) bool {
	most, is := feature.Set["latency"].(time.Duration)
	return is && most > 0
}

// unfitting are the flags of features that may find workers unfit.
func unfitting() []string {
	var names []string
	for _, k := range balancer.FeatureKinds() {
		if k.Unfits {
			names = append(names, "--"+k.Flag)
		}
	}
	return names
}

// checkHeeded refuses a feature that was chosen beside strategies with which it cannot be.
func (f *flags) checkHeeded(flag string, chosen bool) error {
	if out := f.unheeding(flag); chosen && len(out) > 0 {
		return fmt.Errorf("want no strategy beside it but %s: not %s", option.Either(f.heedingOf(flag)), strings.Join(out, ", "))
	}
	return nil
}

// unheeding are the chosen strategies that do not heed the flag.
func (f *flags) unheeding(flag string) []string {
	return slices.DeleteFunc(slices.Clone(f.run.Strategies), func(name string) bool { return slices.Contains(f.heedingOf(flag), name) })
}

// checkRounds refuses a feature that does something so often that it would take minutes.
func (f *flags) checkRounds() error {
	length := f.totalTime()
	for _, feature := range f.run.Features {
		interval, periodic := feature.Set["interval"].(time.Duration)
		each, passing := f.overWorkers(), 0
		if f.proxied() {
			passing = f.run.Balancers
		}
		if feature.Kind == "health" {
			each, passing = each*f.run.Workers, passing*f.run.Proxies.Number
		}
		rounds := length / interval.Seconds() * float64(each+passing)
		if periodic && rounds > maxRounds {
			return f.wrong(feature.Kind, fmt.Sprintf("want at most %s rounds in all, and %s have %s", option.Grouped(maxRounds), seconds(length), figure(rounds)))
		}
	}
	return nil
}

// remarkHealth names features that find nobody unfit, and a slow start of nobody.
func (f *flags) remarkHealth() {
	if f.given("slow-start") && !slices.ContainsFunc(f.run.Features, unfits) && !f.mayDie() && !f.run.Resized() {
		f.note("--slow-start=%s changes nothing: no worker joins later or is ever unfit", f.flag("slow-start"))
	}
	for _, feature := range f.run.Features {
		if !unfits(feature) {
			continue
		}
		share, limited := feature.Set["share"].(float64)
		switch text := option.Printable(f.flag(feature.Kind).asTyped()); {
		case feature.Kind == "health" && f.mayBeMissed(), feature.Kind == "stuck": // a service may last for longer
		case feature.Kind == "health":
			f.note("--health=%s changes nothing: without a fault that kills, stops or swallows all workers pass", text)
		case !f.mayFail() && !timed(feature):
			f.note("--%s=%s changes nothing: without a fault that fails no worker does", feature.Kind, text)
		case limited && int(share*float64(f.run.Workers)+1e-9) == 0:
			f.note("--%s=%s ejects nobody: share=%s of %s is none", feature.Kind, text, option.Percentage().Show(share), counted(f.run.Workers, "worker"))
		}
	}
}

// leaveOutUnheeding takes out of all strategies those with which a feature that was chosen cannot be, and says so.
func (f *flags) leaveOutUnheeding() {
	for _, feature := range f.run.Features {
		if kind, _ := balancer.FindFeature(feature.Kind); kind.Heeded && len(f.unheeding(kind.Flag)) > 0 {
			out := f.unheeding(kind.Flag)
			f.run.Strategies = slices.DeleteFunc(slices.Clone(f.run.Strategies), func(name string) bool { return slices.Contains(out, name) })
			f.note("--strategy=all leaves out all but %s: no other heeds --%s", strings.Join(f.run.Strategies, ", "), kind.Flag)
		}
	}
}
