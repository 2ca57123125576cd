package plots

import (
	"image/color"
	"strings"
	"unicode/utf8"

	xfont "golang.org/x/image/font"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

func grey() color.Color { return color.Gray{Y: 110} }

// The sizes of text, in points: a point is 4/3 of a pixel of the picture, so that the smallest text is 13 pixels high.
const (
	headlineSize = 15
	textSize     = 11
	smallSize    = 10
	lineSpacing  = 1.3 // line height over text size
)

// textStyle is the one typeface of the plots, in a size.
func textStyle(size vg.Length, c color.Color) text.Style {
	return text.Style{
		Color:   c,
		Font:    font.Font{Typeface: "Liberation", Variant: "Sans", Size: size},
		YAlign:  draw.YTop,
		Handler: plot.DefaultTextHandler,
	}
}

func bold(s text.Style) text.Style {
	s.Font.Weight = xfont.WeightBold
	return s
}

// styled is a paragraph and how it looks.
type styled struct {
	style text.Style
	text  string
}

// A block is a number of lines, each with its style.
type block []styled

// paragraphs breaks texts into lines of at most width; an empty text takes no line.
func paragraphs(width vg.Length, texts ...styled) block {
	var b block
	for _, t := range texts {
		for _, line := range wrap(t.text, width, t.style.Width) {
			b = append(b, styled{t.style, line})
		}
	}
	return b
}

func (b block) height() vg.Length {
	var h vg.Length
	for _, line := range b {
		h += line.style.Font.Size * lineSpacing
	}
	return h
}

// draw writes the lines downwards from the upper left corner.
func (b block) draw(c draw.Canvas, corner vg.Point) {
	for _, line := range b {
		c.FillText(line.style, corner, line.text)
		corner.Y -= line.style.Font.Size * lineSpacing
	}
}

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
