package plots

import (
	"bytes"
	"fmt"
	"image/color"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
	"gonum.org/v1/plot/vg/vgsvg"
)

// A figure is one picture: headline and configuration on top, then its facets, and the caption at the bottom.
type figure struct {
	headline string
	config   string
	guide    string  // what is to be known beside groupGuide
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
	text := width - 2*margin
	head := paragraphs(text,
		styled{bold(textStyle(headlineSize, color.Black)), f.headline}, styled{textStyle(textSize, color.Black), f.config})
	if len(f.facets) > 1 {
		head = append(head, paragraphs(text, styled{textStyle(textSize, grey()), groupGuide + f.guide})...)
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
