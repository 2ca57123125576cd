// Package overlay builds the program as it would be with other source, for tests. The source stays as it is.
package overlay

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// root is the module, from the package of a test that is two folders deep.
const root = "../.."

// An Overlay is the text of files that differ from those of the module, by path. go build reads it in their place, and has in its cache what
// it has built before.
type Overlay map[string]string

// Add adds a file, which there must not be yet.
func (o Overlay) Add(t *testing.T, path, text string) {
	t.Helper()
	require.NoFileExists(t, inModule(path))
	o[path] = text
}

// Replace puts something in the place of what a file has exactly once.
func (o Overlay) Replace(t *testing.T, path, is, becomes string) {
	t.Helper()
	text, changed := o[path]
	if !changed {
		source, err := os.ReadFile(inModule(path))
		require.NoError(t, err)
		text = string(source)
	}
	require.Equal(t, 1, strings.Count(text, is), "%s has not this once: %s", path, is)
	o[path] = strings.Replace(text, is, becomes, 1)
}

// Build returns the path of the program that is built so, with these flags of go build.
func (o Overlay) Build(t *testing.T, flags ...string) (program string) {
	t.Helper()
	dir, replace := t.TempDir(), map[string]string{}
	for path, text := range o {
		original, err := filepath.Abs(inModule(path))
		require.NoError(t, err)
		replace[original] = filepath.Join(dir, strings.ReplaceAll(path, "/", "_"))
		require.NoError(t, os.WriteFile(replace[original], []byte(text), 0o600))
	}
	table, err := json.Marshal(map[string]any{"Replace": replace})
	require.NoError(t, err)
	overlay := filepath.Join(dir, "overlay.json")
	require.NoError(t, os.WriteFile(overlay, table, 0o600))
	program = filepath.Join(dir, "waza")
	build := exec.Command("go", append(append([]string{"build", "-overlay=" + overlay, "-o", program}, flags...), ".")...)
	build.Dir = root
	out, err := build.CombinedOutput()
	require.NoError(t, err, "%s", out)
	return program
}

func inModule(path string) string { return filepath.Join(root, filepath.FromSlash(path)) }
