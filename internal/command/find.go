package command

import (
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"waza/internal/experiment"
	"waza/internal/option"
	"waza/report"
	"waza/report/document"
)

// --find is a sweep whose values nobody knows beforehand: the experiment asks for the point of a value when it wants to try it.

// usualSeeds is how many replications a search has where nobody says another number: one seed finds what was good for that seed.
const usualSeeds = 5

func (f *flags) declareFind(s *section) {
	const want = "a flag that has a number, a length or a share"
	bind(s, &f.sought, option.Text(want), "find", "", "the `FLAG` (or a key of it) of which each strategy gets the smallest "+
		"value that keeps --slo, of load and rate the largest (if there is none to that side, the other end): doubled or halved from the value that the flag has, until two in a row bring nothing, then bisected, "+
		"to the unit or to 1%; "+fmt.Sprint(usualSeeds)+" seeds unless --replications is there. The value is one that was kept on the seeds of the search. "+
		"As many fresh ones check it, and say how sure it is that --slo, and nothing else, is kept; where they refute it, the next easier value that they keep is told, or none, and then the exit status is 1").
		idle(f.ungiven("find"), "").planning()
}

// finding works out the command of a search: the configuration is that of the value at which it begins.
func (f *flags) finding(args []string) (Command, error) {
	if err := f.checkFind(); err != nil {
		return Command{}, err
	}
	var err error
	all := f // all flags, also those of the scenario
	if f.Scenario != nil {
		if all, err = f.scenic(args); err != nil {
			return Command{}, err
		}
	}
	if !all.given("replications") {
		if err = all.flag("replications").Set(strconv.Itoa(usualSeeds)); err != nil {
			return Command{}, err
		}
	}
	s := &sweep{by: "find", text: f.sought, name: f.sought}
	if err = f.readSwept(all, s); err != nil {
		return Command{}, err
	}
	from, err := all.start(s)
	if err != nil {
		return Command{}, err
	}
	f.sweeps = []*sweep{s} // of which all points are
	c, err := f.walk(all, [][]quantity{{from}})
	if err != nil {
		return Command{}, err
	}
	if err = f.checkFound(&c); err != nil {
		return Command{}, err
	}
	f.tellFind(all, s, &c)
	c.Plan.Find = f.plannedFind(all, s, from)
	c.Words = typeable(args)
	c.Line = strings.Join(c.Words, " ")
	if c.Scenario = f.Scenario; c.Scenario != nil {
		c.Whole, c.Changed, c.Title = all.whole(), f.changed(), "scenario "+f.Scenario.Name+", "+c.Title
	}
	return c, nil
}

// checkFind refuses what cannot stand beside a search.
func (f *flags) checkFind() error {
	switch {
	case len(f.sweeps) > 0:
		return f.wrong("find", "want no --sweep beside it: it chooses the values itself")
	case f.Plan.Until != nil:
		return f.wrong("find", "want no --until beside it: each value has --replications seeds")
	case f.Plan.Select != nil:
		return f.wrong("find", "want no --select beside it: each strategy has a search of its own")
	case f.Plan.Part.Of > 0:
		return f.wrong("find", "want no --part beside it: what is to be played follows from what was played")
	case len(f.Plan.SLO) == 0:
		return f.wrong("find", "want --slo beside it, which says what is to be kept, as in p99:50ms")
	}
	return nil
}

// checkFound refuses output that tells of one run, also where it is the scenario that asks for it.
func (f *flags) checkFound(c *Command) error {
	switch {
	case c.Plan.Points[0].FindWarmup:
		return f.wrong("find", "want a share or a length as --warmup beside it: all values are to have the same")
	case c.Simulation.Events:
		return f.wrong("events", "want no --find beside it: it tells of one run")
	case c.RequestsLog != "":
		return f.wrong("requests-log", "want no --find beside it: it has the requests of one run")
	case c.Format == "prometheus":
		return f.wrong("format", "want text, json or csv beside --find: an exporter tells of one system")
	}
	return nil
}

// start is the value at which a search begins: that of the flag, or its default.
func (f *flags) start(s *sweep) (quantity, error) {
	text := f.base(s)
	if s.key != "" {
		_, rest, _ := strings.Cut(","+text[strings.Index(text, ":")+1:], ","+s.key+"=")
		text, _, _ = strings.Cut(rest, ",")
	}
	q := readQuantity(text)
	if unfound(s.flag) {
		return q, s.wrong("a flag of what is measured, and --%s says how it is measured", s.flag)
	}
	if q.number != nil && (q.number.Sign() > 0 || q.number.Sign() == 0 && f.takesWhole(s, q)) {
		return q, nil
	}
	const wanted = "a number, a length or a share above 0, where the search begins"
	switch {
	case text == "" || text == "none":
	case q.number == nil:
		return q, s.wrong("%s, and --%s is %s, which is no number", wanted, s.name, option.Printable(text))
	case f.given(s.flag):
		return q, s.wrong("%s, and --%s is %s", wanted, s.name, option.Printable(text))
	}
	if s.key != "" {
		return q, s.wrong("--%s with %s=…, where the search begins: a number, a length or a share above 0", s.flag, s.key)
	}
	return q, s.wrong("--%s=… beside it, where the search begins: a number, a length or a share above 0", s.flag)
}

// unfound are flags that say how much is measured, and not what: which of their values keeps an objective says nothing of the system.
func unfound(flag string) bool {
	return slices.Contains([]string{"warmup", "requests", "duration"}, flag)
}

// takesWhole tells whether what is looked for takes whole numbers only.
func (f *flags) takesWhole(s *sweep, q quantity) bool {
	half := big.NewRat(1, 2)
	more, less := new(big.Rat).Add(q.number, half), new(big.Rat).Sub(q.number, half)
	return q.unit == "" && q.number.IsInt() && !f.takes(s, decimal(more)) && !f.takes(s, decimal(less))
}

// tellFind says in the settings what is looked for, and that its flag has no one value.
func (f *flags) tellFind(all *flags, s *sweep, c *Command) {
	for i := range c.Settings {
		switch one := &c.Settings[i]; one.Name {
		case "find":
			one.Text = s.name
			one.Value = one.Text
		case "sweep":
			*one = document.Setting{Name: one.Name}
		case s.flag:
			*one = document.Setting{Name: one.Name}
			if s.key != "" {
				one.Text = option.Escaped(strings.Join(all.without(s), " "))
				one.Value = one.Text
			}
		}
	}
	grows := s.flag == "workers" || s.flag == "concurrency"
	if grows && !all.isClosed() && !all.isTraced() && !all.isGapped() && !all.given("rate") {
		c.Notes = append(c.Notes, fmt.Sprintf("--find=%s: --load is a share of what the workers can do, so more of them get more requests; "+
			"--rate says how many there are", s.name))
	}
}

// plannedFind is how the experiment searches.
func (f *flags) plannedFind(all *flags, s *sweep, from quantity) *experiment.Find {
	is := &experiment.Find{Flag: s.name, Largest: s.flag == "load" || s.flag == "rate", Whole: all.takesWhole(s, from)}
	is.From, _ = from.number.Float64()
	is.At = func(value float64) (experiment.Point, error) {
		q := from
		if value != is.From {
			exact, _ := new(big.Rat).SetString(option.FormatDecimal(value))
			q = quantityOf(exact, from.unit)
		}
		return f.pointAt(all, q)
	}
	return is
}

// pointAt is the point of the first sweep with that value. It says which value also if the command cannot be run with it.
func (f *flags) pointAt(all *flags, q quantity) (experiment.Point, error) {
	s := f.sweeps[0]
	point := experiment.Point{
		Settings: f.settingsAt(all, []quantity{q}),
		Swept:    []report.Swept{{Flag: s.name, Value: q.value(), Text: q.text}},
	}
	c, err := all.at(point.Settings, false)
	if err != nil {
		text := err.Error()
		for _, set := range point.Settings {
			text = strings.TrimPrefix(text, "--"+set.Flag+"="+option.Printable(set.Text)+": ")
		}
		return point, errors.New(text)
	}
	point.Strategies = c.Simulation.Strategies
	return point, nil
}
