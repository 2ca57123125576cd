package command

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"waza/internal/experiment"
	"waza/internal/option"
)

// unswept are flags that shape a run and have no values to sweep, and why.
func unswept(name string) string {
	switch name {
	case "strategy":
		return "another flag: all strategies are played at each value"
	case "seed":
		return "another flag: --replications plays several seeds"
	case "clock":
		return "another flag: all runs are on one clock"
	case "trace", "trace-arrival", "trace-work":
		return "a flag that has a number, a length, a share or one of several words"
	}
	return ""
}

// sweptName is a flag, or the number and the key of one that was given.
var sweptName = regexp.MustCompile(`^([a-z][a-z0-9-]*)(?:\[([0-9]{1,3})\])?(?:\.([a-z][a-z0-9-]*))?$`)

// readSweep finds out what is swept, and which values it has.
func (f *flags) readSweep(all *flags, s *sweep) error {
	if err := f.readSwept(all, s); err != nil {
		return err
	}
	_, text, _ := strings.Cut(s.text, "=")
	values, merged, err := readValues(text, func(text string) bool { return all.takes(s, text) })
	if err != nil {
		return wrong("sweep", s.text, err.Error())
	}
	s.values, s.merged = values, merged
	return nil
}

// readSwept finds out what is swept.
func (f *flags) readSwept(all *flags, s *sweep) error {
	parts := sweptName.FindStringSubmatch(s.name)
	if parts == nil {
		return s.wrong("a flag as load, or a key of one as fault.p or fault[2].p")
	}
	s.flag, s.key = parts[1], parts[3]
	if err := f.checkSwept(s, parts[2]); err != nil {
		return err
	}
	if s.key != "" {
		return f.checkKey(all, s, parts[2])
	}
	return nil
}

// checkSwept refuses what cannot be swept, and what stands beside the sweep.
func (f *flags) checkSwept(s *sweep, number string) error {
	is := f.all.Lookup(s.flag)
	if is == nil {
		var names []string
		for _, v := range f.inOrder() {
			names = append(names, v.Name)
		}
		return s.wrong("a flag that --help lists%s", option.Suggestion(s.flag, names))
	}
	v := is.Value.(*flag)
	shapes := slices.ContainsFunc(f.sections, func(part *section) bool { return part.shapes && slices.Contains(part.flags, v) })
	switch why := unswept(s.flag); {
	case !shapes || v.plans:
		return s.wrong("a flag that shapes a run, and --%s does not", s.flag)
	case why != "":
		return s.wrong("%s", why)
	case v.several != nil && s.key == "":
		return s.wrong("a key of --%s, as in %s.KEY", s.flag, s.flag)
	case number != "" && (v.several == nil || s.key == ""):
		return s.wrong("no number behind --%s", s.flag)
	case s.key == "" && v.given() && s.by == "sweep":
		return s.wrong("no --%s beside it: the sweep says its values", s.flag)
	case s.key == "":
		for _, some := range alternatives {
			if slices.Contains(some, s.flag) {
				for _, other := range some {
					if other != s.flag && f.given(other) {
						return s.wrong("no --%s beside it", other)
					}
				}
			}
		}
	}
	return nil
}

// checkKey refuses a key of a flag that is not there or of which nobody can tell which is meant.
// What the flag says of the key, which it may have to, gives way to the sweep.
func (f *flags) checkKey(all *flags, s *sweep, number string) error {
	v, n := all.flag(s.flag), len(all.flag(s.flag).typed)
	if v.several != nil {
		s.number = 1
		if number != "" {
			s.number, _ = strconv.Atoi(number) // it has up to three digits
		}
		switch {
		case n == 0:
			return s.wrong("--%s beside it, of which it sweeps a key", s.flag)
		case number == "" && n > 1:
			return s.wrong("%s[1].%s to %s[%d].%s: there are %d of them", s.flag, s.key, s.flag, n, s.key, n)
		case s.number < 1 || s.number > n:
			return s.wrong("a number from 1 to %d: there are so many of --%s", n, s.flag)
		}
	}
	return nil
}

// base is the text of the flag to which the key of a sweep is added.
func (f *flags) base(s *sweep) string {
	v := f.flag(s.flag)
	switch {
	case s.number > 0:
		return v.typed[s.number-1]
	case v.given():
		return v.typed[0]
	case v.DefValue == "none":
		return ""
	}
	return v.DefValue
}

// without are the texts of a flag without the key that is swept.
func (f *flags) without(s *sweep) []string {
	texts := slices.Clone(f.flag(s.flag).typed)
	if at := max(0, s.number-1); at < len(texts) {
		texts[at] = keyless(texts[at], s.key)
	}
	return texts
}

// keyed is KIND:key=value,… with another value of that key.
func keyed(text, key, value string) string {
	text = keyless(text, key)
	switch {
	case text == "" || text == "on":
		return key + "=" + value
	case strings.ContainsAny(text, ":=,"):
		return text + "," + key + "=" + value
	}
	return text + ":" + key + "=" + value
}

// keyless is KIND:key=value,… without that key. A value that stands first without a name has that of the kind, as in rate:100/s.
func keyless(text, key string) string {
	kind, rest, found := strings.Cut(text, ":")
	if !found {
		kind, rest = "", text
	}
	var parts []string
	for part := range strings.SplitSeq(rest, ",") {
		if unnamed := kind == key && !strings.Contains(part, "="); !unnamed && !strings.HasPrefix(part, key+"=") {
			parts = append(parts, part)
		}
	}
	rest = strings.Join(parts, ",")
	if found && rest != "" {
		return kind + ":" + rest
	}
	return kind + rest
}

// takes tells whether the flag by itself may have that value.
func (f *flags) takes(s *sweep, text string) bool {
	if s.key != "" {
		text = keyed(f.base(s), s.key, text)
	}
	other := declareFlags(f.known.forOther())
	return other.flag(s.flag).set(text) == nil
}

// settingsAt are those of the point with these values, one of each sweep. Of a flag that repeats all texts are set.
func (f *flags) settingsAt(all *flags, values []quantity) []experiment.Setting {
	texts := map[string][]string{}
	var order []string
	for i, s := range f.sweeps {
		if texts[s.flag] == nil {
			order = append(order, s.flag)
			texts[s.flag] = slices.Clone(all.flag(s.flag).typed)
		}
		at, text := max(0, s.number-1), values[i].text
		if s.key != "" {
			base := all.base(s)
			if at < len(texts[s.flag]) {
				base = texts[s.flag][at] // of which the other sweep may have set another key
			}
			text = keyed(base, s.key, text)
		}
		if at < len(texts[s.flag]) {
			texts[s.flag][at] = text
		} else {
			texts[s.flag] = []string{text}
		}
	}
	var settings []experiment.Setting
	for _, flag := range order {
		for _, text := range texts[flag] {
			settings = append(settings, experiment.Setting{Flag: flag, Text: text})
		}
	}
	return settings
}

// wordsWith are those of the command in which the settings take the place of what was given, with or without the flags that say which
// runs there are to be. A scenario has been replaced by its flags.
func (f *flags) wordsWith(settings []experiment.Setting, planned bool) []string {
	var words []string
	for _, v := range f.inOrder() {
		for _, text := range v.typed {
			if v.Name != "scenario" && v.Name != "sweep" && v.Name != "find" && (planned || !v.plans) && !isSet(v.Name, settings) {
				words = append(words, fmt.Sprintf("--%s=%s", v.Name, text))
			}
		}
	}
	for _, s := range settings {
		words = append(words, "--"+s.Flag+"="+s.Text)
	}
	return words
}
