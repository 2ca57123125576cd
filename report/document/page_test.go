package document

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestControlCharactersAreVisible(t *testing.T) {
	for _, c := range []struct{ says, given, want string }{
		{"what can be read stays", `läuft "x" 'y' \d → z`, `läuft "x" 'y' \d → z`},
		{"escapes of a terminal", "a\x1b[31mb", `a\x1b[31mb`},
		{"lines and tabs", "a\nb\tc", `a\nb\tc`},
		{"bytes that are no text", "a\xffb", `a\xffb`},
		{"text that runs from right to left only by order", "a\u202eb", `a\u202eb`},
	} {
		assert.Equal(t, c.want, visible(c.given), c.says)
	}
	d := Document{Command: "waza --trace=\x1b[2J.csv", Config: Settings{{Name: "trace", Value: "\x1b[2J.csv"}}}
	var b bytes.Buffer
	require.NoError(t, d.WriteText(&b))
	assert.NotContains(t, b.String(), "\x1b")
}

func TestSpans(t *testing.T) {
	for _, c := range [][3]string{
		{"1", "1", "1"}, {"1", "2", "1 to 2"}, {"1 ms", "2 ms", "1 to 2 ms"}, {"999 ms", "1 s", "999 ms to 1 s"}, {"1 request", "2 requests", "1 request to 2 requests"},
	} {
		assert.Equal(t, c[2], span(c[0], c[1]))
	}
}

func TestUnitsStayWithTheirNumbers(t *testing.T) {
	p := page{width: 20}
	p.prose("pull was best: 49.74 ms, and 98.77 % of its requests took 1.5 s.")
	assert.Equal(t, "pull was best:\n  49.74 ms, and\n  98.77 % of its\n  requests took\n  1.5 s.\n", p.String())
}

// Shares are read as people write them, and stay numbers in JSON.
func TestSettingsAreReadAsTheyAreWritten(t *testing.T) {
	d := Document{Command: "waza", Config: Settings{{Name: "panic", Value: 0.5, Text: "50%"}, {Name: "load", Value: 0.8}}}
	var text, program bytes.Buffer
	require.NoError(t, d.WriteText(&text))
	require.NoError(t, d.WriteJSON(&program))
	assert.Contains(t, text.String(), " · load 0.8 · panic 50%")
	assert.Contains(t, program.String(), `"panic": 0.5`)
}

// A command in several lines is the same to the shell: it takes a backslash and the end of its line away, and else parts words at blanks.
func TestACommandInSeveralLinesIsTheSame(t *testing.T) {
	for _, c := range []struct {
		width int
		words []string
		want  string
	}{
		{40, []string{"waza", "--load=0.5"}, "waza --load=0.5\n"},
		{40, []string{"waza", "--strategy=random", "--load=0.5", "--queue=5", "--timeout=100ms"},
			"waza --strategy=random --load=0.5 \\\n  --queue=5 --timeout=100ms\n"},
		{30, []string{"waza", "--strategy=random,pull,round-robin,least-loaded", "--load=0.5"},
			"waza --strategy=random,pull,\\\nround-robin,least-loaded \\\n  --load=0.5\n"},
		{20, []string{"waza", "--trace='a very, very long name.csv'", "--load=0.5"},
			"waza \\\n  --trace='a very, very long name.csv' \\\n  --load=0.5\n"},
	} {
		p := page{width: c.width}
		p.command(c.words)
		assert.Equal(t, c.want, p.String())
		assert.Equal(t, strings.Join(c.words, " "), strings.Join(strings.Fields(strings.ReplaceAll(p.String(), "\\\n", "")), " "))
	}
}

func TestWhatHasNoRoomIsPartedAtCommasAndSlashes(t *testing.T) {
	p := page{width: 20}
	p.wrapped([]string{"seed 1", "fault crash:worker=0,at=5s,for=10s", strings.Repeat("x", 25), "load 1"}, " · ")
	assert.Equal(t, "seed 1 ·\n  fault crash:worker\n  =0,at=5s,for=10s ·\n  xxxxxxxxxxxxxxxxxx\n  xxxxxxx · load 1\n", p.String())
	p = page{width: 32}
	p.wrapped([]string{"seed 1", "priority-work constant:300ms/constant:10ms/5ms"}, " · ")
	assert.Equal(t, "seed 1 ·\n  priority-work constant:300ms/\n  constant:10ms/5ms\n", p.String())
}
