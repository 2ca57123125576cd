package publish

import (
	"fmt"
	"os"
	"time"

	"waza/internal/command"
	"waza/internal/experiment"
	"waza/internal/option"
	"waza/internal/output"
	"waza/internal/verify"
	"waza/report"
)

// verified writes what theory says beside what was measured. It is an error if they disagree.
func verified(c command.Command, f experiment.Findings, took time.Duration) error {
	if len(f.Lack) > 0 {
		return fmt.Errorf("--verify: %d of %d systems were not played to their end: nothing is said of any", len(f.Lack), len(c.Plan.Points))
	}
	var played [][]report.Result
	for range c.Plan.Points {
		n := verify.Replications
		played, f.Each = append(played, f.Each[:n]), f.Each[n:]
	}
	told, err := verify.Judge(c.Cases, played, verify.Replications, verify.Requests)
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
		return fmt.Errorf("--verify: %d of %d cases disagree with theory", len(failed), len(c.Cases))
	}
	return nil
}
