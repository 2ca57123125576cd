package command

import (
	"slices"

	"github.com/spf13/pflag"

	"waza/internal/option"
	"waza/internal/simulation"
	"waza/report/document"
	"waza/strategy"
)

// flags are all flags, and where their values go: most of them into the Command, and what has to be worked out first into the
// features, each of which has its flags, their rules and what follows from them in a file of its own.
type flags struct {
	Command
	run      *simulation.Config // of the Command
	sections []*section
	all      *pflag.FlagSet
	known    known
	sweeps   []*sweep
	merge    []string // files of parts
	sought   string   // the flag of which --find looks for a value; empty: none

	verify, stories bool

	load
	traced
	mix
	workers
	ordered
	pool    pool
	proxies proxies
	upload  upload
}

// declareFlags makes every flag, with its default, in the order in which help and the report show them.
func declareFlags(k known) *flags {
	f := &flags{all: pflag.NewFlagSet("waza", pflag.ContinueOnError), known: k}
	f.run, f.all.SortFlags = &f.Simulation, false
	for _, part := range []struct {
		title   string
		shapes  bool
		declare func(*section)
	}{
		{"what to run", true, f.declareRun},
		{"a set of flags by its name", false, f.declareScenario},
		{"size", true, f.declareSize},
		{"clock", true, f.declareClock},
		{"load", true, f.declareLoad},
		{"trace", true, f.declareTrace},
		{"keys, priorities and zones", true, f.declareMix},
		{"uploads", true, f.declareUpload},
		{"workers", true, f.declareWorkers},
		{"pool", true, f.declarePool},
		{"proxies", true, f.declareProxies},
		{"balancer", true, f.declareBalancer},
		{"health", true, f.declareHealth},
		{"parameters of strategies", true, f.declareParameters},
		{"requester", true, f.declareRequester},
		{"faults and the end", true, f.declareFaults},
		{"systems", true, f.declareSystems},
		{"statistics", true, f.declareStatistics},
		{"agreement with what is known", false, f.declareVerify},
		{"parts on several machines", false, f.declareParts},
		{"output", false, f.declareOutput},
		{"help", false, f.declareHelp},
	} {
		s := &section{title: part.title, shapes: part.shapes}
		part.declare(s)
		for _, v := range s.flags {
			f.all.AddFlag(v.Flag)
		}
		f.sections = append(f.sections, s)
	}
	return f
}

// flag returns the flag of that name.
func (f *flags) flag(name string) *flag { return f.all.Lookup(name).Value.(*flag) }

// inOrder are all flags in order of declaration.
func (f *flags) inOrder() []*flag {
	var all []*flag
	for _, s := range f.sections {
		all = append(all, s.flags...)
	}
	return all
}

// given tells whether the flag is on the command line; ungiven the contrary, as rules ask it.
func (f *flags) given(name string) bool { return f.flag(name).given() }

func (f *flags) ungiven(name string) func() bool { return func() bool { return !f.given(name) } }

// cause picks the first of the flags that was given, or else the last of them.
func (f *flags) cause(names ...string) string {
	for _, name := range names {
		if f.given(name) {
			return name
		}
	}
	return names[len(names)-1]
}

// check applies the rules of all flags.
func (f *flags) check() error {
	for _, s := range f.sections {
		for _, v := range s.flags {
			if err := v.apply(); err != nil {
				return err
			}
		}
	}
	return nil
}

// settings tells every flag that shapes the run, in order of declaration; a flag that the run does not use is nil.
func (f *flags) settings() []document.Setting {
	var all []document.Setting
	for _, s := range f.sections {
		if s.shapes {
			for _, v := range s.flags {
				all = append(all, v.setting())
			}
		}
	}
	return all
}

// chosen tells whether one of the strategies is to be run.
func (f *flags) chosen(names []string) bool {
	return slices.ContainsFunc(names, func(name string) bool { return slices.Contains(f.run.Strategies, name) })
}

// heeds tells whether some chosen strategy makes use of the flag, or that by which proxies are picked, of a parameter.
func (f *flags) heeds(flag string) bool {
	picks := f.proxied() && slices.Contains(strategy.Taken().Names(), flag) && slices.Contains(f.heedingOf(flag), f.run.Proxies.Strategy)
	return picks || f.chosen(f.heedingOf(flag))
}

// unheeded is the rule of a flag that strategies heed: when it is of no use, and which of them make use of it.
func (f *flags) unheeded(flag string) (when func() bool, want string) {
	want = "another flag: no strategy heeds this one"
	if names := f.heedingOf(flag); len(names) > 0 {
		want = option.Either(names) + " among the strategies: no other heeds it"
	}
	return func() bool { return !f.heeds(flag) }, want
}
