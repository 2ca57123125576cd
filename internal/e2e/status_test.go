package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestHelpAndListsGoToStdout because they are what was asked for.
func TestHelpAndListsGoToStdout(t *testing.T) {
	t.Parallel()
	for _, row := range []struct{ says, args, contains string }{
		{"help", "--help", "--strategy=least-loaded"},
		{"its letter", "-h", "--strategy=least-loaded"},
		{"help beside anything", "-workers=3 -help", "--strategy=least-loaded"},
		{"the version", "--version", "waza 0."},
		{"the strategies", "--strategies", "the worker with the fewest pending requests, from a heap"},
		{"the faults", "--faults", "(error, none or auto; by default auto)"},
	} {
		t.Run(row.says, func(t *testing.T) {
			e := succeeded(t, row.args)
			assert.Contains(t, e.stdout, row.contains)
			for line := range strings.Lines(e.stdout) {
				assert.LessOrEqual(t, utf8.RuneCountInString(strings.TrimSuffix(line, "\n")), 100, line)
			}
			assert.Empty(t, e.stderr)
			assert.Empty(t, e.files(t), "who only asks gets no files")
		})
	}
}

// TestWhatIsWrongIsSaidInOneLine before anything is run. internal/command tests what the messages say of each
// flag; here is that they come out alone, with status 2, and that nothing is left behind.
func TestWhatIsWrongIsSaidInOneLine(t *testing.T) {
	t.Parallel()
	for n, row := range []struct{ says, args, message string }{
		{"a strategy is misspelt", "-strategy=least-laoded",
			"--strategy=least-laoded: want all, or some of the names that --strategies lists; did you mean least-loaded?"},
		{"one of a list is", "-strategy=random,pul", "did you mean pull?"},
		{"a flag is", "-wrokers=10", "--wrokers: want a flag that --help lists; did you mean --workers?"},
		{"a flag has two dashes and is misspelt", "--sed=1", "did you mean --seed?"},
		{"a flag is none of ours", "--turbo", "--turbo: want a flag that --help lists"},
		{"a word stands alone", "random", "random: want flags only, such as --strategy=random"},
		{"a switch takes no second word", "-quiet false", "a switch takes its value as in --quiet=false"},
		{"a value is missing", "-workers", "--workers: want a whole number from 1 to 100,000"},
		{"a system beside a table of systems", "-stories -workers=3", "--stories=true: want no --workers beside it: it plays systems of its own"},
		{"no worker", "-workers=0", "--workers=0: want a whole number from 1 to 100,000"},
		{"fewer than none", "-workers=-3", "--workers=-3: want"},
		{"a negative value as the next word", "-load -0.5", "--load=-0.5: want a number above 0 and at most 2"},
		{"a number that is none", "-load=NaN", "--load=NaN: want"},
		{"a number without end", "-load=Inf", "--load=Inf: want"},
		{"an absurd number", "-load=1e9", "--load=1e9: want a number above 0 and at most 2"},
		{"a number that overflows", "-requests=99999999999999999999", "--requests=99999999999999999999: want"},
		{"a hexadecimal number", "-requests=0x10", "--requests=0x10: want"},
		{"half a request", "-requests=1.5", "--requests=1.5: want"},
		{"no rate", "-rate=0", "--rate=0: want a number above 0"},
		{"a duration without a unit", "-timeout=5", "--timeout=5: want a duration"},
		{"a duration that goes backwards", "-deadline=-5ms", "--deadline=-5ms: want a duration"},
		{"a warm-up of everything", "-warmup=100%", "--warmup=100%: want a share"},
		{"more slots than there is memory for", "-workers=100000 -concurrency=10000", "--concurrency=10000: want at most 1,000,000 in all"},
		{"a distribution is misspelt", "-work=exponental:10ms", "did you mean exponential?"},
		{"a distribution lacks a parameter", "-work=lognormal:10ms", "--work=lognormal:10ms: want cv=VALUE"},
		{"a distribution that does not exist", "-work=pareto:10ms,alpha=1,max=1s", "want as alpha a number above 1"},
		{"ends the wrong way round", "-work=uniform:15ms,5ms", "want an upper end above the lower one"},
		{"a fault that there is not", "-fault=crush:worker=1", "want as kind of fault slow"},
		{"a fault of a worker that is not there", "-fault=slow:factor=2,worker=10", "want workers from 0 to 9"},
		{"speeds for too few workers", "-workers=10 -speeds=3x1", "--speeds=3x1: want speeds for all --workers=10, not for 3"},
		{"load and rate", "-load=0.5 -rate=100", "--load=0.5: want only one of --load and --rate"},
		{"load of a closed loop", "-arrivals=closed -load=0.5", "--load=0.5: want no load with --arrivals=closed"},
		{"thinking in an open loop", "-think=1ms", "--think=1ms: want --arrivals=closed beside it"},
		{"a tie that nobody breaks", "-strategy=random -tie=first", "--tie=first: want least-loaded"},
		{"choices that nobody has", "-strategy=pull -choices=3", "--choices=3: want power-of-two"},
		{"a run of years", "-rate=0.00001", "want a run of at most 1000h"},
		{"a format that is not built", "-format=xml", "--format=xml: want text, json, csv, prometheus or none"},
		{"a picture that is not built", "-plot-format=jpeg", "--plot-format=jpeg: want png or svg; did you mean png?"},
	} {
		t.Run(row.says, func(t *testing.T) {
			if n%3 > 0 {
				skipIfShort(t, "another message comes out in the same way")
			}
			requireRefused(t, waza(t, row.args), row.message)
		})
	}
}

// requireRefused holds that the program said what is wrong, and nothing else happened.
func requireRefused(t *testing.T, e ending, message string) {
	t.Helper()
	require.Equal(t, 2, e.status, e.stderr)
	require.Empty(t, e.stdout)
	require.True(t, strings.HasPrefix(e.stderr, "waza: "), e.stderr)
	require.Equal(t, 1, strings.Count(e.stderr, "\n"), "one line: %s", e.stderr)
	require.Contains(t, e.stderr, message)
	require.Empty(t, e.files(t), "nothing is left behind")
}

// TestABadTraceIsNamedWithItsLine, so that it can be put right.
func TestABadTraceIsNamedWithItsLine(t *testing.T) {
	t.Parallel()
	const header = "arrival_seconds,work_seconds\n"
	for _, row := range []struct{ says, text, args, message string }{
		{"empty", "", "", "want a header line that names the columns, and the file is empty"},
		{"only a header", header, "", "want rows below the header line"},
		{"another column", "at,work_seconds\n0,1\n", "", "want a column arrival_seconds (--trace-arrival) among at, work_seconds"},
		{"a misspelt column", header + "0,1\n", "-trace-work=work_second", "did you mean work_seconds?"},
		{"an arrival before the one above", header + "0,1\n5,1\n4,1\n", "", "line 4: want arrivals in order, and 4 is before the line above; --trace-sort sorts them"},
		{"an arrival that is no number", header + "0,1\nsoon,1\n", "", "line 3: want as arrival a number of seconds, not soon"},
		{"work that is no number", header + "0,1\n1,NaN\n", "", "line 3: want as work a number"},
		{"negative work", header + "0,1\n1,-1\n", "", "line 3: want as work a number from 0"},
		{"a row that is too short", header + "0,1\n1\n", "", "line 3: want a row of CSV: wrong number of fields"},
		{"a quote that does not end", header + "0,1\n\"1,1\n", "", "want a row of CSV"},
		{"not text at all", "PK\x03\x04\x00\x00", "", "want a CSV file, and not a binary one"},
		{"all at once", header + "0,1\n0,1\n", "", "want at least two requests at different times"},
		{"no work", header + "0,0\n1,0\n", "", "want some work in the trace"},
		{"fewer rows than requests", header + "0,1\n1,1\n", "-requests=3", "--requests=3: want at most the 2 rows of "},
	} {
		t.Run(row.says, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "trace.csv")
			require.NoError(t, os.WriteFile(path, []byte(row.text), 0o666))
			e := waza(t, "-trace="+path+" "+row.args)
			requireRefused(t, e, row.message)
			assert.Contains(t, e.stderr, path)
		})
	}
	t.Run("missing", func(t *testing.T) {
		requireRefused(t, waza(t, "-trace=no.csv"), "--trace=no.csv: want a CSV file that can be read: no such file or directory")
	})
	t.Run("a directory", func(t *testing.T) { requireRefused(t, waza(t, "-trace=."), "is a directory") })
}

// TestOutputThatCannotBeWrittenIsFoundBeforeTheRun, which may be long.
func TestOutputThatCannotBeWrittenIsFoundBeforeTheRun(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(file, nil, 0o666))
	for _, row := range []struct{ says, args, message string }{
		{"a file is where the plots should go", "-plots=" + file, "--plots=" + file + ": want a directory that can be written: not a directory"},
		{"or above it", "-plots=" + file + "/plots", "not a directory"},
		{"a directory is where the log should go", "-plots= -requests-log=.", "--requests-log=.: want a file that can be written: it is a directory"},
		{"stdout has the result already", "-plots= -requests-log=-", "--requests-log=-: want --format=none beside it: stdout has the result"},
		{"under whatever name", "-plots= -requests-log=/dev/stdout", "want --format=none beside it"},
		{"the log's directory is missing", "-plots= -requests-log=no/log.csv", "no such file or directory"},
	} {
		t.Run(row.says, func(t *testing.T) {
			// Played to the end this run would take hours.
			requireRefused(t, waza(t, "-requests=1000000000 "+row.args), row.message)
		})
	}
}

// TestOutputThatFailsIsStatus1, and the one line of error says which.
func TestOutputThatFailsIsStatus1(t *testing.T) {
	t.Parallel()
	if _, err := os.Stat("/dev/full"); err != nil {
		t.Skip("there is no /dev/full here, the disk that is always full")
	}
	for _, row := range []struct{ says, args, message string }{
		{"the table", "-plots= -requests=100", "the result cannot be written"},
		{"the JSON", "-plots= -requests=100 -format=json", "the result cannot be written"},
		{"the CSV", "-plots= -requests=100 -format=csv", "the result cannot be written"},
		{"the help", "-help", "no space left"},
		{"the version", "-version", "no space left"},
		{"the strategies", "-strategies", "no space left"},
	} {
		t.Run(row.says+" does not fit on stdout", func(t *testing.T) {
			full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
			require.NoError(t, err)
			defer full.Close()
			cmd := prepare(t, strings.Fields(row.args)...)
			cmd.Stdout = full
			requireFailed(t, finish(t, cmd), row.message)
		})
	}
	t.Run("the log does not fit", func(t *testing.T) {
		requireFailed(t, waza(t, "-plots= -requests=100 -requests-log=/dev/full"), "--requests-log=/dev/full: ")
	})
	t.Run("a plot cannot be written after the run", func(t *testing.T) {
		cmd := prepare(t, "-requests=100")
		// The directory of the plots can be written, so nobody suspects anything; but a name in it is taken.
		require.NoError(t, os.MkdirAll(filepath.Join(cmd.Dir, "plots", "workers.png"), 0o777))
		e := finish(t, cmd)
		assert.Contains(t, e.stdout, "100 requests issued", "the result was there already")
		requireFailed(t, e, "--plots=plots: ")
	})
}

func requireFailed(t *testing.T, e ending, message string) {
	t.Helper()
	require.Equal(t, 1, e.status, e.stderr)
	require.True(t, strings.HasPrefix(e.stderr, "waza: "), e.stderr)
	require.Equal(t, 1, strings.Count(e.stderr, "\n"), "one line: %s", e.stderr)
	require.Contains(t, e.stderr, message)
}

// TestAReaderThatGoesAwayIsNoError: as in waza | head. What fits into the pipe is written before anybody can know that it is not read,
// so that the status of a long result and of a short one are equal only if both are 0.
func TestAReaderThatGoesAwayIsNoError(t *testing.T) {
	skipIfShort(t, "plays for seconds")
	t.Parallel()
	for _, args := range []string{"-help", "-requests=20000 -plots= -quiet", "-requests=20000 -plots= -quiet -format=json", "-requests=20000 -plots= -quiet -format=csv", "-requests=20000 -plots= -quiet -format=none -requests-log=/dev/stdout"} {
		t.Run(args, func(t *testing.T) {
			reader, writer, err := os.Pipe()
			require.NoError(t, err)
			require.NoError(t, reader.Close())
			const patience = 5 * time.Second
			cmd := prepareFor(t, patience, strings.Fields(args)...)
			cmd.Stdout = writer
			began := time.Now()
			e := finish(t, cmd)
			require.NoError(t, writer.Close())
			require.Zero(t, e.status)
			require.Empty(t, e.stderr)
			require.Less(t, time.Since(began), patience, "it hangs until it is killed")
		})
	}
}
