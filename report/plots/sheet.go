package plots

import (
	"image/color"
	"math"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// A facet is what one group has in a figure: panels one above the other, and the legend of the curves in them. All facets of
// a figure have the same axes, so that one can be compared with another.
type facet struct {
	title  string // may be empty
	panels []panel
	legend legend
}

// A layout says how the facets of a figure stand on the page. In one column they have their legends at the right, in
// several below: either way a legend hides no data.
type layout struct {
	columns int       // at most
	least   vg.Length // height of the panels of a facet
	width   vg.Length // of a facet, at least, where there are several columns
}

// Tall facets suit curves that differ in height. Flat ones suit curves that differ in where they rise: they are as wide as
// the page, and one stands below the other, so that the eye goes straight down from curve to curve.
var (
	tall    = layout{columns: 4, least: 320}
	stacked = layout{columns: 4, least: 540} // three panels
	flat    = layout{columns: 1, least: 104}
)

// The sizes of what is around the panels.
const (
	titleRow vg.Length = textSize*lineSpacing + 3
	labelRow vg.Length = textSize * lineSpacing
	tickRoom vg.Length = 64 // for the label and the ticks of a vertical axis
)

// A sheet is the facets of a figure in rows. Only the outer panels have all of what the others share.
type sheet struct {
	rows    [][]facet
	columns int
	panels  vg.Length // least height of those of a facet, one above the other
	title   vg.Length // height of the titles of a row
	legend  vg.Length // width of the widest
	width   vg.Length // of a facet beside others
}

// newSheet makes as few rows as hold all facets, and then as few columns. It gives their panels what they share.
func newSheet(facets []facet, l layout) sheet {
	if len(facets) == 0 {
		return sheet{}
	}
	rows := (len(facets) + l.columns - 1) / l.columns
	s := sheet{columns: (len(facets) + rows - 1) / rows, panels: l.least, width: l.width}
	s.rows = slices.Collect(slices.Chunk(facets, s.columns))
	for i, f := range facets {
		if f.title != "" {
			s.title = titleRow
		}
		s.legend = max(s.legend, f.legend.width())
		for _, p := range f.panels {
			if i%s.columns > 0 { // the labels are left to the facet at the left
				p.Y.Tick.Marker = bareTicks{p.Y.Tick.Marker}
			}
		}
	}
	s.width = max(s.width, s.legend)
	shareRoom(facets)
	if s.beside() {
		s.panels = max(s.panels, tallest(facets)-s.title)
	}
	return s
}

func tallest(facets []facet) (height vg.Length) {
	for _, f := range facets {
		height = max(height, f.legend.height())
	}
	return height
}

// shareRoom gives the panels at the same place of all facets the room that marks at the edge of any of them need. With
// that, and the same ends of their axes, equal values are at the same height in all of a row.
func shareRoom(facets []facet) {
	for i := range facets[0].panels {
		var all room
		for _, f := range facets {
			all = append(all, f.panels[i].room()...)
		}
		for _, f := range facets {
			f.panels[i].Add(all)
		}
	}
}

// beside tells whether the legends stand at the right of the panels.
func (s sheet) beside() bool { return s.columns == 1 }

// label is the height of the labels below a row: in one column the last says what all axes are.
func (s sheet) label(row int) vg.Length {
	if s.beside() && row < len(s.rows)-1 {
		return 0
	}
	return labelRow
}

// below is the height of the legends below a row.
func (s sheet) below(row int) vg.Length {
	if s.beside() {
		return 0
	}
	return tallest(s.rows[row])
}

// around is the height of a row without its panels.
func (s sheet) around(row int) vg.Length { return s.title + s.label(row) + s.below(row) }

// size returns how much room the sheet needs if its panels are so high.
func (s sheet) size(panels vg.Length) (width, height vg.Length) {
	height = vg.Length(len(s.rows)-1) * margin
	for i := range s.rows {
		height += s.around(i) + panels
	}
	if s.beside() {
		return leastWidth + margin + s.legend, height
	}
	return tickRoom + vg.Length(s.columns)*(s.width+margin), height
}

// draw fills the canvas with the rows: what is left of its height goes to the panels.
func (s sheet) draw(c draw.Canvas) {
	_, taken := s.size(0)
	panels := (c.Size().Y - taken) / vg.Length(len(s.rows))
	for row := range s.rows {
		height := s.around(row) + panels
		s.drawRow(row, draw.Crop(c, 0, 0, c.Size().Y-height, 0))
		c.Max.Y -= height + margin
	}
}

func (s sheet) drawRow(row int, c draw.Canvas) {
	axes := draw.Crop(c, 0, 0, s.below(row), -s.title)
	if s.beside() {
		axes.Max.X -= s.legend + margin
	}
	plots := s.plots(row)
	tiles := draw.Tiles{
		Rows: len(plots), Cols: s.columns,
		PadX: 5, PadY: s.between(), PadBottom: s.label(row), PadLeft: labelRow + 8,
	}
	// Align gives the panels common edges, so that a worker is at the same place in both.
	places := plot.Align(plots, tiles, axes)
	for column, facet := range s.rows[row] {
		var data vg.Rectangle
		for i := len(facet.panels) - 1; i >= 0; i-- {
			data = s.drawPanel(facet.panels[i], row, column, places[i][column], c)
		}
		c.FillText(bold(textStyle(textSize, color.Black)), vg.Point{X: data.Min.X, Y: c.Max.Y}, facet.title)
		facet.legend.draw(s.legendAt(data.Min.X, row, c))
	}
}

// between is the room below a panel that another stands under.
func (s sheet) between() vg.Length {
	panels := s.rows[0][0].panels
	for _, p := range panels[:len(panels)-1] {
		if p.xLabel != "" {
			return margin + labelRow
		}
	}
	return 0
}

// plots returns the plots of a row. A row with fewer facets than columns borrows some from the first row, to be measured
// and not drawn: so its facets are as wide as all.
func (s sheet) plots(row int) [][]*plot.Plot {
	plots := make([][]*plot.Plot, len(s.rows[0][0].panels))
	for column, facet := range s.rows[0] {
		if column < len(s.rows[row]) {
			facet = s.rows[row][column]
		}
		for i, p := range facet.panels {
			plots[i] = append(plots[i], p.Plot)
		}
	}
	return plots
}

// drawPanel draws a panel at its place in the canvas of its row, with the labels that it does not share, and returns where
// its data are.
func (s sheet) drawPanel(p panel, row, column int, place, c draw.Canvas) vg.Rectangle {
	p.Draw(place)
	data := p.DataCanvas(place)
	if s.label(row) > 0 {
		c.FillText(centred(0), vg.Point{X: data.Center().X, Y: place.Min.Y - 2}, p.xLabel)
	}
	if column == 0 {
		c.FillText(centred(math.Pi/2), vg.Point{X: c.Min.X, Y: data.Center().Y}, p.yLabel)
	}
	return data.Rectangle
}

// centred is the style of a label at the middle of an axis.
func centred(rotation float64) text.Style {
	s := textStyle(textSize, color.Black)
	s.XAlign, s.Rotation = draw.XCenter, rotation
	return s
}

// legendAt returns the part of a row's canvas that is for a legend: at its right, or below the data that begin at left.
func (s sheet) legendAt(left vg.Length, row int, c draw.Canvas) draw.Canvas {
	if s.beside() {
		c.Min.X = c.Max.X - s.legend
	} else {
		const gap = 6 // to the label of the axis
		c.Min.X, c.Max.X, c.Max.Y = left, left+s.legend, c.Min.Y+s.below(row)-gap
	}
	return c
}
