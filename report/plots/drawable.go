package plots

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/image/font/sfnt"
	"gonum.org/v1/plot/font"
)

// drawable escapes, as a Go string does, what cannot be drawn: control characters, bytes that are no text, and characters
// that the font does not have. A path or a name may hold any of them, and in an SVG some would be no XML.
func drawable(s string) string {
	style := textStyle(smallSize, nil)
	face := font.DefaultCache.Lookup(style.Font, style.Font.Size).Face
	var buffer sfnt.Buffer
	var b strings.Builder
	for s != "" {
		r, n := utf8.DecodeRuneInString(s)
		glyph, err := face.GlyphIndex(&buffer, r)
		switch {
		case r == utf8.RuneError && n == 1:
			fmt.Fprintf(&b, `\x%02x`, s[0])
		case unicode.IsPrint(r) && err == nil && glyph != 0:
			b.WriteRune(r)
		default:
			b.WriteString(escaped(r))
		}
		s = s[n:]
	}
	return b.String()
}

// escaped is a character as a Go string has it, in ASCII.
func escaped(r rune) string {
	quoted := strconv.QuoteRuneToASCII(r)
	return quoted[1 : len(quoted)-1]
}
