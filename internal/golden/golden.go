// Package golden compares what tests see with text files in testdata, which the flag -update of a test writes anew.
package golden

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files in testdata anew")

// Updating tells whether the files are to be written rather than compared.
func Updating() bool { return *update }

// Check compares text with the file of that name in the testdata of the package under test.
func Check(t testing.TB, name, got string) {
	t.Helper()
	CheckFile(t, filepath.Join("testdata", name), got)
}

// CheckFile compares text with a file. A failure shows the first line that differs, for a file can be long, and how to see all.
func CheckFile(t testing.TB, path, got string) {
	t.Helper()
	if *update {
		if err := write(path, got); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err == nil && string(want) == got {
		return
	}
	difference := fmt.Sprint(err)
	if err == nil {
		difference = firstDifference(string(want), got)
	}
	folder, _ := os.Getwd()
	t.Fatalf("%s\nto write it anew and see all that differs, in %s: go test -update && git diff %s", difference, folder, path)
}

func write(path, text string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return err
	}
	return os.WriteFile(path, []byte(text), 0o666)
}

// firstDifference shows the first line in which two texts differ.
func firstDifference(want, got string) string {
	wants, gots := strings.SplitAfter(want, "\n"), strings.SplitAfter(got, "\n")
	for i := 0; ; i++ {
		w, g := lineOf(wants, i), lineOf(gots, i)
		if w != g {
			return fmt.Sprintf("line %d differs\n- %s\n+ %s", i+1, w, g)
		}
	}
}

// lineOf returns a line with its end in sight, and where there is none, says so.
func lineOf(lines []string, i int) string {
	if i >= len(lines) {
		return "(nothing more)"
	}
	if line, ends := strings.CutSuffix(lines[i], "\n"); ends {
		return line
	}
	return lines[i] + " (no end of line)"
}
