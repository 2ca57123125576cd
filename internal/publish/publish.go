// Package publish writes what a run has given: the result to stdout, and what was asked for beside it into files.
package publish

import (
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"golang.org/x/term"

	"waza/internal/command"
	"waza/internal/experiment"
	"waza/internal/option"
	"waza/internal/output"
	"waza/report"
	"waza/report/document"
	"waza/report/plots"
)

// Document is the whole result of the runs that the command asked for.
func Document(c command.Command, f experiment.Findings, interrupted bool) document.Document {
	d := document.Document{
		Version: command.Version, Command: c.Line, Words: c.Words, Seed: c.Simulation.Seed, Clock: c.Clock,
		Interrupted: interrupted, Config: c.Settings, Runs: f.Runs, Each: f.Each, Conclusions: f.Conclusions, Found: f.Found, Sought: sought(c), Knees: knees(c, f, interrupted), Eventful: c.Simulation.Eventful(), Swept: c.Plan.Swept(), Compared: c.Plan.Compares(),
	}
	for _, l := range f.Lack {
		swept, also := experiment.Ends(l.Swept)
		d.Missing = append(d.Missing, document.Missing{Strategy: l.Strategy, Swept: swept, SweptAlso: also, Played: l.Played, Wanted: l.Wanted})
	}
	if s := c.Scenario; s != nil {
		d.Scenario, d.Played = &s.Name, document.Played{Says: s.Says, LookFor: s.LookFor, Changed: c.Changed, Command: c.Whole}
	}
	return d
}

// sought is the flag of --find; empty: nothing is looked for.
func sought(c command.Command) string {
	if c.Plan.Find == nil {
		return ""
	}
	return c.Plan.Find.Flag
}

// knees are those of a sweep that came to its end: what is missing may miss the objectives, or keep them.
func knees(c command.Command, f experiment.Findings, interrupted bool) []report.Knee {
	if c.Plan.Find != nil || interrupted || len(f.Lack) > 0 {
		return nil // of a search the values were chosen one after the other
	}
	return report.Knees(f.Runs)
}

// All writes the result, then what was asked for beside it. What cannot be written does not keep the rest from it.
func All(c command.Command, f experiment.Findings, interrupted bool, took time.Duration) error {
	if c.Table != nil {
		return verified(c, f, took)
	}
	d := Document(c, f, interrupted)
	d.Width = columns()
	var problems []error
	if err := writeResult(c, d, f.Part); err != nil {
		problems = append(problems, fmt.Errorf("the result cannot be written: %w", option.Reason(err)))
	}
	replaced := output.At(c.RequestsLog).IsRegular()
	if c.RequestsLog != "" {
		sayWhatTakesLong(c, f.Runs, interrupted)
		if err := output.Write(c.RequestsLog, d.WriteLog); err != nil {
			problems = append(problems, fmt.Errorf("--requests-log=%s: %w", option.Escaped(c.RequestsLog), err))
		}
	}
	for i := range f.Runs {
		f.Runs[i].Log.Close()
	}
	var drawn []string
	if c.Plots != "" {
		var err error
		if drawn, err = plots.Write(d, c.Plots, c.PlotFormat, c.Title, besides(c, d.Knees)); err != nil {
			problems = append(problems, fmt.Errorf("--plots=%s: %w", option.Escaped(c.Plots), err))
		}
	}
	if !c.Quiet && len(problems) == 0 { // one line of error is easily overlooked among others
		for _, path := range drawn {
			fmt.Fprintln(os.Stderr, "plot:", option.Escaped(path))
		}
		sayWhatIsOld(c)
		if interrupted && c.RequestsLog != "" {
			sayWhatIsPartial(c.RequestsLog, replaced)
		}
		fmt.Fprintf(os.Stderr, "took %v of real time\n", took.Round(time.Millisecond))
	}
	return errors.Join(problems...)
}

// sayWhatIsOld names plots beside those that were drawn which an earlier run has drawn.
func sayWhatIsOld(c command.Command) {
	if c.Plots == "" {
		return
	}
	for _, path := range plots.Others(c.Plots, c.PlotFormat, Drawn(c)) {
		if _, err := os.Lstat(path); err == nil {
			fmt.Fprintf(os.Stderr, "note: %s is of an earlier run: this one has not drawn it\n", option.Escaped(path))
		}
	}
}

// sayWhatTakesLong says, of a log that takes longer to write than whoever has interrupted the run waits, how to do without it.
func sayWhatTakesLong(c command.Command, runs []report.Result, interrupted bool) {
	if interrupted && !c.Quiet {
		fmt.Fprint(os.Stderr, whatTakesLong(c.RequestsLog, runs))
	}
}

// longLog is how many requests take seconds to write.
const longLog = 300_000

func whatTakesLong(path string, runs []report.Result) string {
	requests := 0
	for i := range runs {
		requests += int(runs[i].Requests.Issued)
	}
	if requests < longLog {
		return ""
	}
	return fmt.Sprintf("note: %s requests are written to --requests-log=%s; a second signal ends that at once, and leaves what was there\n",
		option.Grouped(requests), option.Escaped(path))
}

// sayWhatIsPartial says that a requests log ends with an interruption, and whether another was there before.
func sayWhatIsPartial(path string, replaced bool) {
	instead := ""
	if replaced {
		instead = ", in the place of what was there"
	}
	fmt.Fprintf(os.Stderr, "note: --requests-log=%s has the requests until the interruption%s\n", option.Escaped(path), instead)
}

// writeResult writes the result to stdout, unless nobody wants it, or what was played of a part.
func writeResult(c command.Command, d document.Document, part *experiment.Played) error {
	write := map[string]func(io.Writer) error{"text": d.WriteText, "json": d.WriteJSON, "csv": d.WriteCSV, "prometheus": d.WritePrometheus}[c.Format]
	if part != nil {
		write = partFile(c, *part).Write
	}
	if write == nil {
		return nil
	}
	to, err := output.Standard()
	if err != nil {
		return err
	}
	return write(to)
}

// partFile says of what the runs are a part.
func partFile(c command.Command, p experiment.Played) experiment.PartFile {
	return experiment.PartFile{
		Version: command.Version, Command: c.Line, Arguments: c.Arguments, Input: c.Digest(),
		Part: c.Plan.Part.Number, Parts: c.Plan.Part.Of, Whole: p.Whole, Pieces: p.Pieces,
	}
}

// Listened finds out before the run whether there is a stdout for what goes there.
func Listened(c command.Command) error {
	if c.Format == "none" && c.RequestsLog != output.Stdout {
		return nil
	}
	_, err := output.Standard()
	return err
}

// Say writes an answer to stdout.
func Say(a command.Answer) error {
	to, err := output.Standard()
	if err != nil {
		return err
	}
	_, err = io.WriteString(to, a.Wrapped(document.ProseWidth(columns())))
	return option.Reason(err)
}

// columns returns the width of the terminal that shows the result; 0: none does.
func columns() int {
	width, _, err := term.GetSize(int(os.Stdout.Fd()))
	if err != nil {
		return 0
	}
	return width
}
