// Package command turns the command line into the Config of a run. It checks everything that can be checked
// before anything starts, and an error says in one line which flag is wrong and what is allowed.
//
// A flag is declared by one line, which says its name, what it may be, its default and where its value goes; behind it stands
// when it is of use. What several flags say together is worked out after all have been read.
//
// Next: package simulation, which runs what stands in the Config.
package command

import (
	"waza/internal/experiment"
	"waza/internal/scenario"
	"waza/internal/simulation"
	"waza/internal/verify"
	"waza/report/document"
)

// Version is the version of the program.
const Version = "0.1.0"

// A Command is what the user asked for.
type Command struct {
	Simulation  simulation.Config
	Plan        experiment.Plan    // which runs there are to be
	Table       *verify.Table      // with which what they give is compared; nil: with none
	Parts       *experiment.Parts  // in which all runs are found; nil: they are to be played
	Format      string             // of the result: text, json, csv, prometheus or none, or part
	Plots       string             // directory; empty: none
	PlotFormat  string             // png or svg
	RequestsLog string             // file; empty: none
	Trace       string             // file that is read; empty: none
	Quiet       bool               // nothing but errors on stderr
	Clock       string             // simulated or wall
	Settings    []document.Setting // every flag that shapes the run, in order of declaration
	Arguments   []string           // of the command that was given
	Line        string             // the command that was given, as one could type it again
	Words       []string           // of it
	Scenario    *scenario.Scenario // that was named; nil: none
	Whole       []string           // with a scenario, the words of the command that does the same without its name
	Changed     []string           // with a scenario, what was given beside it that makes it another
	Title       string             // the configuration in one line, for plots
	Notes       []string           // what the user should know before the run, a line each

	flags *flags // of which it was worked out
}

// Parse reads the arguments, without the name of the program. An error is one line that begins with the flag
// and its value, or an Answer. The trace, if there is one, is read here.
func Parse(args []string) (Command, error) {
	return parse(args, newKnown())
}

func parse(args []string, k known) (Command, error) {
	f, err := read(args, k)
	if err != nil {
		return Command{}, err
	}
	if f.merge != nil {
		return f.merged(args)
	}
	if f.sought != "" {
		return f.finding(args)
	}
	if len(f.sweeps) > 0 {
		return f.swept(args)
	}
	if f.Scenario != nil {
		return f.play(args)
	}
	return f.command(args)
}

// read reads what each of the arguments says.
func read(args []string, k known) (*flags, error) {
	f := declareFlags(k)
	if err := f.all.Parse(normalize(args, f.all)); err != nil {
		return nil, f.translate(err)
	}
	return f, checkArguments(f.all.Args())
}

// command works out what all of them say together.
func (f *flags) command(args []string) (Command, error) {
	f.leaveOut()
	for _, step := range []func() error{
		f.followSpeeds, f.givePool, f.giveQueues, f.giveUpload, f.check, f.giveSpeeds, f.plan, f.checkWarmup, f.giveCoDel, f.checkTotals, f.checkShape,
		f.checkView, f.giveMix, f.giveProxies, f.checkFaults, f.checkOutages, f.giveWeights,
		f.giveTiers, f.checkTables,
	} {
		if err := step(); err != nil {
			return Command{}, err
		}
	}
	f.Settings, f.Title = f.settings(), f.title()
	f.remark()
	f.dropDefaults()
	for _, step := range []func() error{f.checkPhases, f.checkRounds, f.checkScale, f.checkCeilings, f.planned, f.checkPilots} {
		if err := step(); err != nil {
			return Command{}, err
		}
	}
	f.run.WatchQueue = f.Format == "prometheus" || f.isQueued() || f.run.Proxies.Number > 0
	f.run.Log, f.Trace, f.Clock = f.RequestsLog != "", f.path, f.flag("clock").String()
	f.typedAs(args, f.all)
	f.givePart()
	f.flags = f
	return f.Command, nil
}
