package plots

import (
	"fmt"
	"image/color"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"waza/report"
	"waza/report/document"
)

// heat shows for each pair of values who has the lowest p99 latency of those that fail least.
func heat(s sweep) figure {
	f := figure{
		subject: "Who has the lowest p99 latency",
		layout:  tall,
		empty:   "Nobody has a p99 latency, which needs 1000 measured, succeeded requests.",
	}
	g := s.grid()
	if len(g.looks) == 0 {
		return f
	}
	var all []winner
	for _, c := range g.cells {
		all = append(all, c.winner)
	}
	f.headline = s.headline("pairs of values", all)
	f.caption = append(f.caption, "In a cell stands the p99 of the strategy whose colour it has.")
	if slices.ContainsFunc(g.cells, func(c cell) bool { return c.run.Saturated }) {
		f.caption[0] += " Where it has a star there is overload, and latencies depend on the length of the run."
	}
	if slices.ContainsFunc(g.cells, cell.failing) {
		f.caption[0] += " Where less than 99 % of its requests succeed, it is said below, or by an exclamation mark where there is no room."
	}
	if slices.ContainsFunc(g.cells, func(c cell) bool { return c.run.Strategy == "" }) {
		f.caption[0] += " A dash: those whose requests fail least have no p99, for fewer than 1,000 measured ones succeeded."
	}
	f.caption = append(f.caption, s.levels())
	p := newPanel(axis{sweptLabel(g.across[0].Flag), wordTicks(g.across)}, axis{sweptLabel(g.up[0].Flag), wordTicks(g.up)}, nil, never)
	p.X.Min, p.X.Max = -0.5, float64(len(g.across))-0.5
	p.Y.Min, p.Y.Max = -0.5, float64(len(g.up))-0.5
	p.Add(g)
	f.facets = []facet{{"", []panel{p}, g.legend()}}
	return f
}

// A grid is the cells of two sweeps, the first across and the second upwards.
type grid struct {
	across, up []report.Swept
	cells      []cell
	looks      []namedLook // of those that win anywhere, the most often first
}

type namedLook struct {
	name        string
	look        color.Color
	wins, alone int // cells, and those of them in which nobody is level with it
}

// A cell is a pair of values, by their places, and who has the lowest p99 there; no run: nobody has any.
type cell struct {
	x, y int
	winner
}

// failing tells whether the strategy of a cell lets more requests fail than it may be silent about.
func (one cell) failing() bool {
	return one.run.Strategy != "" && orZero(succeeded(one.run)) < document.Enough
}

// texts are what may be written into a cell, as lines, the best first: the first for which there is room is.
func (one cell) texts() [][]string {
	if one.run.Strategy == "" {
		return [][]string{{"–"}}
	}
	text := inTime(*p99(one.run))
	if one.run.Saturated {
		text += "*"
	}
	if !one.failing() {
		return [][]string{{text}}
	}
	share := inShare(orZero(succeeded(one.run)))
	return [][]string{{text, share + " succeed"}, {text, share}, {text + " !"}, {"!"}}
}

func (s sweep) grid() grid {
	g := grid{across: s.values(first), up: s.values(also)}
	for x, v := range g.across {
		for y := range g.up {
			w, _ := s.winner(v, &g.up[y])
			g.cells = append(g.cells, cell{x, y, w})
		}
	}
	for _, r := range s.strategies() {
		one := namedLook{name: r.Strategy}
		for _, c := range g.cells {
			if c.run.Strategy != r.Strategy {
				continue
			}
			one.wins++
			if len(c.level) == 0 {
				one.alone++
			}
		}
		if one.wins > 0 {
			g.looks = append(g.looks, one)
		}
	}
	slices.SortStableFunc(g.looks, func(a, b namedLook) int { return b.wins - a.wins })
	for i := range g.looks {
		g.looks[i].look = cellColor(i)
	}
	return g
}

// cellColor is that of the strategy with the i-th most cells: those of lines but black, which would be all that is seen, and in the end one
// grey for all others.
func cellColor(i int) color.Color {
	colors := palette()
	cells := slices.DeleteFunc(colors[:], func(c color.RGBA) bool { return c == color.RGBA{A: 255} })
	if i < len(cells) {
		return cells[i]
	}
	return color.Gray{Y: 150}
}

func (g grid) lookOf(name string) color.Color {
	i := slices.IndexFunc(g.looks, func(l namedLook) bool { return l.name == name })
	return g.looks[i].look
}

// Plot fills the cells.
func (g grid) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	const gap = 0.5
	for _, one := range g.cells {
		box := vg.Rectangle{
			Min: vg.Point{X: x(float64(one.x)-0.5) + gap, Y: y(float64(one.y)-0.5) + gap},
			Max: vg.Point{X: x(float64(one.x)+0.5) - gap, Y: y(float64(one.y)+0.5) - gap},
		}
		if one.run.Strategy == "" {
			fill(c, box, color.Gray{Y: 240})
			one.tell(c, box, color.Black)
			continue
		}
		ink := g.lookOf(one.run.Strategy)
		if len(one.level) > 0 {
			fill(c, box, pale(ink))
			hatch(c, box, ink)
			one.tell(c, box, color.Black)
			continue
		}
		fill(c, box, ink)
		one.tell(c, box, legibleOn(ink))
	}
}

func fill(c draw.Canvas, box vg.Rectangle, ink color.Color) {
	c.FillPolygon(ink, []vg.Point{box.Min, {X: box.Max.X, Y: box.Min.Y}, box.Max, {X: box.Min.X, Y: box.Max.Y}})
}

// tell writes into the middle of a cell what there is room for.
func (one cell) tell(c draw.Canvas, box vg.Rectangle, ink color.Color) {
	style := textStyle(smallSize, ink)
	style.XAlign, style.YAlign = draw.XCenter, draw.YCenter
	const room, row = 4, smallSize * lineSpacing
	for _, lines := range one.texts() {
		width, height := vg.Length(0), row*vg.Length(len(lines))
		for _, line := range lines {
			width = max(width, style.Width(line)+room)
		}
		if width > box.Size().X || height > box.Size().Y {
			continue
		}
		middle := vg.Point{X: (box.Min.X + box.Max.X) / 2, Y: (box.Min.Y + box.Max.Y) / 2}
		if len(one.level) > 0 {
			const below = 1.5 // the middle of letters is below that of their line
			half, low := vg.Point{X: width / 2, Y: height / 2}, vg.Point{Y: below}
			fill(c, vg.Rectangle{Min: middle.Sub(half).Sub(low), Max: middle.Add(half).Sub(low)}, color.White)
		}
		for i, line := range lines {
			c.FillText(style, vg.Point{X: middle.X, Y: middle.Y + (height-row)/2 - row*vg.Length(i)}, line)
		}
		return
	}
}

// hatch draws lines from the lower left to the upper right of a cell.
func hatch(c draw.Canvas, box vg.Rectangle, ink color.Color) {
	const apart = 6
	size := box.Size()
	for from := -size.Y; from < size.X; from += apart {
		left, right := max(0, from), min(size.X, from+size.Y)
		c.StrokeLine2(draw.LineStyle{Color: ink, Width: vg.Points(1.2)},
			box.Min.X+left, box.Min.Y+left-from, box.Min.X+right, box.Min.Y+right-from)
	}
}

// pale is the colour with much white.
func pale(of color.Color) color.Color {
	r, g, b, _ := of.RGBA()
	mixed := func(v uint32) uint8 { return uint8((v>>8 + 3*255) / 4) }
	return color.RGBA{mixed(r), mixed(g), mixed(b), 255}
}

// legibleOn is black or white, whichever is seen better on a colour.
func legibleOn(of color.Color) color.Color {
	const middle = 140
	if color.GrayModel.Convert(of).(color.Gray).Y > middle {
		return color.Black
	}
	return color.White
}

// legend says whose colour is which, and how many cells it has.
func (g grid) legend() legend {
	l := legend{heading: "most cells first", columns: []string{"cells", "alone"}}
	swatch := func(ink color.Color) look { return look{line: draw.LineStyle{Color: ink, Width: vg.Points(9)}} }
	for _, one := range g.looks {
		l.entries = append(l.entries, entry{swatch(one.look), drawable(one.name), []string{fmt.Sprint(one.wins), fmt.Sprint(one.alone)}})
	}
	if slices.ContainsFunc(g.cells, func(c cell) bool { return len(c.level) > 0 }) {
		style := swatch(color.Gray{Y: 150})
		style.line.Dashes = []vg.Length{2, 3}
		l.entries = append(l.entries, entry{look: style, name: "hatched: others are level"})
	}
	if slices.ContainsFunc(g.cells, cell.failing) {
		l.entries = append(l.entries, entry{name: "“% succeed” or “!”: the others fail"})
	}
	return l
}
