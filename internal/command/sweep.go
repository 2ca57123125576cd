package command

import (
	"fmt"
	"slices"
	"strings"

	"waza/internal/experiment"
	"waza/internal/option"
	"waza/report"
	"waza/report/document"
)

// A sweep plays the runs of a command with one value of a flag after the other, or of a key of a flag. Each value is a setting, and the
// command of a point is worked out as if its settings had been typed.

// maxPieces bounds how many runs one command plays.
const maxPieces = 100_000

// A sweep is what one --sweep says.
type sweep struct {
	by     string // the flag that says so: sweep or find
	text   string // as it was typed
	name   string // what is swept: load, fault.p, fault[2].p
	flag   string
	key    string // of the flag; empty: its whole value
	number int    // of several that were given, from 1; 0: there is no other
	values []quantity
	merged int // of a geometric progression, values that rounding made equal to others
}

func (f *flags) declareSweep(s *section) {
	const want = "FLAG=from:to:step, FLAG=from:to:xN or FLAG=a,b,c"
	s.add(&flag{
		want: want,
		set: func(text string) error {
			if len(f.sweeps) == 2 {
				return fmt.Errorf("want at most two sweeps, and --sweep=%s is the second", option.Printable(f.sweeps[1].text))
			}
			name, values, found := strings.Cut(text, "=")
			if !found || name == "" || values == "" {
				return fmt.Errorf("want %s", want)
			}
			f.sweeps = append(f.sweeps, &sweep{by: "sweep", text: text, name: name})
			return nil
		},
		several: func() (texts []string) {
			for _, s := range f.sweeps {
				texts = append(texts, s.text)
			}
			return texts
		},
		value: func() any { return nil },
	}, "sweep", "", "`FLAG`=from:to:step, FLAG=from:to:xN (N values in geometric progression, to four digits or to whole numbers; equal ones are one) or FLAG=a,b,c: play all strategies at each value "+
		"of a flag, or of a key of it as fault.p, fault[2].p of the second --fault; given twice, at each pair of values").
		idle(f.ungiven("sweep"), "").planning()
}

// wrong is the error of a sweep.
func (s *sweep) wrong(format string, a ...any) error {
	return wrong(s.by, s.text, fmt.Sprintf("want "+format, a...))
}

// swept works out the command of several sweeps: the configuration is that of its first point.
func (f *flags) swept(args []string) (Command, error) {
	var err error
	all := f // all flags, also those of the scenario
	if f.Scenario != nil {
		if all, err = f.scenic(args); err != nil {
			return Command{}, err
		}
	}
	for i, s := range f.sweeps {
		if err = f.readSweep(all, s); err != nil {
			return Command{}, err
		}
		if i == 1 && s.name == f.sweeps[0].name {
			return Command{}, s.wrong("another flag: the first sweep is of --%s, too", s.name)
		}
	}
	if err = f.countPieces(1); err != nil {
		return Command{}, err
	}
	c, err := f.walk(all, f.grid())
	if err != nil {
		return Command{}, err
	}
	switch {
	case c.Simulation.Events:
		return Command{}, f.wrong("events", "want no --sweep beside it: it tells of one run")
	case c.RequestsLog != "":
		return Command{}, f.wrong("requests-log", "want no --sweep beside it: it has the requests of one run")
	case c.Format == "prometheus":
		return Command{}, f.wrong("format", "want text, json or csv beside --sweep: an exporter tells of one system")
	}
	for _, s := range f.sweeps {
		if s.merged > 0 {
			c.Notes = append(c.Notes, fmt.Sprintf("--sweep=%s: %d of the values are equal to others once rounded, so that there are %d", s.text, s.merged, len(s.values)))
		}
	}
	c.typedAs(args, all.all)
	if c.Scenario = f.Scenario; c.Scenario != nil {
		c.Whole, c.Changed, c.Title = all.whole(), f.changed(), "scenario "+f.Scenario.Name+", "+c.Title
	}
	return c, f.countPieces(c.Plan.AtOnce() / len(c.Plan.Points))
}

// scenic are the flags of the scenario and those that were given beside it, but for what they sweep.
func (f *flags) scenic(args []string) (*flags, error) {
	var words []string
	for _, word := range f.Scenario.Words() {
		if name := nameOf(word); !f.replaces(name) && !f.sweepsAll(name) {
			words = append(words, word)
		}
	}
	return read(append(words, args...), f.known)
}

// sweepsAll tells whether a sweep takes the place of the flag.
func (f *flags) sweepsAll(name string) bool {
	return slices.ContainsFunc(f.sweeps, func(s *sweep) bool { return isSet(name, []experiment.Setting{{Flag: s.name}}) })
}

// countPieces refuses more runs than one command plays.
func (f *flags) countPieces(strategies int) error {
	pieces := strategies * f.Plan.First()
	for _, s := range f.sweeps {
		pieces *= len(s.values)
		if pieces > maxPieces {
			return s.wrong("at most %s runs, of all values, strategies and replications", option.Grouped(maxPieces))
		}
	}
	return nil
}

// grid are the points of all sweeps, of which the first is the outer; each has a value of each of them.
func (f *flags) grid() [][]quantity {
	points := [][]quantity{nil}
	for _, s := range f.sweeps {
		var longer [][]quantity
		for _, point := range points {
			for _, v := range s.values {
				longer = append(longer, append(slices.Clone(point), v))
			}
		}
		points = longer
	}
	return points
}

// walk works out the command of every point, and returns that of the first, with the plan of all.
func (f *flags) walk(all *flags, grid [][]quantity) (Command, error) {
	var first Command
	var points []experiment.Point
	for i, values := range grid {
		point := experiment.Point{Settings: f.settingsAt(all, values)}
		for k, s := range f.sweeps {
			point.Swept = append(point.Swept, report.Swept{Flag: s.name, Value: values[k].value(), Text: values[k].text})
		}
		c, err := all.at(point.Settings, i == 0)
		if err != nil {
			return Command{}, f.blame(all, values, point.Settings, err)
		}
		if i == 0 {
			first = c
		}
		point.Strategies, point.FindWarmup, point.Requests = c.Simulation.Strategies, c.Simulation.FindWarmup, requestsOf(&c.Simulation)
		first.Settings = inCommon(first.Settings, c.Settings)
		first.Title = titleInCommon(first.Title, c.Title)
		points = append(points, point)
	}
	first.Plan.Points = points
	for _, s := range f.sweeps {
		first.Title += ", " + option.Printable(s.text)
	}
	for i := range first.Settings {
		switch s := &first.Settings[i]; {
		case s.Name == "sweep":
			s.Text = option.Escaped(f.flag("sweep").String())
			s.Value = s.Text
		case s.Value == nil:
			for _, one := range f.sweeps {
				if one.flag == s.Name && one.key != "" {
					s.Text = strings.Join(all.without(one), " ")
					s.Value = s.Text
				}
			}
		}
	}
	return first, nil
}

// at works out the command of a point. That of the first has also the flags that say which runs there are to be.
func (f *flags) at(settings []experiment.Setting, planned bool) (Command, error) {
	words := f.wordsWith(settings, planned)
	other, err := read(words, f.known.forOther())
	if err != nil {
		return Command{}, err
	}
	return other.command(words)
}

// inCommon leaves no value where two commands differ.
func inCommon(these, those []document.Setting) []document.Setting {
	common := slices.Clone(these)
	for i := range common {
		if common[i].Value != those[i].Value {
			common[i] = document.Setting{Name: common[i].Name}
		}
	}
	return common
}

// titleInCommon leaves out the parts of a title that another does not have.
func titleInCommon(this, that string) string {
	parts, others := strings.Split(this, ", "), strings.Split(that, ", ")
	return strings.Join(slices.DeleteFunc(parts, func(part string) bool { return !slices.Contains(others, part) }), ", ")
}

// blame says at which value a command is wrong, unless it is without the sweep, too.
func (f *flags) blame(all *flags, values []quantity, settings []experiment.Setting, err error) error {
	if _, alone := all.at(nil, true); alone != nil && alone.Error() == err.Error() {
		return err
	}
	s, at, text := f.sweeps[0], "", err.Error()
	for i, one := range f.sweeps {
		if i > 0 {
			at += " and "
		}
		at += one.name + "=" + option.Printable(values[i].text)
		for _, set := range settings {
			if rest, own := strings.CutPrefix(text, "--"+set.Flag+"="+option.Printable(set.Text)+": "); own && set.Flag == one.flag {
				s, text = one, rest
			}
		}
	}
	return wrong(s.by, s.text, "at "+at+" "+text)
}
