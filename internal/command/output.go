package command

import (
	"os"

	"waza/internal/option"
	"waza/internal/output"
	"waza/internal/tracefile"
)

func (f *flags) declareOutput(s *section) {
	bind(s, &f.Format, option.Word("text", "json", "csv", "prometheus", "none"), "format", "text", "text, json, csv, prometheus or none")
	bind(s, &f.Plots, option.OptionalPath("a directory"), "plots", "plots", "directory for the plots; empty or none: no plots")
	bind(s, &f.PlotFormat, option.Word("png", "svg"), "plot-format", "png", "png or svg").
		idle(func() bool { return f.Plots == "" }, "a directory in --plots: without, nothing is plotted")
	bind(s, &f.RequestsLog, option.Path("a file"), "requests-log", "",
		"`FILE` for one line per request: .gz is compressed, and - is stdout, with --format=none. It is sorted in $TMPDIR, where it takes 56 bytes per request")
	bindSwitch(s, &f.run.Events, "events", "false", "tell what happens, line by line, on stderr").
		idle(func() bool { return f.Quiet }, "no --quiet beside it: that leaves only errors")
	bindSwitch(s, &f.Quiet, "quiet", "false", "errors only on stderr")
}

// Check finds out before the run whether its output can be written afterwards, and that it destroys neither its input nor other
// output; plots are the files that it will draw. It makes the directory of the plots; no file that exists is touched.
func (c *Command) Check(plots []string) error {
	log := output.At(c.RequestsLog)
	if c.RequestsLog != "" {
		if err := log.Try(); err != nil {
			return wrong("requests-log", c.RequestsLog, "want a file that can be written: "+option.Reason(err).Error())
		}
	}
	if c.Plots == "" {
		plots = nil
	} else if err := checkDirectory(c.Plots); err != nil {
		return wrong("plots", c.Plots, "want a directory that can be written: "+option.Reason(err).Error())
	}
	return c.checkOutputs(log, plots)
}

// An input is a file that is read.
type input struct {
	flag, path string // by which it was named
	says       string // what it is
	place      output.Place
}

// inputs are all files that are read.
func (c *Command) inputs() (all []input) {
	switch c.Trace {
	case "":
	case tracefile.Stdin:
		all = append(all, input{"trace", c.Trace, "the trace", output.Of(os.Stdin)})
	default:
		all = append(all, input{"trace", c.Trace, "the trace", output.At(c.Trace)})
	}
	if c.Parts != nil {
		for _, path := range c.Parts.Files() {
			all = append(all, input{"merge", path, "a part", output.At(path)})
		}
	}
	return all
}

// checkOutputs refuses an output that is also an input, and two outputs of one path.
func (c *Command) checkOutputs(log output.Place, plots []string) error {
	stdout, stderr := output.Of(os.Stdout), output.Of(os.Stderr)
	result, logged := c.Format != "none", c.RequestsLog != ""
	switch {
	case logged && result && log.Same(stdout):
		return wrong("requests-log", c.RequestsLog, "want --format=none beside it: stdout has the result")
	case logged && log.Same(stderr) && log.IsRegular():
		return wrong("requests-log", c.RequestsLog, "want another file than that of stderr")
	}
	for _, in := range c.inputs() {
		switch {
		case logged && log.Same(in.place):
			return wrong("requests-log", c.RequestsLog, "want another file than "+in.says+", which is read")
		case result && stdout.IsRegular() && stdout.Same(in.place):
			return wrong(in.flag, in.path, "want another file than that of stdout")
		case stderr.IsRegular() && stderr.Same(in.place):
			return wrong(in.flag, in.path, "want another file than that of stderr")
		}
		for _, path := range plots {
			if output.At(path).Same(in.place) {
				return wrong("plots", c.Plots, "want another directory: its "+option.Printable(path)+" is "+in.says)
			}
		}
	}
	for _, path := range plots {
		switch plot := output.At(path); {
		case logged && plot.Same(log):
			return wrong("requests-log", c.RequestsLog, "want another file than the plot "+option.Printable(path))
		case result && plot.Same(stdout) || plot.Same(stderr) && stderr.IsRegular():
			return wrong("plots", c.Plots, "want another directory: "+option.Printable(path)+" is where stdout or stderr goes")
		}
	}
	return nil
}

func checkDirectory(dir string) error {
	err := os.MkdirAll(dir, 0o777)
	if err == nil {
		err = output.TryDirectory(dir)
	}
	return err
}
