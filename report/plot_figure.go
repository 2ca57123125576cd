package report

import (
	"bytes"
	"fmt"
	"image/color"

	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
	"gonum.org/v1/plot/vg/vgsvg"
)

// A figure is one picture: headline and configuration on top, then its facets, and the caption at the bottom.
type figure struct {
	headline string
	config   string
	guide    string  // how to read it, if there are several facets
	facets   []facet // one for each group
	layout   layout
	empty    string   // said instead of the facets if there is nothing to draw
	caption  []string // paragraphs
}

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
	text := width - 2*margin
	head := paragraphs(text,
		styled{bold(textStyle(headlineSize, color.Black)), f.headline}, styled{textStyle(textSize, color.Black), f.config})
	if len(f.facets) > 1 {
		head = append(head, paragraphs(text, styled{textStyle(textSize, grey()), f.guide})...)
	}
	foot := paragraphs(text)
	for _, c := range f.caption {
		foot = append(foot, paragraphs(text, styled{textStyle(smallSize, grey()), c})...)
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
