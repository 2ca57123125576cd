package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestAReaderWhoGoesDoesNotEndTheRun: what was asked for beside the result is written.
func TestAReaderWhoGoesDoesNotEndTheRun(t *testing.T) {
	t.Parallel()
	reader, writer, err := os.Pipe()
	require.NoError(t, err)
	require.NoError(t, reader.Close())
	defer writer.Close()
	cmd := prepare(t, "-requests=2000", "-plots=", "-quiet", "-requests-log=log.csv")
	cmd.Stdout = writer
	e := finish(t, cmd)
	assert.Zero(t, e.status)
	assert.Empty(t, e.stderr)
	assert.Equal(t, 2001, strings.Count(e.file(t, "log.csv"), "\n"))
}

// TestASignalWhileItWritesEndsItAtOnce: then nothing is left that is not whole, and what was there before is.
func TestASignalWhileItWritesEndsItAtOnce(t *testing.T) {
	skipIfShort(t, "plays for seconds")
	c := &child{cmd: prepare(t, strings.Fields("-requests=1000000 -quiet -format=none -plots= -requests-log=log.csv.gz")...), dir: t.TempDir(), ended: make(chan error, 1)}
	in := func(name string) string { return filepath.Join(c.cmd.Dir, name) }
	require.NoError(t, os.WriteFile(in("log.csv.gz"), []byte("kept"), 0o600))
	for _, name := range []string{"stdout", "stderr"} {
		require.NoError(t, os.WriteFile(filepath.Join(c.dir, name), nil, 0o600))
	}
	require.NoError(t, c.cmd.Start())
	go func() { c.ended <- c.cmd.Wait() }()
	for end := time.Now().Add(patience); !c.writes(t); c.works(t, 2*time.Millisecond) {
		require.True(t, time.Now().Before(end), "it does not write")
	}
	e := c.gets(t, 2*time.Second, syscall.SIGINT)
	assert.Equal(t, onInterrupt, e.status)
	assert.Equal(t, []string{"log.csv.gz"}, e.files(t))
	assert.Equal(t, "kept", e.file(t, "log.csv.gz"))
}

// writes tells whether a part of a file is there that the child has begun to write. To find out before the run whether it can, it makes
// an empty one.
func (c *child) writes(t *testing.T) bool {
	t.Helper()
	begun, err := filepath.Glob(filepath.Join(c.cmd.Dir, ".waza-*"))
	require.NoError(t, err)
	for _, path := range begun {
		if info, err := os.Stat(path); err == nil && info.Size() > 0 {
			return true
		}
	}
	return false
}
