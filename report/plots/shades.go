package plots

import (
	"cmp"
	"image/color"
	"math"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"waza/report"
)

// Faults are shaded behind the curves, each kind in its colour, wherever it troubles a worker.

// A shade is a time in one colour.
type shade struct {
	from, to float64
	kind     string
	share    float64 // of the time in which there is a fault: how deep the colour is
}

// The limits of what is told apart: more spells of a kind than mostSpells are drawn as the share of the time in which there was one, in so
// many bins of the axis; a spell shorter than a narrowth of the axis is drawn as wide as that; and where several kinds are there at once,
// stripes as wide as a stripeth of it take turns.
const (
	mostSpells = 40
	bins       = 120
	narrow     = 300
	stripe     = 120
)

// spellsOf returns when a kind of fault troubles any worker, up to the end of the axis, in order and without overlaps.
func spellsOf(r report.Result, kind string, end float64) []report.Spell {
	var all []report.Spell
	for _, s := range r.Spells {
		if s.Kind == kind && s.FromSeconds < end {
			s.ToSeconds = min(end, s.ToSeconds)
			all = append(all, s)
		}
	}
	if len(united(all)) > mostSpells || slices.ContainsFunc(all, func(s report.Spell) bool { return s.Share < 1 }) {
		return binned(all, end)
	}
	all = united(all)
	for i := range all {
		all[i].ToSeconds = min(end, max(all[i].ToSeconds, all[i].FromSeconds+end/narrow))
	}
	return united(all)
}

// united sorts spells and makes one of those that overlap.
func united(all []report.Spell) []report.Spell {
	var out []report.Spell
	for _, s := range slices.SortedStableFunc(slices.Values(all), func(a, b report.Spell) int { return cmp.Compare(a.FromSeconds, b.FromSeconds) }) {
		if n := len(out); n > 0 && s.FromSeconds <= out[n-1].ToSeconds {
			out[n-1].ToSeconds = max(out[n-1].ToSeconds, s.ToSeconds)
			continue
		}
		out = append(out, s)
	}
	return out
}

// binned says of each bin of the axis for what share of it there was a spell.
func binned(all []report.Spell, end float64) []report.Spell {
	if !slices.ContainsFunc(all, func(s report.Spell) bool { return s.Share < 1 }) {
		all = united(all)
	}
	width := end / bins
	var out []report.Spell
	for i := range bins {
		from, to := float64(i)*width, float64(i+1)*width
		covered := 0.0
		for _, s := range all {
			covered += s.Share * max(0, min(s.ToSeconds, to)-max(s.FromSeconds, from))
		}
		if covered > 0 {
			out = append(out, report.Spell{Kind: all[0].Kind, FromSeconds: from, ToSeconds: to, Share: min(1, covered/width)})
		}
	}
	return out
}

// shadesOf cuts the axis where a kind of fault begins or ends. Where several are there at once, they take turns in stripes.
func shadesOf(r report.Result, end float64) []shade {
	by := map[string][]report.Spell{}
	edges := []float64{0, end}
	kinds := kindsOf(r)
	for _, kind := range kinds {
		by[kind] = spellsOf(r, kind, end)
		for _, s := range by[kind] {
			edges = append(edges, s.FromSeconds, s.ToSeconds)
		}
	}
	slices.Sort(edges)
	var out []shade
	for i, to := range edges[1:] {
		from := edges[i]
		var here []shade
		for _, kind := range kinds {
			for _, s := range by[kind] {
				if s.FromSeconds <= from && s.ToSeconds >= to && to > from {
					here = append(here, shade{from, to, kind, s.Share})
				}
			}
		}
		out = append(out, striped(here, end/stripe)...)
	}
	return out
}

// striped lets those that are at one time take turns. Stripes are where they are on the axis, wherever a time begins.
func striped(here []shade, width float64) []shade {
	if len(here) < 2 {
		return here
	}
	var out []shade
	for n := math.Floor(here[0].from / width); n*width < here[0].to; n++ {
		s := here[int(n)%len(here)]
		s.from, s.to = max(s.from, n*width), min(s.to, (n+1)*width)
		if s.to > s.from {
			out = append(out, s)
		}
	}
	return out
}

// kindColor is the colour of a kind of fault, pale enough for curves to be seen on it.
func kindColor(kind string) color.RGBA {
	colors := map[string]color.RGBA{
		"crash":     {255, 190, 190, 255},
		"slow":      {255, 226, 150, 255},
		"stall":     {205, 200, 245, 255},
		"blackhole": {196, 230, 223, 255},
		"fail-fast": {255, 200, 230, 255},
		"flaky":     {200, 232, 190, 255},
		"cold":      {180, 220, 250, 255},
		"drop":      {222, 205, 180, 255},
	}
	if c, found := colors[kind]; found {
		return c
	}
	return color.RGBA{215, 215, 215, 255}
}

// deep blends a colour with the white of the page: even the least share is seen.
func deep(c color.RGBA, share float64) color.Color {
	const least = 0.25
	blend := func(v uint8) uint8 {
		return uint8(math.Round(255 - (255-float64(v))*(least+(1-least)*share)))
	}
	return color.RGBA{blend(c.R), blend(c.G), blend(c.B), 255}
}

// shading draws shades over the whole height of a panel.
type shading []shade

// Plot fills them.
func (all shading) Plot(c draw.Canvas, p *plot.Plot) {
	x, _ := p.Transforms(&c)
	for _, s := range all {
		left, right := max(c.Min.X, x(s.from)), min(c.Max.X, x(s.to))
		if right <= left {
			continue
		}
		c.FillPolygon(deep(kindColor(s.kind), s.share), []vg.Point{
			{X: left, Y: c.Min.Y}, {X: right, Y: c.Min.Y}, {X: right, Y: c.Max.Y}, {X: left, Y: c.Max.Y},
		})
	}
}
