package publish

import (
	"fmt"
	"os"
	"time"

	"waza/internal/command"
	"waza/internal/experiment"
	"waza/internal/option"
	"waza/internal/output"
	"waza/report"
)

// verified writes what theory says, or what was published, beside what was measured. It is an error if they disagree.
func verified(c command.Command, f experiment.Findings, took time.Duration) error {
	if len(f.Lack) > 0 {
		return fmt.Errorf("--%s: %d of %d systems were not played to their end: nothing is said of any", c.Table.Flag, len(f.Lack), len(c.Plan.Points))
	}
	var played [][]report.Result
	for range c.Plan.Points {
		n := c.Table.Replications
		played, f.Each = append(played, f.Each[:n]), f.Each[n:]
	}
	told, err := c.Table.Judge(played)
	if err != nil {
		return err
	}
	to, err := output.Standard()
	if err == nil {
		err = told.WriteText(to)
	}
	if err != nil {
		return fmt.Errorf("the result cannot be written: %w", option.Reason(err))
	}
	if !c.Quiet {
		fmt.Fprintf(os.Stderr, "took %v of real time\n", took.Round(time.Millisecond))
	}
	if failed := told.Failed(); len(failed) > 0 {
		return fmt.Errorf("--%s: %d of %d cases disagree", c.Table.Flag, len(failed), len(c.Table.Cases))
	}
	return nil
}
