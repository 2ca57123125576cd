package command

import (
	"cmp"
	"errors"
	"slices"

	"waza/internal/experiment"
	"waza/internal/option"
)

// beside are the flags that may be given beside --merge.
var beside = []string{"format", "plots", "plot-format", "quiet"}

// merged works out the command of all parts, with what was given beside --merge in the place of what it says.
func (f *flags) merged(args []string) (Command, error) {
	for _, v := range f.inOrder() {
		if v.given() && v.Name != "merge" && !slices.Contains(beside, v.Name) {
			return Command{}, f.wrong(v.Name, "want no --merge beside it: the parts were played as their command says")
		}
	}
	own := without(args, f.all, func(name string) bool { return name == "merge" })
	all, err := experiment.ReadParts(f.merge, Version)
	if err != nil {
		return Command{}, f.misfit(err)
	}
	c, err := f.again(all.Arguments, own)
	if err != nil {
		return Command{}, err
	}
	if c.Digest() != all.Input {
		return Command{}, wrong("merge", f.merge[0], "want the trace that the parts have read, and "+option.Printable(c.Trace)+" is another")
	}
	if err := all.Fit(c.Plan); err != nil {
		return Command{}, f.misfit(err)
	}
	c.Parts = all
	return c, nil
}

// again works out a command as if it had been given here, with other flags in the place of its own.
func (f *flags) again(args, own []string) (Command, error) {
	blame := func(err error) error {
		return wrong("merge", f.merge[0], "its command cannot be given here: "+err.Error())
	}
	typed, err := read(args, newKnown())
	switch {
	case err != nil:
		return Command{}, blame(err)
	case typed.merge != nil || typed.Plan.Part.Of > 0:
		return Command{}, wrong("merge", f.merge[0], "want what --part writes")
	case f.given("format") && (f.Format == "prometheus") != (typed.Format == "prometheus"):
		return Command{}, f.wrong("format", "want what the parts were played for, "+typed.Format+": an exporter shows what is watched during a run")
	}
	c, err := Parse(append(without(args, typed.all, f.given), own...))
	if err != nil {
		return Command{}, blame(err)
	}
	return c, nil
}

// misfit is the error of parts that do not fit.
func (f *flags) misfit(err error) error {
	if m := (experiment.Misfit{}); errors.As(err, &m) {
		return wrong("merge", cmp.Or(m.File, f.flag("merge").asTyped()), m.Want)
	}
	return err
}
