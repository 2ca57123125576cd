package main

import (
	"bytes"
	"image/color"

	xfont "golang.org/x/image/font"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
)

// pixel is one pixel of the picture, at 96 dpi.
const pixel vg.Length = 0.75

// A pen draws in pixels from the upper left corner, where vg has points from the lower left one.
type pen struct {
	canvas draw.Canvas
	image  *vgimg.Canvas
	height float64
}

func newPen(width, height float64) *pen {
	image := vgimg.New(vg.Length(width)*pixel, vg.Length(height)*pixel)
	p := &pen{draw.New(image), image, height}
	p.canvas.SetColor(color.White)
	p.canvas.Fill(p.canvas.Rectangle.Path())
	return p
}

func (p *pen) png() ([]byte, error) {
	var b bytes.Buffer
	_, err := vgimg.PngCanvas{Canvas: p.image}.WriteTo(&b)
	return b.Bytes(), err
}

// A point is a place on the page.
type point struct{ x, y float64 }

func at(x, y float64) point { return point{x, y} }

func (p *pen) vg(a point) vg.Point {
	return vg.Point{X: vg.Length(a.x) * pixel, Y: vg.Length(p.height-a.y) * pixel}
}

// A tint is the colour of a role: pale within, dark for its outline and its messages.
type tint struct{ pale, dark color.RGBA }

// A hand is a way of writing.
type hand struct {
	variant string
	bold    bool
	pixels  float64
	color   color.Gray
}

var (
	headline = hand{"Sans", true, 28, color.Gray{20}}
	name     = hand{"Sans", true, 20, color.Gray{20}}
	strong   = hand{"Sans", true, 16, color.Gray{20}}
	plain    = hand{"Sans", false, 16, color.Gray{50}}
	small    = hand{"Sans", false, 14.5, color.Gray{85}}
	code     = hand{"Mono", false, 14.5, color.Gray{30}}
)

func (h hand) style() text.Style {
	f := font.Font{Typeface: "Liberation", Variant: font.Variant(h.variant), Size: vg.Length(h.pixels) * pixel}
	if h.bold {
		f.Weight = xfont.WeightBold
	}
	return text.Style{Color: h.color, Font: f, Handler: plot.DefaultTextHandler}
}

// text writes a line that begins at x and stands on y.
func (p *pen) text(x, y float64, h hand, line string) {
	p.canvas.FillText(h.style(), p.vg(at(x, y)), line)
}

func (p *pen) centred(x, y float64, h hand, line string) {
	s := h.style()
	s.XAlign = draw.XCenter
	p.canvas.FillText(s, p.vg(at(x, y)), line)
}

// A box is a process, or what a process owns and calls.
type box struct {
	x, y, w, h       float64
	tint             tint
	many             bool // further sheets lie behind it
	called           bool // it is no goroutine
	name             string
	does, owns       []string
	ownsAt, ownsDown float64 // how much further right, or down, its property stands
}

func (p *pen) box(b box) {
	if b.many {
		for offset := 2 * b.sheet(); offset > 0; offset -= b.sheet() {
			p.outline(b, offset)
		}
	}
	p.outline(b, 0)
	p.text(b.x+24, b.y+36, name, b.name)
	for i, line := range b.does {
		p.text(b.x+24, b.y+60+20*float64(i), plain, line)
	}
	if len(b.owns) > 0 {
		p.property(b)
	}
}

// sheet is how far one sheet looks out from behind the other: less in the legend.
func (b box) sheet() float64 { return min(sheets/2, b.h/5) }

func (p *pen) property(b box) {
	x, y := b.x+24+b.ownsAt, b.y+98+b.ownsDown
	if b.ownsAt > 0 {
		y += 8
	}
	p.text(x, y, small, "owns")
	for i, line := range b.owns {
		p.text(x+44, y+21*float64(i), small, line)
	}
}

func (p *pen) outline(b box, offset float64) {
	path := p.rectangle(b.x+offset, b.y+offset, b.w, b.h)
	p.canvas.SetColor(b.tint.pale)
	p.canvas.Fill(path)
	s := draw.LineStyle{Color: b.tint.dark, Width: 1.6 * pixel}
	if b.called {
		s.Dashes = dashes()
	}
	p.canvas.SetLineStyle(s)
	p.canvas.Stroke(path)
}

func (p *pen) rectangle(x, y, w, h float64) vg.Path {
	return vg.Rectangle{Min: p.vg(at(x, y+h)), Max: p.vg(at(x+w, y))}.Path()
}

func dashes() []vg.Length { return []vg.Length{6 * pixel, 4 * pixel} }

// place draws one place of a channel with room.
func (p *pen) place(x, y, w, h float64, t tint, taken bool) {
	path := p.rectangle(x, y, w, h)
	p.canvas.SetColor(color.White)
	if taken {
		p.canvas.SetColor(t.dark)
	}
	p.canvas.Fill(path)
	p.canvas.SetLineStyle(draw.LineStyle{Color: t.dark, Width: 1.2 * pixel})
	p.canvas.Stroke(path)
}

// sent is the line of a message, in the colour of its sender.
func sent(by tint) draw.LineStyle { return draw.LineStyle{Color: by.dark, Width: 2.2 * pixel} }

// calls is the line of a method call.
var calls = draw.LineStyle{Color: orange.dark, Width: 1.8 * pixel, Dashes: dashes()}

// arrow draws a line through the points, with a head at the last.
func (p *pen) arrow(s draw.LineStyle, points ...point) {
	const length, half = 13, 5.5
	tip, before := points[len(points)-1], points[len(points)-2]
	dx, dy := sign(tip.x-before.x), sign(tip.y-before.y)
	end := at(tip.x-dx*length, tip.y-dy*length)

	var line vg.Path
	line.Move(p.vg(points[0]))
	for _, a := range points[1 : len(points)-1] {
		line.Line(p.vg(a))
	}
	line.Line(p.vg(end))
	p.canvas.SetLineStyle(s)
	p.canvas.Stroke(line)

	var head vg.Path
	head.Move(p.vg(tip))
	head.Line(p.vg(at(end.x+dy*half, end.y+dx*half)))
	head.Line(p.vg(at(end.x-dy*half, end.y-dx*half)))
	head.Close()
	p.canvas.SetColor(s.Color)
	p.canvas.Fill(head)
}

func sign(x float64) float64 {
	switch {
	case x > 0:
		return 1
	case x < 0:
		return -1
	}
	return 0
}

// message names what travels on a horizontal arrow, and the channel.
func (p *pen) message(x, y float64, what, channel string) {
	p.centred(x, y-12, strong, what)
	p.centred(x, y+22, small, channel)
}

// key writes one entry of the legend beside a sample, and returns where the next one begins.
func (p *pen) key(x, y float64, means string, sample box) float64 {
	if sample.w > 0 {
		p.box(sample)
	}
	p.text(x+58, y+5, small, means)
	return x + 58 + float64(small.style().Width(means)/pixel) + 106
}
