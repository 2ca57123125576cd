package command

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"waza/internal/experiment"
	"waza/internal/verify"
)

func (f *flags) declareVerify(s *section) {
	bindSwitch(s, &f.verify, "verify", "false", "play systems of which theory knows what comes out, and compare: a table, and exit status 1 if they disagree").planning().
		check(func() error { return f.checkAlone(f.verify, "verify") })
	bindSwitch(s, &f.stories, "stories", "false", "play systems of which something was published, and compare: a table, and exit status 1 if they disagree").planning().
		check(func() error { return f.checkAlone(f.stories, "stories") })
}

// checkAlone refuses other flags beside one that has systems of its own.
func (f *flags) checkAlone(asked bool, name string) error {
	if !asked {
		return nil
	}
	for _, v := range f.inOrder() {
		if v.given() && !slices.Contains([]string{name, "seed", "quiet"}, v.Name) {
			return fmt.Errorf("want no --%s beside it: it plays systems of its own", v.Name)
		}
	}
	return nil
}

// table is what is to be judged; nil: nothing.
func (f *flags) table() *verify.Table {
	var t verify.Table
	switch {
	case f.verify:
		t = verify.Theory()
	case f.stories:
		t = verify.Stories()
	default:
		return nil
	}
	return &t
}

// planTable makes a point of each system.
func (f *flags) planTable() error {
	f.Plots, f.Plan.Points, f.Plan.Replications = "", nil, f.Table.Replications
	f.run.Requests = max(f.run.Requests, f.Table.Requests)
	for _, flags := range verify.Systems(f.Table.Cases) {
		point := experiment.Point{Settings: settingsOf(f.Table.Settings(flags))}
		c, err := f.with(point.Settings)
		if err != nil {
			return errors.New("--" + f.Table.Flag + " cannot play " + strings.Join(flags, " ") + ": " + err.Error())
		}
		point.Strategies, point.Requests = c.Simulation.Strategies, requestsOf(&c.Simulation)
		f.Plan.Points = append(f.Plan.Points, point)
	}
	return nil
}

// settingsOf reads words of the form --flag=text.
func settingsOf(words []string) (settings []experiment.Setting) {
	for _, word := range words {
		name, text, _ := strings.Cut(strings.TrimPrefix(word, "--"), "=")
		settings = append(settings, experiment.Setting{Flag: name, Text: text})
	}
	return settings
}
