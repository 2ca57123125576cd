package plots

import (
	"image/color"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// A look tells one run from the others: by colour, by dashes, by marks and by width.
type look struct {
	line draw.LineStyle
	mark draw.GlyphStyle
}

// lookOf returns the look of run i of the n of a group. It depends on nothing else, so a strategy looks the same in all
// plots of a document.
// Seven colours, five dash patterns and three marks have no common divisor: 105 runs differ.
// Later lines are drawn over earlier ones and are thinner, so that two equal curves are both seen.
func lookOf(i, n int) look {
	const thick, thin = 2.5, 1.3 // points
	width := thick
	if n > 1 {
		width -= (thick - thin) * float64(i) / float64(n-1)
	}
	colors, dashes := palette(), dashes()
	shapes := [...]draw.GlyphDrawer{draw.CircleGlyph{}, draw.BoxGlyph{}, draw.PyramidGlyph{}}
	c := colors[i%len(colors)]
	return look{
		line: draw.LineStyle{Color: c, Width: vg.Points(width), Dashes: dashes[i%len(dashes)]},
		mark: draw.GlyphStyle{Color: c, Radius: vg.Points(width + 1), Shape: shapes[i%len(shapes)]},
	}
}

// paleLook is that of all curves that are there only to compare with: one thin line, without marks.
func paleLook() look {
	return look{line: draw.LineStyle{Color: color.Gray{Y: 200}, Width: vg.Points(0.75)}}
}

// unmarked is the same look without marks.
func (l look) unmarked() look { return look{line: l.line} }

// palette is that of Okabe and Ito (2008), which colour-blind readers can tell apart, without its yellow: that is too pale
// for a line on white.
func palette() [7]color.RGBA {
	return [...]color.RGBA{
		{0, 114, 178, 255},   // blue
		{213, 94, 0, 255},    // vermillion
		{0, 158, 115, 255},   // bluish green
		{0, 0, 0, 255},       // black
		{230, 159, 0, 255},   // orange
		{204, 121, 167, 255}, // reddish purple
		{86, 180, 233, 255},  // sky blue
	}
}

func dashes() [5][]vg.Length {
	return [...][]vg.Length{
		nil, // solid
		{9, 3},
		{2, 2.5},
		{9, 2.5, 2, 2.5},
		{5, 2.5},
	}
}
