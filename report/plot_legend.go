package report

import (
	"image/color"

	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// A legend says which line is whose. Beside each name stands the figure by which the entries are ordered, so that with
// thirty strategies the list is also the ranking.
type legend struct {
	heading string // what the figures are and how they are ordered
	entries []entry
}

// An entry is one line of a legend.
type entry struct {
	look  look
	name  string
	value string
}

const (
	sampleWidth vg.Length = 34 // of a line: long enough for one period of every dash pattern
	legendGap   vg.Length = 8
	legendRow   vg.Length = 14
)

func (l legend) width() vg.Length {
	if len(l.entries) == 0 {
		return 0
	}
	var name, value vg.Length
	s := textStyle(smallSize, color.Black)
	for _, e := range l.entries {
		name, value = max(name, s.Width(e.name)), max(value, s.Width(e.value))
	}
	return max(sampleWidth+legendGap+name+legendGap+value, s.Width(l.heading))
}

func (l legend) height() vg.Length {
	return vg.Length(len(l.entries)+1)*legendRow + margin
}

// draw writes the legend into the canvas, from its top and as wide as it is.
func (l legend) draw(c draw.Canvas) {
	if len(l.entries) == 0 {
		return
	}
	left, y := c.Min.X, c.Max.Y
	c.FillText(textStyle(smallSize, grey()), vg.Point{X: left, Y: y}, l.heading)
	for _, e := range l.entries {
		y -= legendRow
		l.drawEntry(c, e, left, y)
	}
}

func (l legend) drawEntry(c draw.Canvas, e entry, left, top vg.Length) {
	center := top - smallSize*0.55
	c.StrokeLine2(e.look.line, left, center, left+sampleWidth, center)
	c.DrawGlyph(e.look.mark, vg.Point{X: left + sampleWidth/2, Y: center})
	name := textStyle(smallSize, color.Black)
	c.FillText(name, vg.Point{X: left + sampleWidth + legendGap, Y: top}, e.name)
	c.FillText(rightAligned(name), vg.Point{X: c.Max.X, Y: top}, e.value)
}

func rightAligned(s text.Style) text.Style {
	s.XAlign = draw.XRight
	return s
}
