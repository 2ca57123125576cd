package verify

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// width is how long a line of stories may be.
const width = 100

// published tells whether the table is one of stories.
func (r Report) published() bool { return len(r.Verdicts) > 0 && r.Verdicts[0].Story != nil }

// writeStories writes each story with its source and the commands that show it, and below it its figures.
func (r Report) writeStories(b *bytes.Buffer) {
	wrap(b, "", fmt.Sprintf("%d replications of each. A number passes if the mean is within %.2f standard errors of it, and %g %% of it; a bound,"+
		" if the mean is so many standard errors within.", r.Replications, r.Limit, 100*Allowance))
	b.WriteByte('\n')
	lines := r.rows("published")
	b.WriteString(lines[0])
	for i, v := range r.Verdicts {
		if i == 0 || v.Model != r.Verdicts[i-1].Model {
			wrap(b, "", v.Model+": "+v.Says)
			wrap(b, "  ", v.Source+". "+v.Published)
			for _, words := range r.commands(v.Model) {
				wrapCommand(b, append(words, fmt.Sprintf("--replications=%d", r.Replications)))
			}
		}
		b.WriteString(lines[i+1])
	}
	b.WriteByte('\n')
	wrap(b, "", r.sentence())
}

// commands play all systems of a story, those that differ in one flag alone by one command.
func (r Report) commands(model string) [][]string {
	var cases []Case
	for _, v := range r.Verdicts {
		if v.Model == model {
			cases = append(cases, v.Case)
		}
	}
	return commands(Systems(cases))
}

func commands(systems [][]string) (all [][]string) {
	for len(systems) > 0 {
		first, at, texts := systems[0], -1, []string(nil)
		var left [][]string
		for _, other := range systems[1:] {
			if k := theOnlyOther(first, other); k >= 0 && (at < 0 || at == k) {
				at, texts = k, append(texts, text(other[k]))
			} else {
				left = append(left, other)
			}
		}
		all, systems = append(all, several(first, at, texts)), left
	}
	return all
}

// theOnlyOther is where two systems differ, if it is in the value of one flag.
func theOnlyOther(a, b []string) int {
	if len(a) != len(b) {
		return -1
	}
	at := -1
	for i := range a {
		if a[i] == b[i] {
			continue
		}
		if at >= 0 || flagName(a[i]) != flagName(b[i]) {
			return -1
		}
		at = i
	}
	return at
}

func flagName(word string) string { return word[:strings.IndexByte(word, '=')] }
func text(word string) string     { return word[strings.IndexByte(word, '=')+1:] }

// several are the words of a system with more values of one of its flags.
func several(system []string, at int, texts []string) []string {
	words := slices.Clone(system)
	if at < 0 {
		return words
	}
	values := strings.Join(append([]string{text(words[at])}, texts...), ",")
	if name := flagName(words[at]); name == "--strategy" {
		words[at] = name + "=" + values
	} else {
		words[at] = "--sweep=" + strings.TrimPrefix(name, "--") + "=" + values
	}
	return words
}

// wrap writes words in lines.
func wrap(b *bytes.Buffer, indent, words string) { wrapped(b, indent, "", strings.Fields(words)) }

// wrapCommand writes a command that can be copied.
func wrapCommand(b *bytes.Buffer, words []string) {
	wrapped(b, "  ", " \\", append([]string{"waza"}, words...))
}

func wrapped(b *bytes.Buffer, indent, end string, words []string) {
	line := indent + words[0]
	for _, word := range words[1:] {
		if utf8.RuneCountInString(line+" "+word+end) > width {
			fmt.Fprintln(b, line+end)
			line = indent + "  " + word
			continue
		}
		line += " " + word
	}
	fmt.Fprintln(b, line)
}
