package plots

import (
	"image/color"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// A reach is from where to where the 95 % interval of a figure goes at one place of an axis.
type reach struct{ x, lo, hi float64 }

// A spread draws the intervals of a curve in its colour: a band along a line, or a bar at each mark where there is none.
type spread struct {
	reaches []reach
	color   color.Color
	apart   bool
}

// Plot fills the band, or draws the bars.
func (s spread) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	inside := func(v float64) float64 { return min(max(v, p.Y.Min), p.Y.Max) }
	var up, down []vg.Point
	for _, r := range s.reaches {
		at, lo, hi := x(r.x), y(inside(r.lo)), y(inside(r.hi))
		up, down = append(up, vg.Point{X: at, Y: hi}), append([]vg.Point{{X: at, Y: lo}}, down...)
		if s.apart {
			const half = 3
			style := draw.LineStyle{Color: s.color, Width: vg.Points(1)}
			c.StrokeLine2(style, at, lo, at, hi)
			c.StrokeLine2(style, at-half, lo, at+half, lo)
			c.StrokeLine2(style, at-half, hi, at+half, hi)
		}
	}
	if !s.apart && len(up) > 1 {
		c.FillPolygon(faint(s.color), append(up, down...))
	}
}

// faint lets what is below be seen.
func faint(of color.Color) color.Color {
	const alpha = 45
	r, g, b, _ := of.RGBA()
	return color.NRGBA{uint8(r >> 8), uint8(g >> 8), uint8(b >> 8), alpha}
}

// dark is the same colour, to be seen on a line of it; on black that is a pale grey.
func dark(of color.Color) color.Color {
	r, g, b, _ := of.RGBA()
	if r+g+b == 0 {
		return color.Gray{Y: 190}
	}
	return color.RGBA{uint8(r >> 9), uint8(g >> 9), uint8(b >> 9), 255}
}

// hollows draws the inside of marks white.
type hollows struct {
	at    []point
	glyph draw.GlyphStyle
}

// Plot fills them.
func (h hollows) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	inner := h.glyph
	inner.Color, inner.Radius = color.White, inner.Radius-vg.Points(1.2)
	for _, at := range h.at {
		if at.y >= p.Y.Min && at.y <= p.Y.Max {
			c.DrawGlyph(h.glyph, vg.Point{X: x(at.x), Y: y(at.y)})
			c.DrawGlyph(inner, vg.Point{X: x(at.x), Y: y(at.y)})
		}
	}
}
