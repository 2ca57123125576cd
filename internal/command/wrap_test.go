package command

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestListsAreWrappedUnderTheirColumn(t *testing.T) {
	for _, row := range []struct{ says, line, want string }{
		{"what has room stays", "  β   one two three", "  β   one two three"},
		{"what has none goes on under its column", "  β   one two three four", "  β   one two three\n      four"},
		{"as often as it takes", "  β   one two three four five six seven", "  β   one two three\n      four five six\n      seven"},
		{"without a column, where no entry begins", "kind: one two three four five", "kind: one two three\n    four five"},
		{"a word is whole", "  β   one two-three-four-five six", "  β   one\n      two-three-four-five\n      six"},
		{"a column that is far away comes nearer", "  a long heading    one two", "  a long heading    one\n          two"},
	} {
		assert.Equal(t, row.want+"\n", Answer(row.line+"\n").Wrapped(20), row.says)
	}
}
