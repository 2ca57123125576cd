// Waza simulates load balancing the way Rob Pike drew it: requesters, a balancer and workers are goroutines, and everything that they know
// travels on channels.
//
// Next: package requester, which asks; then balancer, which decides; worker, which works; and internal/simulation, which connects them.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"time"

	"golang.org/x/term"

	"waza/internal/command"
	"waza/internal/experiment"
	"waza/internal/option"
	"waza/internal/output"
	"waza/internal/progress"
	"waza/internal/publish"
	"waza/internal/virtualtime"
	"waza/report/plots"
)

// The exit statuses. An interrupted run exits with 128 + the signal's number instead.
const (
	done   = 0
	failed = 1 // while running or after: the accounting, a file
	wrong  = 2 // flags, input or output paths, found before the run
)

func main() { os.Exit(waza(os.Args[1:])) }

// waza reads the command line, plays the runs that it asks for, and returns the exit status.
func waza(args []string) int {
	if len(args) > 0 && args[0] == playsForOther {
		return ended(done, serve(args[1:]))
	}
	output.BearSignals()
	c, err := command.Parse(args)
	if answer := command.Answer(""); errors.As(err, &answer) {
		return ended(done, publish.Say(answer))
	}
	if err != nil {
		return ended(wrong, err)
	}
	files := plots.Files(c.Plots, c.PlotFormat, publish.Drawn(c))
	if err := c.Check(files); err != nil {
		return ended(wrong, err)
	}
	if err := publish.Listened(c); err != nil {
		return ended(failed, err)
	}
	remark(c)
	return play(c, files)
}

// play plays the runs and publishes what they found, also if they are interrupted.
func play(c command.Command, files []string) int {
	writing := make(chan struct{})
	ctx, signalled := interruptible(writing, func() { output.Abandon(append(files, c.RequestsLog)...) })
	began := time.Now()
	found, err := simulate(ctx, c)
	if errors.Is(err, output.ErrStuck) {
		c.Quiet, err = true, nil // nobody reads standard error, so another line to it would block for ever
	}
	close(writing) // from here on one signal is enough: writing may block for ever, too, into a pipe that nobody reads
	if deadlock := (*virtualtime.Deadlock)(nil); !errors.As(err, &deadlock) {
		// Results whose accounting does not hold are published as well, and say so.
		err = errors.Join(err, publish.All(c, found, ctx.Err() != nil, time.Since(began)))
		if ctx.Err() == nil && len(found.Lack) == 0 { // else runs are missing, and those that there are may keep what all together would not
			err = errors.Join(err, publish.Judge(c, found))
		}
	}
	select {
	case s := <-signalled:
		return ended(128+int(s), err)
	default:
		return ended(done, err)
	}
}

// playsForOther is the first argument of a process that plays runs for another process. It is no flag: no user is to give it.
const playsForOther = "--plays-for-other"

// serve plays what another process asks for. It ignores signals: the other process hears them, and says if it is interrupted.
func serve(args []string) error {
	signal.Ignore(syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP)
	c, err := command.Parse(args)
	if err != nil {
		return err
	}
	return experiment.Serve(os.Stdin, os.Stdout, experiment.Local{Configure: c.With}, func() { os.Exit(failed) })
}

// remark writes what the user should know before the run.
func remark(c command.Command) {
	if c.Quiet {
		return
	}
	for _, note := range c.Notes {
		fmt.Fprintln(os.Stderr, "note:", option.Escaped(note))
	}
}

// simulate plays all runs, with as many at a time as there are cores.
func simulate(ctx context.Context, c command.Command) (experiment.Findings, error) {
	crew := experiment.Crew{}
	local := experiment.Local{Configure: c.With}
	var events *output.Listener
	if c.Simulation.Events {
		events = output.NewListener(os.Stderr, make(chan []byte, 64), make(chan error, 1), make(chan struct{}))
		go events.Run()
		context.AfterFunc(ctx, func() { events.Watch(time.Second / 2) })
		local.Watch.Events = events
	} else if !c.Quiet && c.Parts == nil && term.IsTerminal(int(os.Stderr.Fd())) {
		bar := progress.New(c.Plan.Steps(), os.Stderr)
		defer bar.End()
		crew.Progress = bar.Done
	}
	var err error
	if crew.Players, err = players(c, local); err != nil {
		return experiment.Findings{}, err
	}
	defer crew.End()
	found, err := experiment.Run(ctx, c.Plan, crew)
	if events != nil {
		if lost := events.Close(); lost != nil {
			err = errors.Join(err, fmt.Errorf("--events cannot be written: %w", lost))
		}
	}
	return found, err
}

// players returns what plays the runs: a process for each core or, if they are not to be played at the same time or cannot be played by
// another process, this process alone.
func players(c command.Command, local experiment.Local) ([]experiment.Player, error) {
	if c.Parts != nil {
		return []experiment.Player{c.Parts}, nil // they have been played, and are only read
	}
	atOnce := max(1, min(runtime.GOMAXPROCS(0), c.Plan.Own()))
	if c.Simulation.WallClock || c.Simulation.Events {
		atOnce = 1 // on the wall clock they would slow each other down, and their events would be mixed
	}
	if atOnce > 1 && !c.Local() {
		return experiment.Children(atOnce, append([]string{playsForOther}, c.Single()...))
	}
	if os.Getenv("GOMAXPROCS") == "" {
		// In a bubble nearly always only one goroutine can run. With more cores than bubbles it would move from one core to another, which
		// costs 20 to 35 %.
		runtime.GOMAXPROCS(atOnce)
	}
	return slices.Repeat([]experiment.Player{local}, atOnce), nil
}

// interruptible returns a context that the first SIGINT, SIGTERM or SIGHUP cancels, and a channel that tells which signal it was. A second
// signal ends the program at once, after a call of abandon; once writing is closed the first does so.
func interruptible(writing <-chan struct{}, abandon func()) (context.Context, <-chan syscall.Signal) {
	ctx, cancel := context.WithCancel(context.Background())
	signals := make(chan os.Signal, 2)
	first := make(chan syscall.Signal, 1)
	signal.Notify(signals, syscall.SIGINT, syscall.SIGTERM)
	if !signal.Ignored(syscall.SIGHUP) { // nohup has it ignored, and that is to stay so
		signal.Notify(signals, syscall.SIGHUP)
	}
	go func() {
		last := (<-signals).(syscall.Signal)
		select {
		case <-writing:
		default:
			first <- last
			cancel()
			at, s := time.Now(), last
			for last == s && time.Since(at) < echo {
				last = (<-signals).(syscall.Signal)
			}
		}
		abandon()
		os.Exit(128 + int(last))
	}()
	return ctx, first
}

// echo is how soon after the first signal an equal one is taken for the same: a signal that is sent to a process and to its group comes
// twice.
const echo = 50 * time.Millisecond

// ended writes what went wrong, if anything has, and returns the exit status.
func ended(status int, err error) int {
	if err == nil {
		return status
	}
	for line := range strings.Lines(err.Error()) {
		fmt.Fprintln(os.Stderr, "waza:", option.Escaped(strings.TrimSpace(line)))
	}
	if deadlock := (*virtualtime.Deadlock)(nil); errors.As(err, &deadlock) {
		fmt.Fprintln(os.Stderr, deadlock.Stacks)
	}
	return max(status, failed)
}
