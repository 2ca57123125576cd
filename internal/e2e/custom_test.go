package e2e

import (
	"bytes"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestTheStrategyOfTheREADME adds to a copy of the program what the README says of how to add a strategy, to the letter,
// and sees it in a run: at load 0.5 an idle worker is nearly always found, so it has to beat random by far.
func TestTheStrategyOfTheREADME(t *testing.T) {
	t.Parallel()
	readme, err := os.ReadFile("../../README.md")
	require.NoError(t, err)
	_, section, found := strings.Cut(string(readme), "\n## Add a strategy\n")
	require.True(t, found)
	name := regexp.MustCompile("A file in `strategy`, such as `(\\w+\\.go)`").FindStringSubmatch(section)
	blocks := regexp.MustCompile("(?s)```go\n(.*?)```").FindAllStringSubmatch(section, 2)
	require.Len(t, name, 2)
	require.Len(t, blocks, 2, "a file, and a line for the table")
	file, line := blocks[0][1], blocks[1][1]
	require.LessOrEqual(t, strings.Count(file+line, "\n"), 25)

	root := t.TempDir()
	copyModule(t, root)
	require.NoError(t, os.WriteFile(filepath.Join(root, "strategy", name[1]), []byte(file), 0o666))
	table := filepath.Join(root, "strategy", "kinds.go")
	kinds, err := os.ReadFile(table)
	require.NoError(t, err)
	head := []byte("func loadAware() []Kind {\n\treturn []Kind{\n")
	require.Equal(t, 1, bytes.Count(kinds, head))
	require.NoError(t, os.WriteFile(table, bytes.Replace(kinds, head, append(head, line...), 1), 0o666))

	build := exec.Command("go", "build", "-o", "extended", ".")
	build.Dir = root
	out, err := build.CombinedOutput()
	require.NoError(t, err, "%s", out)
	run := exec.Command(filepath.Join(root, "extended"), "-strategy=idle-first,random", "-load=0.5", "-requests=5000", "-plots=", "-format=json")
	text, err := run.Output()
	require.NoError(t, err)
	var result struct {
		Runs []struct {
			Strategy       string
			LatencySeconds struct{ Mean float64 } `json:"latency_seconds"`
		}
	}
	decode(t, string(text), &result)
	require.Len(t, result.Runs, 2)
	assert.Equal(t, "idle-first", result.Runs[0].Strategy)
	assert.Less(t, result.Runs[0].LatencySeconds.Mean, 0.7*result.Runs[1].LatencySeconds.Mean)
}

// copyModule copies what the program is built from.
func copyModule(t *testing.T, to string) {
	source := os.DirFS("../..")
	require.NoError(t, fs.WalkDir(source, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		if name := entry.Name(); filepath.Ext(name) != ".go" && name != "go.mod" && name != "go.sum" {
			return nil
		}
		text, err := fs.ReadFile(source, path)
		require.NoError(t, err)
		target := filepath.Join(to, filepath.FromSlash(path))
		require.NoError(t, os.MkdirAll(filepath.Dir(target), 0o777))
		return os.WriteFile(target, text, 0o666)
	}))
}
