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
	bindSwitch(s, &f.Verify, "verify", "false", "play systems of which theory knows what comes out, and compare:\na table, and exit status 1 if they disagree").planning().
		check(f.checkVerify)
}

// besideVerify are the flags that may stand beside --verify, which has systems of its own.
var besideVerify = []string{"verify", "seed", "quiet"}

func (f *flags) checkVerify() error {
	if !f.Verify {
		return nil
	}
	for _, v := range f.inOrder() {
		if v.given() && !slices.Contains(besideVerify, v.Name) {
			return fmt.Errorf("want no --%s beside it: it plays systems of its own", v.Name)
		}
	}
	return nil
}

// planVerify makes a point of each system.
func (f *flags) planVerify() error {
	f.Cases, f.Plots = verify.Cases(), ""
	f.Plan.Points, f.Plan.Replications = nil, verify.Replications
	f.run.Requests = verify.Requests
	for _, flags := range verify.Systems(f.Cases) {
		point := experiment.Point{Settings: settingsOf(append([]string{fmt.Sprintf("--requests=%d", verify.Requests)}, flags...))}
		c, err := f.with(point.Settings)
		if err != nil {
			return errors.New("--verify cannot play " + strings.Join(flags, " ") + ": " + err.Error())
		}
		point.Strategies = c.Simulation.Strategies
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
