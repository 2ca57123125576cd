package command

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestOutputIsTriedBeforeTheRun(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	require.NoError(t, os.WriteFile(file, []byte("kept"), 0o666))
	for _, row := range []struct {
		says, plots, log, message string
	}{
		{"nothing is written", "", "", ""},
		{"a directory is made", filepath.Join(dir, "a/b"), "", ""},
		{"a directory may be there", dir, "", ""},
		{"a file is no directory", file, "", "--plots=" + file + ": want a directory that can be written: not a directory"},
		{"nor has it any below it", file + "/x", "", "--plots=" + file + "/x: want a directory that can be written: not a directory"},
		{"a log may be new", "", filepath.Join(dir, "log.csv"), ""},
		{"a log may be there", "", file, ""},
		{"a log may go nowhere", "", os.DevNull, ""},
		{"a directory is no log", "", dir, "--requests-log=" + dir + ": want a file that can be written: it is a directory"},
		{"a log needs a directory", "", filepath.Join(dir, "no/log.csv"),
			"--requests-log=" + filepath.Join(dir, "no/log.csv") + ": want a file that can be written: no such file or directory"},
	} {
		t.Run(row.says, func(t *testing.T) {
			err := (&Command{Plots: row.plots, RequestsLog: row.log}).Check(nil)
			if row.message == "" {
				assert.NoError(t, err)
			} else {
				assert.EqualError(t, err, row.message)
			}
		})
	}
	left, err := os.ReadDir(dir)
	require.NoError(t, err)
	assert.Len(t, left, 2, "only the file and the directory for plots are left")
	kept, err := os.ReadFile(file)
	require.NoError(t, err)
	assert.Equal(t, "kept", string(kept))
}
