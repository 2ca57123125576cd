package command

import (
	"fmt"
	"strings"

	"github.com/spf13/pflag"

	"waza/strategy"
)

const opening = `waza simulates load balancing: requesters ask, a balancer decides, workers work.

    go run . [flags]
`

const meaning = `
Flags take one dash or two. What a flag shows behind = is its default, or what it wants.
A duration has its unit: 10ms, 1.5s, 2m, 1h. It passes on the simulated clock unless --clock=wall.
`

const examples = `
examples
  waza -strategy=least-loaded -workers=10
      ten equal workers at 80% load
  waza -strategy=all -speeds=8x1,2x0.25 \
      -fault=slow:worker=3,at=20s,for=20s,factor=5
      every strategy on unequal workers, one of which is five times slower for a while
  waza -strategy=random,power-of-two -timeout=50ms -retries=2 -load=0.95 \
      -format=json -plots=
      timeouts and retries near saturation, for a program to read
`

func (f *flags) declareHelp(s *section) {
	bindAnswer(s, "strategies", "list the strategies, and what each does", listStrategies)
	bindAnswer(s, "faults", "list the kinds of faults, and the keys that each takes", listFaults)
	bindAnswer(s, "version", "print the version, "+Version, func() string { return "waza " + Version + "\n" })
	bindAnswer(s, "help", "print this", f.helpText).Shorthand = "h"
}

// helpText shows examples, and then every flag with its default, by subject.
func (f *flags) helpText() string {
	var text strings.Builder
	text.WriteString(opening + examples + meaning)
	for _, s := range f.sections {
		text.WriteString("\n" + s.title + "\n")
		for _, v := range s.flags {
			text.WriteString(usage(v.Flag))
		}
	}
	return text.String()
}

// listStrategies shows every strategy with what it does, group by group.
func listStrategies() string {
	width := 0
	for _, name := range strategy.Names() {
		width = max(width, len(name))
	}
	list, group := "", ""
	for _, k := range strategy.Table() {
		if k.Group != group {
			group = k.Group
			list += group + "\n"
		}
		list += fmt.Sprintf("  %-*s  %s\n", width, k.Name, k.Does)
	}
	return list
}

// usage is the entry of one flag; further lines of its text stand below the first.
func usage(flag *pflag.Flag) string {
	wanted, text := pflag.UnquoteUsage(flag)
	name := "--" + flag.Name
	switch {
	case flag.Shorthand != "":
		name = "-" + flag.Shorthand + ", " + name
	case flag.DefValue != "" && flag.DefValue != "false":
		name += "=" + flag.DefValue
	case flag.NoOptDefVal == "":
		name += "=" + wanted
	}
	return fmt.Sprintf("  %-33s  %s\n", name, strings.ReplaceAll(text, "\n", "\n"+strings.Repeat(" ", 37)))
}
