package command

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"waza/internal/experiment"
	"waza/internal/option"
	"waza/internal/simulation"
	"waza/internal/statistics"
	"waza/internal/tracefile"
	"waza/report"
)

// maxReplications bounds how many seeds there are of one strategy.
const maxReplications = 10_000

func (f *flags) declareStatistics(s *section) {
	f.declareWarmup(s)
	bind(s, &f.Plan.Replications, option.Whole(1, maxReplications), "replications", "1",
		"so many runs of each strategy, with a seed each: figures are means over the seeds, with 95% intervals").planning()
	bind(s, &f.Plan.Most, option.Whole(2, maxReplications), "max-replications", "100", "of each strategy, with --until or --select").
		idle(func() bool { return f.Plan.Until == nil && f.Plan.Select == nil }, "--until or --select beside it: without, there are as many as --replications says").
		check(f.checkMostReplications).planning()
	bind(s, &f.Plan.Until, narrowings(), "until", "none",
		"such as p99:5%: more replications, from ten on, until the half-width of that figure's interval is at most so much of its mean").planning()
	bind(s, &f.Plan.Select, selections(), "select", "none",
		"such as p99:1%: more replications, from ten on, of those that may be best, until one strategy is left; differences below that share of the best mean do not matter; of a latency, among those whose requests fail least over the first ten").
		check(f.checkSelect).planning()
	f.declareSweep(s)
	f.declareFind(s)
	f.declareSLO(s)
	bind(s, &f.Plan.Baseline, baselines(), "baseline", "",
		"the `STRATEGY` with which the others are compared, seed by seed; without the flag the first").
		idle(func() bool { return !f.repeated() }, "--replications=2 or more beside it: one seed proves nothing").
		idle(func() bool { return len(f.run.Strategies) < 2 }, "another strategy to compare with it").
		check(f.checkBaseline).planning()
}

// narrowings reads the figure of which the interval is to be narrow, and how narrow.
func narrowings() option.Kind[*experiment.Until] {
	return figureAndShare(func(f report.Figure, share float64) *experiment.Until {
		return &experiment.Until{Figure: f, Share: share}
	},
		func(u *experiment.Until) (report.Figure, float64) { return u.Figure, u.Share })
}

// selections reads the figure by which a strategy is best, and from which share on a difference matters.
func selections() option.Kind[*experiment.Select] {
	return figureAndShare(func(f report.Figure, share float64) *experiment.Select {
		return &experiment.Select{Figure: f, Share: share}
	},
		func(s *experiment.Select) (report.Figure, float64) { return s.Figure, s.Share })
}

// figureAndShare reads a figure and a share of it, or none.
func figureAndShare[T any](of func(report.Figure, float64) *T, parts func(*T) (report.Figure, float64)) option.Kind[*T] {
	names, share := figureNames(), option.Percentage()
	k := option.Kind[*T]{Want: "none, or a figure and a share of it such as p99:5%; figures are " + strings.Join(names, ", ")}
	k.Parse = func(text string) (*T, error) {
		if text == "none" {
			return nil, nil
		}
		name, rest, _ := strings.Cut(text, ":")
		figure, found := report.FigureNamed(name)
		if !found {
			return nil, errors.New("want " + k.Want + option.Suggestion(name, names))
		}
		is, err := share.Parse(rest)
		if err != nil || is <= 0 {
			return nil, errors.New("want a share above 0% and at most 100% behind the figure, as in " + name + ":5%")
		}
		return of(figure, is), nil
	}
	k.Show = func(is *T) string {
		if is == nil {
			return "none"
		}
		figure, part := parts(is)
		return figure.Name + ":" + share.Show(part)
	}
	return k
}

// checkMostReplications refuses fewer replications at most than there are in any case.
func (f *flags) checkMostReplications() error {
	if least := max(f.Plan.Replications, statistics.FirstStage); (f.Plan.Until != nil || f.Plan.Select != nil) && f.Plan.Most < least {
		return fmt.Errorf("want at least %d: there are so many before anybody looks whether more are needed", least)
	}
	return nil
}

func (f *flags) checkSelect() error {
	switch {
	case f.Plan.Select == nil:
		return nil
	case f.Plan.Until != nil:
		return errors.New("want only one of --select and --until")
	case len(f.run.Strategies) < 2:
		return errors.New("want two strategies or more: one is the best of one")
	}
	return nil
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
func (f *flags) repeated() bool { return f.Plan.First() > 1 }

// planned works out which runs there are to be.
func (f *flags) planned() error {
	f.Plan.Seed = f.run.Seed
	if f.Table = f.table(); f.Table != nil {
		return f.planTable()
	}
	f.Plan.Points = []experiment.Point{{Strategies: f.run.Strategies, FindWarmup: f.run.FindWarmup, Requests: requestsOf(f.run)}}
	if f.Plan.Baseline == "" {
		f.Plan.Baseline = f.run.Strategies[0]
	}
	if n := len(f.run.Strategies) * f.Plan.First(); n > maxPieces {
		return f.wrong("replications", fmt.Sprintf("want at most %s runs, of all strategies and replications", option.Grouped(maxPieces)))
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

// requestsOf is how many requests there are in a run; 0: time ends it, and nobody knows.
func requestsOf(c *simulation.Config) int {
	if c.Duration > 0 {
		return 0
	}
	return c.Requests
}

// With returns the configuration of a run in which these settings take the place of what the command says of their flags.
func (c *Command) With(settings []experiment.Setting) (simulation.Config, error) {
	if len(settings) == 0 {
		return c.Simulation, nil
	}
	other, err := c.flags.with(settings)
	return other.Simulation, err
}

// Single are the arguments of the command without those that say which runs there are to be: of a process that plays some of them.
func (c *Command) Single() []string { return c.flags.wordsWith(nil, false) }

// Local tells whether the runs have to be played in the process that was given the command.
func (c *Command) Local() bool { return c.RequestsLog != "" || c.Trace == tracefile.Stdin }

// with works out the command in which the settings take the place of what was given.
func (f *flags) with(settings []experiment.Setting) (Command, error) {
	return f.at(settings, false)
}

// isSet tells whether a setting is of this flag, or of one that cannot stand beside it.
func isSet(name string, settings []experiment.Setting) bool {
	return slices.ContainsFunc(settings, func(s experiment.Setting) bool {
		return s.Flag == name || slices.ContainsFunc(alternatives, func(some []string) bool {
			return slices.Contains(some, name) && slices.Contains(some, s.Flag)
		})
	})
}
