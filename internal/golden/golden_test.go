package golden

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestTheFirstDifferenceIsShown(t *testing.T) {
	for _, row := range []struct{ says, want, got, shows string }{
		{"a line in the middle", "a\nb\nc\n", "a\nx\nc\n", "line 2 differs\n- b\n+ x"},
		{"a line more, in the middle", "a\nc\n", "a\nb\nc\n", "line 2 differs\n- c\n+ b"},
		{"the end of the last line", "a\n", "a", "line 1 differs\n- a\n+ a (no end of line)"},
		{"nothing", "a\n", "", "line 1 differs\n- a\n+  (no end of line)"},
	} {
		assert.Equal(t, row.shows, firstDifference(row.want, row.got), row.says)
	}
}

// A hearer is a test that says what it would have failed with.
type hearer struct {
	testing.TB
	heard string
}

func (h *hearer) Helper()                        {}
func (h *hearer) Fatal(args ...any)              { h.heard = fmt.Sprint(args...) }
func (h *hearer) Fatalf(format string, a ...any) { h.heard = fmt.Sprintf(format, a...) }

func TestCheck(t *testing.T) {
	if Updating() {
		t.Skip("nothing is compared")
	}
	for _, row := range []struct{ says, name, text, hears string }{
		{"what is equal passes", "equal.txt", "one line\n", ""},
		{"what differs does not", "equal.txt", "another\n", "- one line\n+ another"},
		{"nor does what is missing", "missing.txt", "one line\n", "no such file"},
	} {
		h := &hearer{TB: t}
		Check(h, row.name, row.text)
		assert.Contains(t, h.heard, row.hears, row.says)
		assert.Equal(t, row.hears == "", h.heard == "", row.says)
	}
}
