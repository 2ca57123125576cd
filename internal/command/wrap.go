package command

import (
	"strings"
	"unicode/utf8"
)

// gap is what stands between two columns.
const gap = "  "

// Wrapped is the text in lines of so many columns. What has no room in its line goes on below, under the column that it is in,
// and where there is one column, further to the right than an entry below it.
func (a Answer) Wrapped(columns int) string {
	var text strings.Builder
	for line := range strings.Lines(string(a)) {
		text.WriteString(wrapped(strings.TrimSuffix(line, "\n"), columns) + "\n")
	}
	return text.String()
}

// wrapped breaks a line between words of what follows the last gap in it. Words stay whole, however long they are.
func wrapped(line string, columns int) string {
	if utf8.RuneCountInString(line) <= columns {
		return line
	}
	begin, indent := 0, 2*len(gap)
	if last := strings.LastIndex(line, gap); last >= 0 {
		begin = last + len(gap)
		indent = min(utf8.RuneCountInString(line[:begin]), columns/2)
	}
	text, at := line[:begin], utf8.RuneCountInString(line[:begin])
	for i, word := range strings.Fields(line[begin:]) {
		wide := utf8.RuneCountInString(word)
		switch {
		case i > 0 && at+1+wide > columns:
			text += "\n" + strings.Repeat(" ", indent)
			at = indent
		case i > 0:
			text += " "
			at++
		}
		text += word
		at += wide
	}
	return text
}
