package report

import (
	"bytes"
	"fmt"
	"image/color"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
	"gonum.org/v1/plot/vg/vgsvg"
)

// A figure is one picture: headline and configuration on top, panels one above the other, the legend in a column of its own
// to their right, where it hides no data, and the caption at the bottom.
type figure struct {
	headline string
	config   string
	panels   []panel
	empty    string // said instead of the panels if there is nothing to draw
	legend   legend
	caption  []string // paragraphs
}

// The page is 1200 × 800 pixels at 96 dpi. It grows where legend, title or caption need more: nothing is cut off.
const (
	pageWidth   vg.Length = 900 // points
	pageHeight  vg.Length = 600
	leastWidth  vg.Length = 520 // of the panels
	leastHeight vg.Length = 400
	margin      vg.Length = 14
)

// render returns the picture as a file of the format.
func (f figure) render(format string) ([]byte, error) {
	width := max(pageWidth, leastWidth+f.legend.width()+3*margin)
	head := paragraphs(width-2*margin,
		styled{bold(textStyle(headlineSize, color.Black)), f.headline}, styled{textStyle(textSize, color.Black), f.config})
	foot := paragraphs(width - 2*margin)
	for _, c := range f.caption {
		foot = append(foot, paragraphs(width-2*margin, styled{textStyle(smallSize, grey()), c})...)
	}
	middle := max(pageHeight-head.height()-foot.height()-4*margin, leastHeight, f.legend.height())
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
	body := draw.Crop(c, margin, -margin, foot.height()+2*margin, -head.height()-2*margin)
	f.legend.draw(body)
	f.drawPanels(draw.Crop(body, 0, -f.legend.width()-margin, 0, 0))
	return encode(canvas)
}

func (f figure) drawPanels(c draw.Canvas) {
	if len(f.panels) == 0 {
		s := textStyle(headlineSize, grey())
		s.XAlign, s.YAlign = draw.XCenter, draw.YCenter
		c.FillText(s, c.Center(), f.empty)
		return
	}
	rows := make([][]*plot.Plot, len(f.panels))
	for i, p := range f.panels {
		rows[i] = []*plot.Plot{p.Plot}
	}
	across := textStyle(textSize, color.Black)
	across.XAlign = draw.XCenter
	upwards := across
	upwards.Rotation = math.Pi / 2
	const labelRow = textSize * lineSpacing
	tiles := draw.Tiles{Rows: len(rows), Cols: 1, PadY: margin + labelRow, PadBottom: labelRow, PadLeft: labelRow + 8}
	// Align gives the panels one common left edge, so that a worker is at the same place in both.
	for i, row := range plot.Align(rows, tiles, c) {
		p := f.panels[i]
		p.Draw(row[0])
		data := p.DataCanvas(row[0])
		c.FillText(across, vg.Point{X: data.Center().X, Y: row[0].Min.Y - 2}, p.xLabel)
		c.FillText(upwards, vg.Point{X: c.Min.X, Y: data.Center().Y}, p.yLabel)
	}
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
