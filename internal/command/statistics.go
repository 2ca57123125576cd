package command

import (
	"fmt"
	"slices"
	"strings"

	"waza/internal/experiment"
	"waza/internal/option"
	"waza/internal/simulation"
	"waza/internal/tracefile"
)

// maxReplications bounds how many seeds there are of one strategy.
const maxReplications = 10_000

func (f *flags) declareStatistics(s *section) {
	bind(s, &f.run.Warmup, option.Share(), "warmup", "10%", "share of the run that is not measured")
	bind(s, &f.Plan.Replications, option.Whole(1, maxReplications), "replications", "1",
		"so many runs of each strategy, with a seed each: figures are\nmeans over the seeds, with 95% intervals").planning()
	bind(s, &f.Plan.Baseline, baselines(), "baseline", "",
		"the `STRATEGY` with which the others are compared, seed by\nseed; without the flag the first").
		idle(func() bool { return !f.repeated() }, "--replications=2 or more beside it: one seed proves nothing").
		idle(func() bool { return len(f.run.Strategies) < 2 }, "another strategy to compare with it").
		check(f.checkBaseline).planning()
}

// baselines reads the name of a strategy, which is checked once it is known which there are.
func baselines() option.Kind[string] {
	return option.Kind[string]{
		Want:  "one of the strategies",
		Parse: func(name string) (string, error) { return name, nil },
		Show:  func(name string) string { return name },
	}
}

func (f *flags) checkBaseline() error {
	if !f.given("baseline") || slices.Contains(f.run.Strategies, f.Plan.Baseline) {
		return nil
	}
	return fmt.Errorf("want one of the strategies: %s", strings.Join(f.run.Strategies, ", "))
}

// repeated tells whether there are several runs of each strategy.
func (f *flags) repeated() bool { return f.Plan.Replications > 1 }

// planned works out which runs there are to be.
func (f *flags) planned() error {
	f.Plan.Seed = f.run.Seed
	f.Plan.Points = []experiment.Point{{Strategies: f.run.Strategies}}
	if f.Plan.Baseline == "" {
		f.Plan.Baseline = f.run.Strategies[0]
	}
	switch {
	case !f.repeated():
	case f.run.Events:
		return f.wrong("events", "want --replications=1 beside it: it tells of one run")
	case f.RequestsLog != "":
		return f.wrong("requests-log", "want --replications=1 beside it: it has the requests of one run")
	}
	return nil
}

// With returns the configuration of a run in which these settings take the place of what the command says of their flags.
func (c *Command) With(settings []experiment.Setting) (simulation.Config, error) {
	if len(settings) == 0 {
		return c.Simulation, nil
	}
	other, err := c.flags.with(settings)
	return other.Simulation, err
}

// Local tells whether the runs have to be played in the process that was given the command.
func (c *Command) Local() bool { return c.RequestsLog != "" || c.Trace == tracefile.Stdin }

// with works out the command in which the settings take the place of what was given.
func (f *flags) with(settings []experiment.Setting) (Command, error) {
	var words []string
	for _, v := range f.inOrder() {
		for _, text := range v.typed {
			if !v.plans && !isSet(v.Name, settings) {
				words = append(words, "--"+v.Name+"="+text)
			}
		}
	}
	for _, s := range settings {
		words = append(words, "--"+s.Flag+"="+s.Text)
	}
	return Parse(words)
}

// isSet tells whether a setting is of this flag, or of one that cannot stand beside it.
func isSet(name string, settings []experiment.Setting) bool {
	return slices.ContainsFunc(settings, func(s experiment.Setting) bool {
		return s.Flag == name || slices.ContainsFunc(alternatives, func(some []string) bool {
			return slices.Contains(some, name) && slices.Contains(some, s.Flag)
		})
	})
}
