package plots

import (
	"image/color"
	"strings"

	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// addKnees draws the objective as a line across a panel of p99, and a ring where each strategy still keeps it at the highest value.
func (s sweep) addKnees(p panel, a valueAxis, cs []curve) {
	if s.beside.Slo <= 0 {
		return
	}
	style := draw.LineStyle{Color: color.Gray{Y: 60}, Width: vg.Points(1), Dashes: []vg.Length{1.5, 2.5}}
	p.Add(&plotter.Line{XYs: plotter.XYs{{X: a.lo, Y: s.beside.Slo}, {X: a.hi, Y: s.beside.Slo}}, LineStyle: style})
	for _, k := range s.beside.Knees {
		c, found := named(k.Strategy, cs)
		if !found || a.words {
			continue
		}
		ring := draw.GlyphStyle{Color: c.look.line.Color, Radius: vg.Points(8), Shape: draw.RingGlyph{}}
		at := xys(c.points, func(p point) bool { return p.x == k.Value })
		p.Add(&plotter.Scatter{XYs: at, GlyphStyle: ring})
	}
}

// kneeCaption tells them.
func (s sweep) kneeCaption() []string {
	if s.beside.Slo <= 0 {
		return nil
	}
	var parts []string
	format := formatOf(s.values(first))
	for _, k := range s.beside.Knees {
		parts = append(parts, k.Strategy+" at "+format(k.Value))
	}
	line := "Dotted: a p99 of " + inTime(s.beside.Slo)
	if len(parts) == 0 {
		return []string{line + ", which nobody keeps."}
	}
	return []string{line + ". Rings: the highest " + sweptName(s) + " that keeps it: " + strings.Join(parts, ", ") + "."}
}
