package plots

import (
	"cmp"
	"image/color"
	"slices"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"waza/report/document"
)

// A look tells one run from the others: by colour, by dashes, by marks and by width.
type look struct {
	line draw.LineStyle
	mark draw.GlyphStyle
}

// lookOf returns the look of run i of the n of a group. It depends on nothing else, so a strategy looks the same in all
// plots of a document.
// Seven colours, five dash patterns and three marks have no common divisor: 105 runs differ.
// Later lines are drawn over earlier ones and are thinner, so that two equal curves are both seen.
func lookOf(i, n int) look {
	const thick, thin = 2.5, 1.3 // points
	width := thick
	if n > 1 {
		width -= (thick - thin) * float64(i) / float64(n-1)
	}
	colors, dashes := palette(), dashes()
	shapes := [...]draw.GlyphDrawer{draw.CircleGlyph{}, draw.BoxGlyph{}, draw.PyramidGlyph{}}
	c := colors[i%len(colors)]
	return look{
		line: draw.LineStyle{Color: c, Width: vg.Points(width), Dashes: dashes[i%len(dashes)]},
		mark: draw.GlyphStyle{Color: c, Radius: vg.Points(width + 1), Shape: shapes[i%len(shapes)]},
	}
}

// paleLook is that of all curves that are there only to compare with: one thin line, without marks.
func paleLook() look {
	return look{line: draw.LineStyle{Color: color.Gray{Y: 200}, Width: vg.Points(0.75)}}
}

// unmarked is the same look without marks.
func (l look) unmarked() look { return look{line: l.line} }

// palette is that of Okabe and Ito (2008), which colour-blind readers can tell apart, without its yellow: that is too pale
// for a line on white.
func palette() [7]color.RGBA {
	return [...]color.RGBA{
		{0, 114, 178, 255},   // blue
		{213, 94, 0, 255},    // vermillion
		{0, 158, 115, 255},   // bluish green
		{0, 0, 0, 255},       // black
		{230, 159, 0, 255},   // orange
		{204, 121, 167, 255}, // reddish purple
		{86, 180, 233, 255},  // sky blue
	}
}

func dashes() [5][]vg.Length {
	return [...][]vg.Length{
		nil, // solid
		{9, 3},
		{2, 2.5},
		{9, 2.5, 2, 2.5},
		{5, 2.5},
	}
}

// A legend says which line is which strategy's. Beside each name stands the figure by which the entries are ordered, so that with
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

// legendOf makes an entry of each curve, in the order of the figures that stand beside them.
func legendOf(cs []curve, heading string, order func(a, b float64) int, format func(float64) string, figure func(curve) float64) legend {
	l := legend{heading: heading}
	for _, c := range ordered(cs, order, figure) {
		l.entries = append(l.entries, entry{c.look, c.name, format(figure(c))})
	}
	return l
}

// ordered returns the curves in the order of a figure; those that are equal stay as they are.
func ordered(cs []curve, order func(a, b float64) int, figure func(curve) float64) []curve {
	return slices.SortedStableFunc(slices.Values(cs), func(a, b curve) int { return order(figure(a), figure(b)) })
}

func lowestFirst(a, b float64) int  { return cmp.Compare(a, b) }
func highestFirst(a, b float64) int { return cmp.Compare(b, a) }

// highest is the largest y of a curve.
func highest(c curve) float64 { return peak(c.points) }

func inTime(latency float64) string { return document.Seconds(latency, 3) }

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
	name.XAlign = draw.XRight
	c.FillText(name, vg.Point{X: c.Max.X, Y: top}, e.value)
}
