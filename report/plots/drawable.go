package plots

import (
	"unicode"

	"golang.org/x/image/font/sfnt"
	"gonum.org/v1/plot/font"

	"waza/internal/option"
)

// drawable escapes, as a Go string does, what cannot be drawn: control characters, bytes that are no text, and characters
// that the font does not have. A path or a name may hold any of them, and in an SVG some would be no XML.
func drawable(s string) string {
	style := textStyle(smallSize, nil)
	face := font.DefaultCache.Lookup(style.Font, style.Font.Size).Face
	var buffer sfnt.Buffer
	return option.Legible(s, func(r rune) bool {
		glyph, err := face.GlyphIndex(&buffer, r)
		return unicode.IsPrint(r) && err == nil && glyph != 0
	})
}
