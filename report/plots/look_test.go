package plots

import (
	"image/color"
	"testing"

	"gonum.org/v1/plot/vg/draw"
)

func TestLooksDiffer(t *testing.T) {
	type key struct {
		color color.Color
		dash  int
		shape draw.GlyphDrawer
	}
	seen := map[key]int{}
	for i := range 105 {
		l := lookOf(i, 105)
		dash := len(l.line.Dashes)
		if dash > 0 {
			dash = 100*dash + int(l.line.Dashes[0])
		}
		k := key{l.line.Color, dash, l.mark.Shape}
		if other, ok := seen[k]; ok {
			t.Errorf("runs %d and %d look the same", other, i)
		}
		seen[k] = i
	}
}
