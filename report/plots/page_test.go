package plots

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"gonum.org/v1/plot/vg"
)

func TestWrap(t *testing.T) {
	tests := []struct {
		why, text string
		want      []string
	}{
		{"short text is one line", "a b", []string{"a b"}},
		{"no text is no line", "", nil},
		{"a name may hold several spaces", "a   b", []string{"a   b"}},
		{"break between words", "one two three four", []string{"one two", "three four"}},
		{"a list breaks after a comma", "x aaaa,bbbb,cccc", []string{"x", "aaaa,bbbb,", "cccc"}},
		{"else anywhere, never inside a character", "äöüäöüäöüäöü", []string{"äöüäöüäöüä", "öü"}},
	}
	for _, tt := range tests {
		assert.Equal(t, tt.want, wrap(tt.text, 10, func(s string) vg.Length { return vg.Length(len([]rune(s))) }), tt.why)
	}
}
