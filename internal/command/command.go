// Package command turns the command line into the Config of a run. It checks everything that can be checked
// before anything starts, and an error says in one line which flag is wrong and what is allowed.
//
// Next: package simulation, which runs what stands in the Config.
package command

import (
	"waza/internal/simulation"
	"waza/report/document"
)

// Version is the version of the program.
const Version = "0.1.0"

// A Command is what the user asked for.
type Command struct {
	Simulation  simulation.Config
	Format      string             // of the result: text, json or csv
	Plots       string             // directory; empty: none
	PlotFormat  string             // png or svg
	RequestsLog string             // file; empty: none
	Quiet       bool               // nothing but errors on stderr
	Clock       string             // simulated or wall
	Settings    []document.Setting // every flag that shapes the run, in order of declaration
	Line        string             // the command that was given, as one could type it again
	Title       string             // the configuration in one line, for plots
	Notes       []string           // what the user should know before the run, a line each
}

// Parse reads the arguments, without the name of the program. An error is one line that begins with the flag
// and its value, or an Answer. The trace, if there is one, is read here.
func Parse(args []string) (Command, error) {
	f := declareFlags()
	if err := f.all.Parse(normalize(args, f.all)); err != nil {
		return Command{}, f.translate(err)
	}
	if err := checkArguments(f.all.Args()); err != nil {
		return Command{}, err
	}
	c := Command{
		Format:      f.format.is,
		Plots:       f.plots.is,
		PlotFormat:  f.plotFormat.is,
		RequestsLog: f.log.is,
		Quiet:       f.quiet.is,
		Clock:       f.clock.is,
		Line:        line(args),
	}
	c.Notes = f.leaveOut()
	if _, err := f.check(); err != nil {
		return Command{}, err
	}
	var err error
	if c.Simulation, err = f.config(); err != nil {
		return Command{}, err
	}
	idle, err := f.check() // again: now the trace has been read
	if err != nil {
		return Command{}, err
	}
	c.Notes = append(c.Notes, f.unused()...)
	c.Settings, c.Title = settings(f.groups, idle), f.title(c.Simulation)
	return c, nil
}
