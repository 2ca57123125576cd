package report

import (
	"image/color"

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
	return panel{p, xLabel, yLabel}
}

// addCurves draws the lines in order, with marks at the points for which marked says so.
func (p panel) addCurves(cs []curve, marked func(point) bool) error {
	for _, c := range cs {
		line, err := plotter.NewLine(xys(c.points, nil))
		if err != nil {
			return err
		}
		line.LineStyle = c.look.line
		p.Add(line)
		at := xys(c.points, marked)
		if len(at) == 0 {
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
