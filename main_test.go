package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/internal/virtualtime"
)

// What the built program does with flags, files and signals is tested in internal/e2e.

// captured returns what f writes to stderr.
func captured(t *testing.T, f func()) string {
	t.Helper()
	file, err := os.Create(filepath.Join(t.TempDir(), "stderr"))
	require.NoError(t, err)
	defer file.Close()
	before := os.Stderr
	os.Stderr = file
	defer func() { os.Stderr = before }()
	f()
	text, err := os.ReadFile(file.Name())
	require.NoError(t, err)
	return string(text)
}

func TestTheStatusTellsWhatHappened(t *testing.T) {
	broken := errors.New("the disk is full")
	for _, row := range []struct {
		says   string
		status int
		err    error
		want   int
		stderr string
	}{
		{"all is well", done, nil, 0, ""},
		{"something failed", done, broken, 1, "waza: the disk is full\n"},
		{"the flags were wrong", wrong, broken, 2, "waza: the disk is full\n"},
		{"it was interrupted", 130, nil, 130, ""},
		{"it was interrupted, and then something failed", 130, broken, 130, "waza: the disk is full\n"},
	} {
		t.Run(row.says, func(t *testing.T) {
			var status int
			stderr := captured(t, func() { status = ended(row.status, row.err) })
			assert.Equal(t, row.want, status)
			assert.Equal(t, row.stderr, stderr)
		})
	}
}

// TestADeadlockShowsWhereEverybodyStands: it is an error in the program, and the one for which a line is not enough.
func TestADeadlockShowsWhereEverybodyStands(t *testing.T) {
	deadlock := &virtualtime.Deadlock{Reason: "all wait", Stacks: "goroutine 1 [select]:"}
	var status int
	stderr := captured(t, func() { status = ended(done, fmt.Errorf("pull: %w", deadlock)) })
	assert.Equal(t, failed, status)
	assert.Equal(t, "waza: pull: deadlock in simulated time: all wait\ngoroutine 1 [select]:\n", stderr)
}
