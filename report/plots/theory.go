package plots

import (
	"fmt"
	"slices"
	"strings"

	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// A Theory is what theory says of the latency of a strategy along a sweep.
type Theory struct {
	Strategy string
	Name     string  // of the model: M/M/1
	Says     string  // of which system it holds, for the caption: "each worker is M/M/1"
	Limit    bool    // it is not of this system but of a limit of it
	Apart    bool    // it is of the values themselves, and nothing lies between them
	P50, P99 []Place // in order of their values
}

// A Place is what there is at one value of what is swept.
type Place struct{ Value, Seconds float64 }

// addTheory draws thin lines over the curves, dashed where they are a limit, with marks where nothing lies between the values.
func (s sweep) addTheory(p panel, a valueAxis, r row, group string) {
	for _, t := range s.beside.Theory {
		c, found := named(t.Strategy, of(group, r.curves))
		if !found || a.words {
			continue
		}
		var line plotter.XYs
		for _, at := range r.theory(t) {
			if at.Seconds <= p.Y.Max && at.Seconds >= p.Y.Min {
				line = append(line, plotter.XY{X: at.Value, Y: at.Seconds})
			}
		}
		look := theoryLook(t, c)
		p.Add(&plotter.Line{XYs: line, LineStyle: look.line})
		if t.Apart {
			p.Add(&plotter.Scatter{XYs: line, GlyphStyle: look.mark})
		}
	}
}

func named(strategy string, cs []curve) (curve, bool) {
	i := slices.IndexFunc(cs, func(c curve) bool { return c.run.Strategy == strategy })
	if i < 0 {
		return curve{}, false
	}
	return cs[i], true
}

func theoryLook(t Theory, c curve) look {
	l := look{line: draw.LineStyle{Color: dark(c.look.line.Color), Width: vg.Points(0.9)}}
	if t.Limit {
		l.line.Dashes = []vg.Length{4, 3}
	}
	if t.Apart {
		l.mark = draw.GlyphStyle{Color: l.line.Color, Radius: vg.Points(3.5), Shape: draw.CrossGlyph{}}
	}
	return l
}

// theoryEntries are those of a legend.
func (s sweep) theoryEntries(cs []curve) (all []entry) {
	for _, t := range s.beside.Theory {
		if c, found := named(t.Strategy, cs); found {
			what := "theory "
			if t.Limit {
				what = "limit "
			}
			all = append(all, entry{look: theoryLook(t, c), name: what + t.Name + ": " + drawable(t.Strategy)})
		}
	}
	return all
}

func (s sweep) theoryCaption() (lines []string) {
	for _, t := range s.beside.Theory {
		how := "Thin line, theory of %s: %s."
		if t.Limit {
			how = "Thin dashed line, a limit for %s: %s."
		}
		if t.Apart {
			how = strings.Replace(how, " line", " line with crosses", 1)
		}
		lines = append(lines, fmt.Sprintf(how, t.Strategy, t.Says))
	}
	if len(lines) > 0 {
		return []string{strings.Join(lines, " ")}
	}
	return nil
}
