package document

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"waza/internal/option"
	"waza/report"
)

// A page is a text whose prose is wrapped.
type page struct {
	bytes.Buffer
	width int // of prose, in columns
}

// A note is said of a run. Runs that differ only in its values share it, and then it says from what to what they reach.
type note struct {
	says   string // with a %s for each value
	values []value
}

// A value is a number that a note tells.
type value struct {
	of   float64
	text func(float64) string
}

func plain(says string) note { return note{says: strings.ReplaceAll(says, "%", "%%")} }

// count is a value that tells a number of things.
func count(n report.Count, thing string) value {
	return value{float64(n), func(n float64) string { return counted(report.Count(n), thing) }}
}

// many is a value that tells a number of what the note names itself.
func many(n report.Count) value {
	return value{float64(n), func(n float64) string { return Number(report.Count(n)) }}
}

// seconds is a value that tells a time.
func seconds(of float64) value { return value{of, inUnits} }

// mostDifferent is how many notes there may be that are not said of all of many runs alike.
const mostDifferent = 20

// noted writes what is to be said of the runs, once for all runs of which the same is said.
func (p *page) noted(runs []report.Result, say func(*report.Result) []note) {
	var order []string
	notes, of := map[string][]note{}, map[string][]*report.Result{}
	for i := range runs {
		for _, n := range say(&runs[i]) {
			if of[n.says] == nil {
				order = append(order, n.says)
			}
			notes[n.says] = append(notes[n.says], n)
			of[n.says] = append(of[n.says], &runs[i])
		}
	}
	rest := 0
	if len(runs) > mostSentences && len(order) > mostDifferent {
		order, rest = order[:mostDifferent], len(order)-mostDifferent
	}
	for _, says := range order {
		p.prose(who(of[says], runs) + shared(notes[says]))
	}
	if rest > 0 {
		p.prose(fmt.Sprintf("and %s more, of some of the runs", counted(report.Count(rest), "note")))
	}
}

// who names some of the runs, before what is said of them; all need not be named.
func who(some []*report.Result, all []report.Result) string {
	if len(some) == len(all) {
		return ""
	}
	if all[0].Swept != nil {
		return whoSwept(some, all)
	}
	var named, others []string
	for i := range all {
		if slices.Contains(some, &all[i]) {
			named = append(named, labelOf(&all[i]))
		} else {
			others = append(others, labelOf(&all[i]))
		}
	}
	if 2*len(others) < len(named) {
		return "all but " + enumerated(others) + ": "
	}
	return strings.Join(named, ", ") + ": "
}

// enumerated joins names, with an and before the last.
func enumerated(names []string) string {
	last := len(names) - 1
	if last < 1 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:last], ", ") + " and " + names[last]
}

// shared is what equal notes say together.
func shared(notes []note) string {
	var texts []any
	for i, v := range notes[0].values {
		low, high := v.of, v.of
		for _, n := range notes {
			low, high = min(low, n.values[i].of), max(high, n.values[i].of)
		}
		texts = append(texts, span(v.text(low), v.text(high)))
	}
	return fmt.Sprintf(notes[0].says, texts...)
}

// span tells from what to what something reaches, the unit once where it is the same.
func span(low, high string) string {
	if low == high {
		return low
	}
	if number, unit, _ := strings.Cut(low, " "); unit != "" && strings.HasSuffix(high, " "+unit) {
		return number + " to " + high
	}
	return low + " to " + high
}

// prose writes a text. A number, what stands behind its ± and its unit stay together.
func (p *page) prose(text string) {
	var items []string
	for _, word := range strings.Fields(text) {
		last := len(items) - 1
		if last >= 0 && strings.HasSuffix(items[last], "±") {
			items[last] += " " + word
			continue
		}
		switch strings.Trim(word, ",;.:)") {
		case "±", "%", "s", "ms", "µs", "ns":
			if last >= 0 {
				items[last] += " " + word
				continue
			}
		}
		items = append(items, word)
	}
	p.wrapped(items, " ")
}

// indent stands before what continues a line.
const indent = "  "

// wrapped writes items in lines no wider than the page. An item that has no room in a line of its own is parted at its commas, and where
// it has none, anywhere.
func (p *page) wrapped(items []string, between string) {
	line := ""
	for i, item := range items {
		if i < len(items)-1 {
			item += between
		}
		for _, part := range p.parted(item) {
			if line != "" && wide(strings.TrimRight(line+part, " ")) > p.width {
				fmt.Fprintln(p, strings.TrimRight(line, " "))
				line = indent
			}
			line += part
		}
	}
	fmt.Fprintln(p, line)
}

// parted returns the parts of an item, each of which has room in a line.
func (p *page) parted(item string) (parts []string) {
	room := max(1, p.width-len(indent))
	if wide(strings.TrimRight(item, " ")) <= room {
		return []string{item}
	}
	for _, part := range breakable(item) {
		runes := []rune(part)
		for ; len(runes) > room; runes = runes[room:] {
			parts = append(parts, string(runes[:room]))
		}
		parts = append(parts, string(runes))
	}
	return parts
}

// breakable are the parts between which a value may be broken: lists stand with commas or slashes between.
func breakable(item string) (parts []string) {
	for item != "" {
		end := strings.IndexAny(item, ",/") + 1
		if end == 0 {
			end = len(item)
		}
		parts, item = append(parts, item[:end]), item[end:]
	}
	return parts
}

// wide is how many columns a text takes.
func wide(text string) int { return utf8.RuneCountInString(text) }

// command writes the words of a command so that it can be copied from there: the shell joins lines that end in \. A word that has no
// room in a line is parted at its commas and slashes, unless it is quoted: then it is as long as it is.
func (p *page) command(words []string) {
	room, line := p.width-len(" \\"), ""
	for i, word := range words {
		parts := []string{word}
		if wide(word) > room-len(indent) && !strings.Contains(word, "'") {
			parts = breakable(word)
		}
		for j, part := range parts {
			between, start := "", ""
			if j == 0 && i > 0 {
				between, start = " ", indent
			}
			if line != "" && wide(line+between+part) > room {
				fmt.Fprintln(p, line+between+"\\")
				line, between = start, ""
			}
			line += between + part
		}
	}
	fmt.Fprintln(p, line)
}

// visible writes control characters, and bytes that are no text, as escapes: a terminal would obey them.
func visible(s string) string { return option.Legible(s, unicode.IsGraphic) }
