package golden

import (
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

func TestWhatIsEqualPasses(t *testing.T) {
	Check(t, "equal.txt", "one line\n")
	assert.False(t, Updating())
}
