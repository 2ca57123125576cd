package report

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write the golden files in testdata anew")

// golden compares got with a file in testdata. On a difference it leaves got beside it and prints how to look.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		require.NoError(t, os.MkdirAll("testdata", 0o755))
		require.NoError(t, os.WriteFile(path, got, 0o644))
		return
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err, "make it with: go test ./report -update")
	if string(want) != string(got) {
		other := filepath.Join(os.TempDir(), "waza-"+name)
		require.NoError(t, os.WriteFile(other, got, 0o644))
		t.Errorf("%s differs: diff report/%s %s\naccept it with: go test ./report -update", name, path, other)
	}
}
