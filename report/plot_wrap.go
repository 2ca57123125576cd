package report

import (
	"strings"
	"unicode/utf8"

	"gonum.org/v1/plot/vg"
)

// wrap breaks a text into lines no wider than width: between words, else after a comma, else anywhere, as a long file name
// or list of strategies must not run out of the picture. Nothing but space at a break is dropped.
func wrap(s string, width vg.Length, measure func(string) vg.Length) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(s) {
		if line != "" && measure(line+" "+word) <= width {
			line += " " + word
			continue
		}
		if line != "" {
			lines = append(lines, line)
		}
		for line = word; measure(line) > width; {
			n := breakAt(line, width, measure)
			lines, line = append(lines, line[:n]), line[n:]
		}
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}

// breakAt returns how many bytes of a word go on a line: up to the last comma that fits, else as many characters as fit,
// and at least one.
func breakAt(word string, width vg.Length, measure func(string) vg.Length) int {
	_, n := utf8.DecodeRuneInString(word)
	for i, r := range word {
		if end := i + utf8.RuneLen(r); end > n && measure(word[:end]) <= width {
			n = end
		}
	}
	if comma := strings.LastIndexByte(word[:n], ','); comma > 0 {
		return comma + 1
	}
	return n
}
