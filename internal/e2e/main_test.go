// Package e2e tests waza as people and programs meet it: it builds the program once and runs it, with flags, files,
// pipes and signals. What the packages can hold by themselves is tested there; here is what only the whole can break.
// The tests run beside each other, but for those that send signals: these need the machine for themselves, to be in time.
//
// Next: output_test.go, what comes out; flags_test.go, that every flag is good for something.
package e2e

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// program is the path of the built binary.
var program string

func TestMain(m *testing.M) {
	flag.Parse()
	os.Exit(built(m))
}

// built builds the program, runs the tests and returns their status.
func built(m *testing.M) int {
	dir, err := os.MkdirTemp("", "waza-e2e-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	if err := readSources("../.."); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	program = filepath.Join(dir, "waza")
	build := exec.Command("go", "build", "-o", program, ".")
	build.Dir = "../.." // the module's root
	if out, err := build.CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "go build: %v\n%s", err, out)
		return 1
	}
	return m.Run()
}

// readSources opens every source file: go test then knows that a cached result is of no use once one has changed.
func readSources(root string) error {
	return filepath.WalkDir(root, func(path string, _ fs.DirEntry, err error) error {
		if err == nil && filepath.Ext(path) == ".go" {
			_, err = os.ReadFile(path)
		}
		return err
	})
}

// patience is how long any one run of the program may take before it counts as hung. No test waits for it otherwise.
const patience = 30 * time.Second

// skipIfShort leaves out with -short what takes seconds, and says why it does.
func skipIfShort(t *testing.T, why string) {
	t.Helper()
	if testing.Short() {
		t.Skip(why)
	}
}

// An ending is what one run of the program left behind.
type ending struct {
	status         int
	stdout, stderr string
	dir            string // where it ran
}

// prepare returns the program with its arguments, to be run in a new directory.
func prepare(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	return prepareFor(t, patience, args...)
}

// prepareFor is prepare with another patience.
func prepareFor(t *testing.T, patience time.Duration, args ...string) *exec.Cmd {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	t.Cleanup(cancel)
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Dir = t.TempDir()
	return cmd
}

// waza runs the program, with arguments that have no space in them, on one core: as many tests run beside each other as there are cores, and
// goroutines that wake each other on several cores take up to twice the processor time. What is prepared and started otherwise has all cores:
// what is interrupted, and what is compared on one core and on several.
func waza(t *testing.T, args string) ending {
	t.Helper()
	cmd := prepare(t, strings.Fields(args)...)
	cmd.Env = append(os.Environ(), "GOMAXPROCS=1")
	return finish(t, cmd)
}

// finish runs a prepared program to its end.
func finish(t *testing.T, cmd *exec.Cmd) ending {
	t.Helper()
	var stdout, stderr bytes.Buffer
	if cmd.Stdout == nil {
		cmd.Stdout = &stdout
	}
	if cmd.Stderr == nil {
		cmd.Stderr = &stderr
	}
	err := cmd.Run()
	if exit := (*exec.ExitError)(nil); err != nil {
		require.ErrorAs(t, err, &exit)
	}
	return ending{cmd.ProcessState.ExitCode(), stdout.String(), stderr.String(), cmd.Dir}
}

// succeeded is waza where the run has to work.
func succeeded(t *testing.T, args string) ending {
	t.Helper()
	e := waza(t, args)
	require.Zero(t, e.status, "%s\n%s", args, e.stderr)
	return e
}

// file returns a file that the run wrote.
func (e ending) file(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(e.dir, name))
	require.NoError(t, err)
	return string(text)
}

// files names the files and directories that the run wrote, with a slash between.
func (e ending) files(t *testing.T) []string {
	t.Helper()
	names := []string{}
	require.NoError(t, filepath.WalkDir(e.dir, func(path string, _ os.DirEntry, err error) error {
		if path != e.dir {
			name, _ := filepath.Rel(e.dir, path)
			names = append(names, filepath.ToSlash(name))
		}
		return err
	}))
	return names
}

// A document is the JSON of a run, as far as tests want to know it by name.
type document struct {
	Version, Command, Clock string
	Interrupted             bool
	Config                  map[string]any
	Runs                    []struct {
		Strategy         string
		Requests         map[string]int
		Attempts         map[string]int
		Executions       map[string]int
		SimulatedSeconds float64 `json:"simulated_seconds"`
	}
}

// document reads the one JSON value that is the whole of stdout.
func (e ending) document(t *testing.T) document {
	t.Helper()
	var d document
	decode(t, e.stdout, &d)
	return d
}

// decode reads one JSON value, and refuses anything after it.
func decode(t *testing.T, text string, into any) {
	t.Helper()
	from := json.NewDecoder(strings.NewReader(text))
	require.NoError(t, from.Decode(into), "stdout is %q", text)
	_, err := from.Token()
	require.ErrorIs(t, err, io.EOF, "stdout has nothing but the result")
}

// requireVerdicts holds that every request that was issued has exactly one verdict.
func requireVerdicts(t *testing.T, requests map[string]int) {
	t.Helper()
	sum := 0
	for verdict, n := range requests {
		if verdict != "issued" {
			sum += n
		}
	}
	require.Equal(t, requests["issued"], sum, "verdicts of %v", requests)
}
