package plots

import (
	"os"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestWhatCannotBeDrawnIsEscaped(t *testing.T) {
	tests := []struct{ why, text, want string }{
		{"text", "waza -plots='a b' — größer, µs, −5 %", "waza -plots='a b' — größer, µs, −5 %"},
		{"a terminal's escape", "\x1b[31mred\a", `\x1b[31mred\a`},
		{"a line break and a tab", "a\nb\tc\r", `a\nb\tc\r`},
		{"a byte that is no text", "a\xffb", `a\xffb`},
		{"a direction mark", "a\u202eb", `a\u202eb`},
		{"a character that the font lacks", "日🙂", `\u65e5\U0001f642`},
		{"no character at all", "\ufffe\x00", `\ufffe\x00`},
	}
	for _, tt := range tests {
		assert.Equal(t, tt.want, drawable(tt.text), tt.why)
	}
}

// A path that the command line names may hold anything but a zero.
func TestNoControlCharacterReachesAPicture(t *testing.T) {
	d := plotted(2, 3, 100)
	d.Command, d.Runs[0].Strategy = "waza -trace='a\x1b]0;title\a\n\u202e\xff'", "strategy\x1b[2J"
	paths, err := Write(d, t.TempDir(), "svg", "trace a\x1b[31m\ufffe", Beside{})
	require.NoError(t, err)
	for _, path := range paths {
		decodes(t, path)
		b, err := os.ReadFile(path)
		require.NoError(t, err)
		for _, r := range string(b) {
			if r != '\n' && r != '\t' && !unicode.IsPrint(r) {
				t.Fatalf("%s has %U", path, r)
			}
		}
		assert.Contains(t, string(b), `\x1b]0;title\a\n\u202e\xff`)
	}
}

// In a part of a run nobody has the lowest of anything.
func TestAnInterruptedRunHasNoAnswer(t *testing.T) {
	for _, interrupted := range []bool{false, true} {
		d := plotted(2, 3, 2000)
		d.Interrupted = interrupted
		paths, err := Write(d, t.TempDir(), "svg", "title", Beside{})
		require.NoError(t, err)
		b, err := os.ReadFile(paths[0])
		require.NoError(t, err)
		assert.Equal(t, !interrupted, strings.Contains(string(b), "strategy-0 has the lowest p99"))
		assert.Contains(t, string(b), "Latency by percentile")
	}
}
