package e2e

import (
	"compress/gzip"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// inShell runs the program in a directory as a shell does: waza in the script is the program.
func inShell(t *testing.T, dir, script string) ending {
	t.Helper()
	cmd := prepare(t)
	usual := " -plots= -quiet "
	if !strings.Contains(script, "-trace=") {
		usual += "-requests=2000 "
	}
	shell := exec.Command("/bin/sh", "-c", strings.ReplaceAll(script, "waza ", cmd.Path+usual))
	shell.Dir = dir
	return finish(t, shell)
}

const twoRows = "arrival_seconds,work_seconds\n0,1\n1,1\n"

// TestNothingThatWasThereIsLost: what a run cannot write it leaves as it was, whatever is there.
func TestNothingThatWasThereIsLost(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		says, script string
		status       int
		stderr       string
	}{
		{"there is a limit on the size of files", "ulimit -f 8; waza -format=none -requests-log=old", 1, "--requests-log=old: file too large"},
		{"the log is the trace", "waza -trace=trace -requests-log=trace", 2, "--requests-log=trace: want another file than the trace, which is read"},
		{"by another way", "waza -trace=trace -requests-log=../${PWD##*/}/trace", 2, "want another file than the trace"},
		{"by a link", "waza -trace=link -requests-log=trace", 2, "want another file than the trace"},
		{"by a hard link", "waza -trace=hard -requests-log=trace", 2, "want another file than the trace"},
		{"by stdin", "waza -trace=- -requests-log=trace <trace", 2, "want another file than the trace"},
		{"the result goes to the trace", "waza -trace=trace >>trace", 2, "--trace=trace: want another file than that of stdout"},
		{"the log is where the result goes", "waza -requests-log=old >>old", 2, "--requests-log=old: want --format=none beside it"},
		{"the log is where stderr goes", "waza -requests-log=old 2>>old", 2, ""},
	} {
		t.Run(row.says, func(t *testing.T) {
			dir := t.TempDir()
			in := func(name string) string { return filepath.Join(dir, name) }
			require.NoError(t, os.WriteFile(in("trace"), []byte(twoRows), 0o666))
			require.NoError(t, os.WriteFile(in("old"), []byte("kept"), 0o666))
			require.NoError(t, os.Symlink("trace", in("link")))
			require.NoError(t, os.Link(in("trace"), in("hard")))
			e := inShell(t, dir, row.script)
			assert.Equal(t, row.status, e.status, e.stderr)
			assert.Contains(t, e.stderr, row.stderr)
			for name, want := range map[string]string{"trace": twoRows, "hard": twoRows, "link": twoRows} {
				text, err := os.ReadFile(in(name))
				require.NoError(t, err)
				assert.Equal(t, want, string(text), name)
			}
			text, err := os.ReadFile(in("old"))
			require.NoError(t, err)
			assert.True(t, strings.HasPrefix(string(text), "kept"))
			left, err := filepath.Glob(in(".waza*"))
			require.NoError(t, err)
			assert.Empty(t, left)
		})
	}
}

// TestAPlotIsNeitherTraceNorLog, by whatever name.
func TestAPlotIsNeitherTraceNorLog(t *testing.T) {
	t.Parallel()
	for _, row := range []struct{ args, message string }{
		{"-requests-log=plots/workers.svg", "--requests-log=plots/workers.svg: want another file than the plot plots/workers.svg"},
		{"-trace=plots/workers.svg", "--plots=plots: want another directory: its plots/workers.svg is the trace"},
	} {
		cmd := prepare(t, strings.Fields("-quiet -plot-format=svg "+row.args)...)
		path := filepath.Join(cmd.Dir, "plots", "workers.svg")
		require.NoError(t, os.Mkdir(filepath.Dir(path), 0o777))
		require.NoError(t, os.WriteFile(path, []byte(twoRows), 0o666))
		e := finish(t, cmd)
		assert.Equal(t, 2, e.status)
		assert.Equal(t, "waza: "+row.message+"\n", e.stderr)
		assert.Equal(t, twoRows, e.file(t, "plots/workers.svg"))
	}
}

// closed is what is said where stdout is. It may be a /dev/null that somebody meant, which cannot be told from it: so it says.
const closed = "waza: stdout is closed, or a /dev/null that is also open for reading, as Python's DEVNULL is; --format=none runs without\n"

// TestWhoeverDoesNotListenIsTold: a result, a list or events that nobody can get are no success.
func TestWhoeverDoesNotListenIsTold(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		says, script string
		status       int
		stderr       string
	}{
		{"stdout is closed", "waza >&-", 1, closed},
		{"and the log wants it", "waza -format=none -requests-log=- >&-", 1, closed},
		{"and so does the help", "waza --help >&-", 1, closed},
		{"neither was given, as was meant", "waza <>/dev/null >&0", 0, ""},
		{"nobody wants it", "waza -format=none >&-", 0, ""},
		{"stdout is nowhere, as was meant", "waza >/dev/null", 0, ""},
	} {
		t.Run(row.says, func(t *testing.T) {
			e := inShell(t, t.TempDir(), row.script)
			assert.Equal(t, row.status, e.status)
			assert.Equal(t, row.stderr, e.stderr)
		})
	}
	t.Run("events do not fit", func(t *testing.T) {
		full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
		if err != nil {
			t.Skip("there is no /dev/full here, the disk that is always full")
		}
		defer full.Close()
		cmd := prepare(t, "-requests=10", "-plots=", "-events")
		cmd.Stderr = full
		e := finish(t, cmd)
		assert.Equal(t, 1, e.status)
		assert.Contains(t, e.stdout, "10 requests issued", "the result is there")
	})
}

// TestTheLogGoesWhereItIsToGo, the same everywhere: to a file, compressed, and to stdout; also where it is merged from several chunks.
func TestTheLogGoesWhereItIsToGo(t *testing.T) {
	skipIfShort(t, "half a million lines of log")
	t.Parallel()
	const args = "-strategy=pull -requests=140000 -plots= -quiet -format=none -requests-log="
	plain := succeeded(t, args+"log.csv")
	assert.Empty(t, plain.stdout)
	want := plain.file(t, "log.csv")
	assert.Equal(t, 1+140_000, strings.Count(want, "\n"))
	for path, got := range map[string]string{"-": succeeded(t, args+"-").stdout, "/dev/fd/1": succeeded(t, args+"/dev/fd/1").stdout} {
		assert.True(t, want == got, path)
	}
	zipped := succeeded(t, args+"log.csv.gz").file(t, "log.csv.gz")
	assert.Less(t, len(zipped), len(want)/2)
	unzip, err := gzip.NewReader(strings.NewReader(zipped))
	require.NoError(t, err)
	got, err := io.ReadAll(unzip)
	require.NoError(t, err)
	assert.True(t, want == string(got))
}

// TestALogWithoutRoomForItsChunksIsAnError, and the result is there all the same.
func TestALogWithoutRoomForItsChunksIsAnError(t *testing.T) {
	skipIfShort(t, "plays for seconds")
	t.Parallel()
	cmd := prepare(t, strings.Fields("-requests=140000 -plots= -quiet -requests-log=log.csv")...)
	cmd.Env = append(os.Environ(), "TMPDIR="+filepath.Join(cmd.Dir, "no"))
	e := finish(t, cmd)
	assert.Contains(t, e.stdout, "140000 requests issued")
	requireFailed(t, e, "--requests-log=log.csv: its temporary file: ")
	assert.Empty(t, e.files(t))
}

func TestATraceComesFromStdin(t *testing.T) {
	t.Parallel()
	trace, err := os.ReadFile(ours)
	require.NoError(t, err)
	from := func(path, input string) string {
		cmd := prepare(t, "-plots=", "-format=csv", "-trace="+path)
		cmd.Stdin = strings.NewReader(input)
		e := finish(t, cmd)
		require.Zero(t, e.status, e.stderr)
		return e.stdout
	}
	assert.Equal(t, from(ours, ""), from("-", string(trace)))
}

// TestWhatCannotBeSeenDoesNotReachTheTerminal: a name may hold commands to it.
func TestWhatCannotBeSeenDoesNotReachTheTerminal(t *testing.T) {
	t.Parallel()
	const red = "\x1b[31m"
	for _, args := range [][]string{
		{"-requests=200", "-plots=" + red + "plots", "-requests-log=log" + red + "\a"},
		{"-requests=200", "-plots=a\nb"},
		{"-trace=no" + red},
		{"-strategy=" + red},
		{"-" + red},
		{red},
		{"-requests-log=no/" + red},
		{"-trace=" + ours, "-trace-work=" + red},
		{"-trace=trace" + red, "-plots="},
	} {
		cmd := prepare(t, args...)
		require.NoError(t, os.WriteFile(filepath.Join(cmd.Dir, "trace"+red), []byte(twoRows), 0o666))
		e := finish(t, cmd)
		for _, r := range strings.ReplaceAll(e.stdout+e.stderr, "\n", "") {
			require.True(t, r >= ' ' && r != 0x7f, "%q: %q", args, e.stdout+e.stderr)
		}
	}
}
