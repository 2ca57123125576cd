package experiment

import (
	"context"
	"os/exec"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A process that says what nobody understands is given up, and not waited for while it waits for orders; one that a signal ends is named with it.
func TestWhyAProcessHasNoResult(t *testing.T) {
	for _, row := range []struct{ does, says string }{
		{"echo nonsense; cat >/dev/null", "a: the process that played it is gone: invalid character 'o' in literal null (expecting 'u')"},
		{"kill -9 $$", "a: the process that played it is gone: signal: killed"},
	} {
		process := exec.Command("/bin/sh", "-c", row.does)
		orders, err := process.StdinPipe()
		require.NoError(t, err)
		answers, err := process.StdoutPipe()
		require.NoError(t, err)
		c := newChild(orders, answers)
		c.process = process
		require.NoError(t, process.Start())
		_, err = c.Play(context.Background(), Piece{Strategy: "a"}, nil)
		assert.EqualError(t, err, row.says)
	}
}
