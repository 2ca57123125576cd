package plots

import (
	"cmp"
	"image/color"
	"math"
	"slices"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"waza/report/document"
)

// A legend says which line is which strategy's. Beside each name stand figures, and the entries are in the order of the
// first, so that with thirty strategies the list is also the ranking.
type legend struct {
	heading string   // how the entries are ordered
	columns []string // what the figures are
	entries []entry
}

// An entry is one line of a legend.
type entry struct {
	look  look
	name  string
	cells []string // one for each column, or none
}

// A column is a figure of each curve in a legend; NaN: it does not exist.
type column struct {
	name   string
	figure func(curve) float64
	format func(float64) string
}

// legendOf makes an entry of each curve, in the order of the first column.
func legendOf(cs []curve, heading string, order func(a, b float64) int, columns ...column) legend {
	l := legend{heading: heading}
	for _, col := range columns {
		l.columns = append(l.columns, col.name)
	}
	for _, c := range ordered(cs, order, columns[0].figure) {
		e := entry{look: c.look, name: c.name}
		for _, col := range columns {
			e.cells = append(e.cells, col.cell(c))
		}
		l.entries = append(l.entries, e)
	}
	return l
}

func (col column) cell(c curve) string {
	if v := col.figure(c); !math.IsNaN(v) {
		return col.format(v)
	}
	return "–"
}

// ordered returns the curves in the order of a figure; those that are equal stay as they are, and those without one come last.
func ordered(cs []curve, order func(a, b float64) int, figure func(curve) float64) []curve {
	return slices.SortedStableFunc(slices.Values(cs), func(a, b curve) int {
		switch x, y := figure(a), figure(b); {
		case math.IsNaN(x) && math.IsNaN(y):
			return 0
		case math.IsNaN(x):
			return 1
		case math.IsNaN(y):
			return -1
		default:
			return order(x, y)
		}
	})
}

func lowestFirst(a, b float64) int  { return cmp.Compare(a, b) }
func highestFirst(a, b float64) int { return cmp.Compare(b, a) }

// highest is the largest y of a curve.
func highest(c curve) float64 { return peak(c.points) }

func inTime(latency float64) string { return document.Seconds(latency, 3) }

// inShare writes a share in percent. Only the whole is written as 100 %.
func inShare(share float64) string {
	percent := document.Significant(100*share, 3)
	if share < 1 && percent >= 100 {
		return ">99.9 %"
	}
	return number(percent) + " %"
}

// success is the column that a latency must not be read without: a strategy that fails the slow requests looks fast.
func success() column {
	return column{"success", func(c curve) float64 { return succeeded(c.run) }, inShare}
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
	var name, cells vg.Length
	s := textStyle(smallSize, color.Black)
	for _, e := range l.entries {
		name = max(name, s.Width(e.name))
	}
	for _, width := range l.widths() {
		cells += legendGap + width
	}
	return max(sampleWidth+legendGap+name+cells, s.Width(l.heading))
}

// widths are those of the columns.
func (l legend) widths() []vg.Length {
	s := textStyle(smallSize, color.Black)
	widths := make([]vg.Length, len(l.columns))
	for i, name := range l.columns {
		widths[i] = s.Width(name)
		for _, e := range l.entries {
			if i < len(e.cells) {
				widths[i] = max(widths[i], s.Width(e.cells[i]))
			}
		}
	}
	return widths
}

func (l legend) height() vg.Length {
	const headings = 2
	return vg.Length(len(l.entries)+headings)*legendRow + margin
}

// draw writes the legend into the canvas, from its top and as wide as it is.
func (l legend) draw(c draw.Canvas) {
	if len(l.entries) == 0 {
		return
	}
	widths, y := l.widths(), c.Max.Y
	c.FillText(textStyle(smallSize, grey()), vg.Point{X: c.Min.X, Y: y}, l.heading)
	y -= legendRow
	drawCells(c, grey(), l.columns, widths, y)
	for _, e := range l.entries {
		y -= legendRow
		e.draw(c, y)
		drawCells(c, color.Black, e.cells, widths, y)
	}
}

// draw writes the sample of the line and the name.
func (e entry) draw(c draw.Canvas, top vg.Length) {
	left, center := c.Min.X, top-smallSize*0.55
	c.StrokeLine2(e.look.line, left, center, left+sampleWidth, center)
	c.DrawGlyph(e.look.mark, vg.Point{X: left + sampleWidth/2, Y: center})
	c.FillText(textStyle(smallSize, color.Black), vg.Point{X: left + sampleWidth + legendGap, Y: top}, e.name)
}

// drawCells writes a row of the columns, the last at the right.
func drawCells(c draw.Canvas, ink color.Color, cells []string, widths []vg.Length, top vg.Length) {
	style := textStyle(smallSize, ink)
	style.XAlign = draw.XRight
	right := c.Max.X
	for i := len(cells) - 1; i >= 0; i-- {
		c.FillText(style, vg.Point{X: right, Y: top}, cells[i])
		right -= widths[i] + legendGap
	}
}
