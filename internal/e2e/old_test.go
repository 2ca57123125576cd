package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestAPlotOfAnEarlierRunIsNamed: it stays where it is, and the next run, which draws no such picture, says that it is not its own.
func TestAPlotOfAnEarlierRunIsNamed(t *testing.T) {
	skipIfShort(t, "plays for seconds")
	t.Parallel()
	dir := t.TempDir()
	for _, row := range []struct{ args, old string }{
		{"-requests=500 -arrivals=ramp", ""},
		{"-requests=500", "note: plots/over_time.png is of an earlier run: this one has not drawn it\n"},
		{"-requests=500 -quiet", ""},
		{"-requests=500 -plots=", ""},
		{"-requests=500 -arrivals=ramp", ""},
	} {
		cmd := prepare(t, strings.Fields(row.args)...)
		cmd.Dir = dir
		e := finish(t, cmd)
		require.Zero(t, e.status, e.stderr)
		if row.old == "" {
			assert.NotContains(t, e.stderr, "earlier run", row.args)
		} else {
			assert.Contains(t, e.stderr, row.old, row.args)
		}
		assert.FileExists(t, filepath.Join(dir, "plots", "over_time.png"))
	}
}

// TestALogOfAnInterruptedRunSaysSo: it takes the place of an older one, of a whole run perhaps.
func TestALogOfAnInterruptedRunSaysSo(t *testing.T) {
	for _, old := range []bool{false, true} {
		c := start(t, "-format=none -plots= -clock=wall -duration=100s -rate=50 -events -requests-log=log.csv")
		note := "note: --requests-log=log.csv has the requests until the interruption\n"
		if old {
			require.NoError(t, os.WriteFile(filepath.Join(c.cmd.Dir, "log.csv"), []byte("old\n"), 0o666))
			note = "note: --requests-log=log.csv has the requests until the interruption, in the place of what was there\n"
		}
		c.says(t, " asks ", 1) // so it listens to signals
		e := c.gets(t, 2*soon, syscall.SIGINT)
		require.Equal(t, onInterrupt, e.status, e.stderr)
		assert.Contains(t, e.stderr, note)
	}
}
