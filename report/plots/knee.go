package plots

import (
	"image/color"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// knees are drawn behind the curves of a panel of p99: the objective as a line across, and a ring around the mark at the highest value at
// which a strategy still keeps it, if it does not at the next.
func (s sweep) knees(a valueAxis, cs []curve) (all []plot.Plotter) {
	if s.beside.Slo <= 0 {
		return nil
	}
	style := draw.LineStyle{Color: color.Gray{Y: 60}, Width: vg.Points(1), Dashes: []vg.Length{1.5, 2.5}}
	all = append(all, &plotter.Line{XYs: plotter.XYs{{X: a.lo, Y: s.beside.Slo}, {X: a.hi, Y: s.beside.Slo}}, LineStyle: style})
	for _, k := range s.beside.Knees {
		c, found := named(k.Strategy, cs)
		if !found || a.words || k.All {
			continue
		}
		at := slices.DeleteFunc(slices.Clone(c.points), func(p point) bool { return p.x != k.Value || math.IsNaN(p.y) })
		all = append(all, hollows{at, draw.GlyphStyle{Color: c.look.line.Color, Radius: vg.Points(8), Shape: draw.CircleGlyph{}}})
	}
	return all
}

// kneeCaption tells them.
func (s sweep) kneeCaption() []string {
	if s.beside.Slo <= 0 {
		return nil
	}
	var parts, all []string
	format := formatOf(s.values(first))
	for _, k := range s.beside.Knees {
		if k.All {
			all = append(all, k.Strategy)
			continue
		}
		parts = append(parts, k.Strategy+" at "+format(k.Value))
	}
	line := "Dotted: a p99 of " + inTime(s.beside.Slo)
	if flag := s.runs[0].Swept.Flag; flag != "load" && flag != "rate" { // there is no knee
		return []string{line + "."}
	}
	if len(parts)+len(all) == 0 {
		return []string{line + ", which nobody keeps."}
	}
	line += "."
	if len(parts) > 0 {
		line += " Rings: the highest " + sweptName(s) + " that keeps it: " + strings.Join(parts, ", ") + "."
	}
	if len(all) > 0 {
		line += " Kept at all values, so without a ring: " + strings.Join(all, ", ") + "."
	}
	return []string{line}
}
