package report

import (
	"image/color"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// A panel is a pair of axes with curves. The labels are not given to the plot, which would reserve room for them as if the
// middle of a logarithmic axis were that of a linear one.
type panel struct {
	*plot.Plot
	xLabel, yLabel string
	curves         []curve // in the order in which they are drawn
}

// newPanel returns empty axes with a pale grid.
func newPanel(xLabel, yLabel string, x, y plot.Ticker) panel {
	p := plot.New()
	p.X.Tick.Marker, p.Y.Tick.Marker = x, y
	for _, a := range []*plot.Axis{&p.X, &p.Y} {
		a.Tick.Label.Font = textStyle(smallSize, nil).Font
		a.Tick.Length = vg.Points(5)
	}
	grid := plotter.NewGrid()
	pale := draw.LineStyle{Color: color.Gray{Y: 225}, Width: vg.Points(0.75)}
	grid.Vertical, grid.Horizontal = pale, pale
	p.Add(grid)
	return panel{Plot: p, xLabel: xLabel, yLabel: yLabel}
}

// addCurves draws the lines in order, with marks at the points for which marked says so.
func (p *panel) addCurves(cs []curve, marked func(point) bool) error {
	p.curves = append(p.curves, cs...)
	for _, c := range cs {
		line, err := plotter.NewLine(xys(c.points, nil))
		if err != nil {
			return err
		}
		line.LineStyle = c.look.line
		p.Add(line)
		at := xys(c.points, marked)
		if c.look.mark.Shape == nil || len(at) == 0 {
			continue
		}
		marks, err := plotter.NewScatter(at)
		if err != nil {
			return err
		}
		marks.GlyphStyle = c.look.mark
		p.Add(marks)
	}
	return nil
}

// A room is free space around points of a panel, at which nothing is drawn.
type room []plot.GlyphBox

// Plot draws nothing.
func (room) Plot(draw.Canvas, *plot.Plot) {}

// GlyphBoxes returns the space.
func (r room) GlyphBoxes(*plot.Plot) []plot.GlyphBox { return r }

// room returns what the marks of a panel need beyond its edges, once its axes have their ends.
func (p panel) room() room {
	inside := func(v float64) bool { return v > 0.1 && v < 0.9 } // of the axis: no mark reaches from there to an edge
	return slices.DeleteFunc(p.GlyphBoxes(p.Plot), func(b plot.GlyphBox) bool { return inside(b.X) && inside(b.Y) })
}

// xys converts the points that are kept; nil keeps all.
func xys(ps []point, keep func(point) bool) plotter.XYs {
	var out plotter.XYs
	for _, p := range ps {
		if keep == nil || keep(p) {
			out = append(out, plotter.XY{X: p.x, Y: p.y})
		}
	}
	return out
}

// unmarked is for curves without marks: the legend shows them without, too.
func unmarked(cs []curve) []curve {
	for i := range cs {
		cs[i].look.mark = draw.GlyphStyle{}
	}
	return cs
}

func never(point) bool { return false }

func always(point) bool { return true }
