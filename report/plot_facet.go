package report

import (
	"image/color"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

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
		PadX: 5, PadY: margin + labelRow, PadBottom: s.label(row), PadLeft: labelRow + 8,
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
