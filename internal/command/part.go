package command

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/pflag"

	"waza/internal/experiment"
	"waza/internal/option"
	"waza/internal/tracefile"
)

// maxParts bounds in how many parts the runs of a command are dealt: more than runs is of no use.
const maxParts = maxPieces

// partFormat is the format of what --part writes, whatever --format says of the result that the merge prints.
const partFormat = "part"

func (f *flags) declareParts(s *section) {
	bind(s, &f.Plan.Part, parts(), "part", "none",
		"such as 3/16: play one of 16 parts of all runs, and write JSON for --merge; auto/16: the part that Slurm or Kubernetes says; not beside --until, --select, --find or --warmup=mser").
		check(f.checkPart).planning()
	bind(s, &f.merge, option.Items(option.Path("the files of all parts"), ","), "merge", "",
		"put the parts in these `FILES` together, as if the command of which they are had been given here. Beside it --format, --plots, --plot-format and --quiet take the place of what that says")
}

// parts reads the number of a part and how many there are.
func parts() option.Kind[experiment.Part] {
	const want = "none, a part and how many there are such as 3/16, or auto/16 in a Slurm job array or a Kubernetes Indexed Job"
	number := option.Whole(1, maxParts)
	some := option.Kind[experiment.Part]{Want: want}
	some.Parse = func(text string) (experiment.Part, error) {
		if text == "none" {
			return experiment.Part{}, nil
		}
		which, rest, _ := strings.Cut(text, "/")
		of, err := number.Parse(rest)
		if err != nil {
			return experiment.Part{}, some.Refuse()
		}
		if which == "auto" {
			n, err := taskOf(of)
			return experiment.Part{Number: n, Of: of}, err
		}
		n, err := number.Parse(which)
		switch {
		case err != nil:
			return experiment.Part{}, some.Refuse()
		case n > of:
			return experiment.Part{}, fmt.Errorf("want a part from 1 to %d", of)
		}
		return experiment.Part{Number: n, Of: of}, nil
	}
	some.Show = func(p experiment.Part) string {
		if p.Of == 0 {
			return "none"
		}
		return fmt.Sprintf("%d/%d", p.Number, p.Of)
	}
	return some
}

// taskOf is the part that the engine says which has started this process as one of many.
func taskOf(parts int) (int, error) {
	const id, first, index = "SLURM_ARRAY_TASK_ID", "SLURM_ARRAY_TASK_MIN", "JOB_COMPLETION_INDEX"
	says, number := id+" less "+first, "0"
	switch {
	case os.Getenv(id) != "":
		least, err := strconv.Atoi(os.Getenv(first))
		task, other := strconv.Atoi(os.Getenv(id))
		if err != nil || other != nil {
			return 0, fmt.Errorf("want numbers in %s and %s, not %.20q and %.20q", id, first, os.Getenv(id), os.Getenv(first))
		}
		number = strconv.Itoa(task - least)
	case os.Getenv(index) != "":
		says, number = index, os.Getenv(index)
	default:
		return 0, fmt.Errorf("want %s or %s in the environment: nothing says which part this is", id, index)
	}
	n, err := strconv.Atoi(number)
	if err != nil || n < 0 || n >= parts {
		return 0, fmt.Errorf("want a task from 0 to %d, and %s is %.20s", parts-1, says, option.Printable(number))
	}
	return n + 1, nil
}

// checkPart refuses what a part cannot do, or the merge cannot do again.
func (f *flags) checkPart() error {
	if f.Plan.Part.Of == 0 {
		return nil
	}
	const unknown = "it is not known beforehand which runs there are"
	for _, other := range []struct{ flag, why string }{
		{"until", unknown},
		{"select", unknown},
		{"find", unknown},
		{"events", "it tells of one run"},
		{"requests-log", "it has the requests of one run"},
	} {
		if f.chooses(other.flag) {
			return fmt.Errorf("want no --%s beside it: %s", other.flag, other.why)
		}
	}
	switch {
	case f.run.WallClock:
		return errors.New("want --clock=simulated beside it: on the wall clock no part is like that of another machine")
	case f.path == tracefile.Stdin:
		return errors.New("want a file in --trace: --merge reads it, too")
	}
	return nil
}

// checkPilots refuses parts of what has to be played before all of them.
func (f *flags) checkPilots() error {
	if f.Plan.Part.Of > 0 && f.Plan.Pilots() > 0 {
		return f.wrong("part", "want a share or a length in --warmup, not mser: its pilot runs come before all parts")
	}
	return nil
}

// chooses tells whether the flag was given, if there is such a flag, and is neither none nor off.
func (f *flags) chooses(name string) bool {
	known := f.all.Lookup(name)
	return known != nil && f.given(name) && !slices.Contains([]string{"", "none", "false"}, known.Value.String())
}

// givePart lets a part write only what the merge reads.
func (f *flags) givePart() {
	if f.Plan.Part.Of > 0 {
		f.Format, f.Plots = partFormat, ""
	}
}

// Digest tells what a command reads from what another does; empty: it reads nothing.
func (c *Command) Digest() string {
	if c.Simulation.Trace == nil {
		return ""
	}
	sum := sha256.New()
	fmt.Fprint(sum, *c.Simulation.Trace)
	return hex.EncodeToString(sum.Sum(nil))
}

// typedAs keeps the arguments, as one could type them again. A part has those of the whole.
func (c *Command) typedAs(args []string, known *pflag.FlagSet) {
	c.Arguments = without(args, known, func(name string) bool { return name == "part" })
	c.Words = typeable(c.Arguments)
	c.Line = strings.Join(c.Words, " ")
}
