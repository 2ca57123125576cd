package e2e

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A child is a program that is running, with its output in files.
type child struct {
	cmd   *exec.Cmd
	dir   string
	ended chan error
}

// start starts the program.
func start(t *testing.T, args string) *child {
	t.Helper()
	c := &child{cmd: prepare(t, strings.Fields(args)...), dir: t.TempDir(), ended: make(chan error, 1)}
	stdout, err := os.Create(filepath.Join(c.dir, "stdout"))
	require.NoError(t, err)
	defer stdout.Close()
	stderr, err := os.Create(filepath.Join(c.dir, "stderr"))
	require.NoError(t, err)
	defer stderr.Close()
	c.cmd.Stdout, c.cmd.Stderr = stdout, stderr
	require.NoError(t, c.cmd.Start())
	go func() { c.ended <- c.cmd.Wait() }()
	return c
}

// works lets the child work for a while.
func (c *child) works(t *testing.T, d time.Duration) {
	t.Helper()
	select {
	case <-c.ended:
		t.Fatalf("it was to be interrupted, and has ended: %s", c.said(t, "stderr"))
	case <-time.After(d):
	}
}

// says waits until the child has said something so many times on stderr.
func (c *child) says(t *testing.T, what string, times int) {
	t.Helper()
	for end := time.Now().Add(patience); strings.Count(c.said(t, "stderr"), what) < times; {
		require.True(t, time.Now().Before(end), "it does not say %q: %s", what, c.said(t, "stderr"))
		c.works(t, 5*time.Millisecond)
	}
}

func (c *child) said(t *testing.T, where string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(c.dir, where))
	require.NoError(t, err)
	return string(text)
}

// gets sends the child signals, and returns how it ended. It must, within the given time of the last.
func (c *child) gets(t *testing.T, within time.Duration, signals ...syscall.Signal) ending {
	t.Helper()
	for _, s := range signals {
		require.NoError(t, c.cmd.Process.Signal(s))
	}
	select {
	case <-c.ended:
	case <-time.After(within):
		_ = c.cmd.Process.Kill()
		<-c.ended
		t.Fatalf("%v after %v it was still running: %v", within, signals, c.cmd.Args)
	}
	return ending{c.cmd.ProcessState.ExitCode(), c.said(t, "stdout"), c.said(t, "stderr"), c.cmd.Dir}
}

const (
	onInterrupt = 128 + int(syscall.SIGINT)
	onTerminate = 128 + int(syscall.SIGTERM)
)

// soon is how long an interrupted run on the simulated clock may take. It promises 2 s: one that secondAfter in internal/simulation
// grants, and one to write; on a busy machine it is not always scheduled, and what is deaf is so for minutes. This folder's README has what
// it takes.
const soon = 15 * time.Second

// TestAnInterruptedRunTellsWhatItHas on the simulated clock soon.
func TestAnInterruptedRunTellsWhatItHas(t *testing.T) {
	skipIfShort(t, "plays for seconds")
	const all = 50_000_000 // would take minutes
	for _, row := range []struct {
		says, args string
		signal     syscall.Signal
		status     int
	}{
		{"control-C", "", syscall.SIGINT, onInterrupt},
		{"kill", "", syscall.SIGTERM, onTerminate},
		{"a terminal that is closed", "", syscall.SIGHUP, 128 + int(syscall.SIGHUP)},
		{"under overload", "-load=1.5", syscall.SIGINT, onInterrupt},
		{"under overload and back-pressure", "-load=1.5 -queue=1 -backlog=5", syscall.SIGINT, onInterrupt},
		{"in a closed loop", "-arrivals=closed", syscall.SIGTERM, onTerminate},
		{"between attempts", "-timeout=12ms -retries=5 -load=1.2", syscall.SIGINT, onInterrupt},
		{"with six runs at once or still to come", "-strategy=all", syscall.SIGINT, onInterrupt},
		{"with a grace of days", "-load=1.5 -grace=100h", syscall.SIGINT, onInterrupt},
		{"with a log of every request", "-requests-log=log.csv", syscall.SIGINT, onInterrupt},
	} {
		t.Run(row.says, func(t *testing.T) {
			c := start(t, "-requests=50000000 -format=json -plots= "+row.args)
			c.works(t, 400*time.Millisecond)
			e := c.gets(t, soon, row.signal)
			require.Equal(t, row.status, e.status, e.stderr)
			d := e.document(t)
			assert.True(t, d.Interrupted)
			issued := 0
			for _, run := range d.Runs {
				requireVerdicts(t, run.Requests)
				issued += run.Requests["issued"]
				assert.Less(t, run.Requests["issued"], all, run.Strategy)
			}
			assert.NotZero(t, issued, "it had 400 ms")
		})
	}
}

// TestAnInterruptedTableSaysSo, for who reads it a week later.
func TestAnInterruptedTableSaysSo(t *testing.T) {
	c := start(t, "-requests=50000000")
	c.works(t, 400*time.Millisecond)
	e := c.gets(t, soon, syscall.SIGINT)
	require.Equal(t, onInterrupt, e.status, e.stderr)
	assert.Contains(t, e.stdout, "\nINTERRUPTED")
	assert.Contains(t, e.files(t), "plots/latency_cdf.png", "there are plots of it, too")
}

// TestAnInterruptionAfterTheLastArrival, while what is in flight drains: 20,000 requests arrive within 1 ms of
// simulated time and are tried a hundred times each, for longer than anybody waits.
func TestAnInterruptionAfterTheLastArrival(t *testing.T) {
	skipIfShort(t, "plays for seconds")
	c := start(t, "-requests=20000 -rate=2e7 -retries=100 -backoff=none -fault=flaky:p=1 -format=json -plots=")
	c.works(t, 2*time.Second) // the arrivals take a fraction of it
	e := c.gets(t, soon, syscall.SIGINT)
	require.Equal(t, onInterrupt, e.status, e.stderr)
	run := e.document(t).Runs[0]
	requireVerdicts(t, run.Requests)
	assert.Equal(t, 20_000, run.Requests["issued"], "all had arrived")
	assert.NotZero(t, run.Requests["cancelled"])
}

// TestAnInterruptionBetweenTwoArrivals, which are hours apart, while workers die or beat, or are judged, millions of times: nobody looks at the
// signal when a request begins.
func TestAnInterruptionBetweenTwoArrivals(t *testing.T) {
	skipIfShort(t, "plays for seconds")
	for _, args := range []string{
		"-fault=crash:mtbf=10ms,mttr=10ms",
		"-fault=stall:at=1s,for=1s -strategy=pull -claim=100ms",
		"-fault=flaky:p=0.1 -outlier=interval=10ms",
	} {
		c := start(t, "-quiet -requests=2 -rate=2e-5 -format=json -plots= "+args)
		c.works(t, 400*time.Millisecond)
		e := c.gets(t, soon, syscall.SIGINT)
		require.Equal(t, onInterrupt, e.status, e.stderr)
		requireVerdicts(t, e.document(t).Runs[0].Requests)
	}
}

// TestTheWallClockKeepsTheGrace: what is served when the signal comes has so long to finish, and no longer.
func TestTheWallClockKeepsTheGrace(t *testing.T) {
	const run = "-clock=wall -events -format=json -plots= "
	for _, row := range []struct {
		says, args string
		until      string // the events show that it is time; the last of them is told when another comes
		times      int
		signal     syscall.Signal
		status     int
		within     time.Duration // the grace and a second
		cancelled  bool
	}{
		{"work of 5 s does not finish within a second", "-duration=60s -work=5s -grace=1s",
			" begins ", 1, syscall.SIGINT, onInterrupt, 2 * time.Second, true},
		{"work of 50 ms does", "-duration=60s -work=50ms -load=0.2 -grace=5s",
			" begins ", 3, syscall.SIGTERM, onTerminate, 6 * time.Second, false},
		{"nothing finishes in no time", "-duration=60s -work=5s -grace=0s",
			" begins ", 1, syscall.SIGTERM, onTerminate, time.Second, true},
		{"what waits at the door, in the backlog and in queues is cancelled, too", "-requests=20 -rate=1000 -work=1h -workers=2 -queue=1 -backlog=3 -grace=100ms",
			" dispatches ", 3, syscall.SIGINT, onInterrupt, 1100 * time.Millisecond, true},
		{"the drain is cut short as well", "-requests=20 -rate=1000 -work=1h -grace=100ms",
			" asks ", 19, syscall.SIGINT, onInterrupt, 1100 * time.Millisecond, true},
		{"closed requesters do not ask again", "-arrivals=closed -think=1ms -work=5ms -requests=1000000 -grace=5s",
			" decides ", 200, syscall.SIGINT, onInterrupt, 6 * time.Second, false},
	} {
		t.Run(row.says, func(t *testing.T) {
			c := start(t, run+row.args)
			c.says(t, row.until, row.times)
			e := c.gets(t, row.within, row.signal)
			require.Equal(t, row.status, e.status, e.stderr)
			d := e.document(t)
			assert.True(t, d.Interrupted)
			requireVerdicts(t, d.Runs[0].Requests)
			assert.NotZero(t, d.Runs[0].Requests["issued"])
			assert.Equal(t, row.cancelled, d.Runs[0].Requests["cancelled"] > 0, "cancelled: %v", d.Runs[0].Requests)
		})
	}
}

// TestEventsThatNobodyReadsDoNotMakeItDeaf: stderr is a pipe that is full.
func TestEventsThatNobodyReadsDoNotMakeItDeaf(t *testing.T) {
	skipIfShort(t, "plays for seconds")
	reader, writer, err := os.Pipe()
	require.NoError(t, err)
	defer reader.Close()
	defer writer.Close()
	for _, args := range []string{"-requests=200000", "-clock=wall -duration=100s -work=10ms -rate=2000"} {
		c := &child{cmd: prepare(t, strings.Fields("-events -format=json -plots= "+args)...), dir: t.TempDir(), ended: make(chan error, 1)}
		stdout, err := os.Create(filepath.Join(c.dir, "stdout"))
		require.NoError(t, err)
		defer stdout.Close()
		require.NoError(t, os.WriteFile(filepath.Join(c.dir, "stderr"), nil, 0o600))
		c.cmd.Stdout, c.cmd.Stderr = stdout, writer
		require.NoError(t, c.cmd.Start())
		go func() { c.ended <- c.cmd.Wait() }()
		c.works(t, 1500*time.Millisecond)
		e := c.gets(t, 2*soon, syscall.SIGINT)
		assert.Equal(t, onInterrupt, e.status)
		assert.True(t, e.document(t).Interrupted)
	}
}

// TestASecondSignalEndsItAtOnce, whatever the grace: the status is that of the second, and there is no result.
func TestASecondSignalEndsItAtOnce(t *testing.T) {
	c := start(t, "-clock=wall -work=1h -requests=10 -rate=1000 -grace=1h -events -format=json -plots=")
	c.says(t, " begins ", 1)
	require.NoError(t, c.cmd.Process.Signal(syscall.SIGINT))
	c.works(t, 200*time.Millisecond) // within 50 ms the second would be an echo of the first
	e := c.gets(t, 2*time.Second, syscall.SIGTERM)
	assert.Equal(t, onTerminate, e.status)
	assert.Empty(t, e.stdout)
}

// TestAnEchoIsNoSecondSignal: control-C under go run reaches the program twice.
func TestAnEchoIsNoSecondSignal(t *testing.T) {
	c := start(t, "-requests=50000000 -format=json -plots=")
	c.works(t, 400*time.Millisecond)
	e := c.gets(t, soon, syscall.SIGINT, syscall.SIGINT)
	assert.Equal(t, onInterrupt, e.status)
	assert.True(t, e.document(t).Interrupted, "the result is there")
}
