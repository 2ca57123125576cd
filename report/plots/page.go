package plots

import (
	"bytes"
	"cmp"
	"fmt"
	"image/color"
	"strings"
	"unicode/utf8"

	xfont "golang.org/x/image/font"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
	"gonum.org/v1/plot/vg/vgsvg"
)

// A figure is one picture: headline, subject and configuration on top, then its facets, and the caption at the bottom.
type figure struct {
	headline string // what it answers; empty: it does not, and the subject stands there
	subject  string // what it shows
	config   string
	guide    string  // how to read it where there are several facets; empty: groupGuide
	facets   []facet // one for each group
	layout   layout
	empty    string   // said instead of the facets if there is nothing to draw
	caption  []string // paragraphs
}

// groupGuide says how to read a figure of several facets.
const groupGuide = "In each part one group of strategies is in colour, in front of all the others in grey. All parts have the same axes."

// The page is 1200 × 800 pixels at 96 dpi. It grows where facets, legend, title or caption need more: nothing is cut
// off.
const (
	pageWidth   vg.Length = 900 // points
	pageHeight  vg.Length = 600
	leastWidth  vg.Length = 520 // of panels beside a legend
	leastHeight vg.Length = 400 // of the facets
	margin      vg.Length = 14
)

// render returns the picture as a file of the format.
func (f figure) render(format string) ([]byte, error) {
	sheet := newSheet(f.facets, f.layout)
	width, middle := sheet.size(sheet.panels)
	width = max(pageWidth, width+2*margin)
	var head, foot block
	headline, config := f.subject, f.config
	if f.headline != "" {
		headline, config = f.headline, f.subject+": "+f.config
	}
	head.add(width-2*margin, bold(textStyle(headlineSize, color.Black)), headline)
	head.add(width-2*margin, textStyle(textSize, color.Black), config)
	if len(f.facets) > 1 {
		head.add(width-2*margin, textStyle(textSize, grey()), cmp.Or(f.guide, groupGuide))
	}
	for _, c := range f.caption {
		foot.add(width-2*margin, textStyle(smallSize, grey()), c)
	}
	middle = max(pageHeight-head.height()-foot.height()-4*margin, leastHeight, middle)
	height := head.height() + middle + foot.height() + 4*margin

	canvas, err := newCanvas(format, width, height)
	if err != nil {
		return nil, err
	}
	c := draw.New(canvas)
	c.SetColor(color.White)
	c.Fill(c.Rectangle.Path())
	head.draw(c, vg.Point{X: margin, Y: height - margin})
	foot.draw(c, vg.Point{X: margin, Y: margin + foot.height()})
	f.drawFacets(sheet, draw.Crop(c, margin, -margin, foot.height()+2*margin, -head.height()-2*margin))
	return encode(canvas)
}

func (f figure) drawFacets(s sheet, c draw.Canvas) {
	if len(f.facets) > 0 {
		s.draw(c)
		return
	}
	style := textStyle(headlineSize, grey())
	style.XAlign, style.YAlign = draw.XCenter, draw.YCenter
	c.FillText(style, c.Center(), f.empty)
}

func newCanvas(format string, width, height vg.Length) (vg.CanvasWriterTo, error) {
	switch format {
	case "png":
		return vgimg.PngCanvas{Canvas: vgimg.New(width, height)}, nil
	case "svg":
		return vgsvg.New(width, height), nil
	}
	return nil, fmt.Errorf("format %q: want png or svg", format)
}

func encode(c vg.CanvasWriterTo) ([]byte, error) {
	var b bytes.Buffer
	if _, err := c.WriteTo(&b); err != nil {
		return nil, err
	}
	// An SVG names its font and does not carry it. Arial and Helvetica have the same widths as Liberation Sans.
	return bytes.ReplaceAll(b.Bytes(), []byte("font-family:Liberation Sans;"),
		[]byte("font-family:Liberation Sans,Arial,Helvetica,sans-serif;")), nil
}

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

// A block is a number of lines, each with its style.
type block []line

type line struct {
	style text.Style
	text  string
}

// add breaks a text into lines of at most width; an empty text takes no line. The text may have come from a user.
func (b *block) add(width vg.Length, style text.Style, s string) {
	for _, l := range wrap(drawable(s), width, style.Width) {
		*b = append(*b, line{style, l})
	}
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
	for word := range strings.SplitSeq(s, " ") {
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
