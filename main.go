// Waza simulates load balancing the way Rob Pike drew it: requesters, a balancer and workers are goroutines,
// and everything that they know travels on channels.
//
// Next: package requester, who asks; then balancer, who decides; worker, who works; and internal/simulation,
// which connects them.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"strings"
	"syscall"
	"time"

	"golang.org/x/term"

	"waza/internal/command"
	"waza/internal/progress"
	"waza/internal/simulation"
	"waza/internal/virtualtime"
	"waza/report"
	"waza/report/document"
	"waza/report/plots"
)

// The exit statuses. An interrupted run exits with 128 + the signal's number instead.
const (
	done   = 0
	failed = 1 // while running or after: the accounting, a file
	wrong  = 2 // flags, input or output paths, found before the run
)

func main() { os.Exit(waza(os.Args[1:])) }

// waza is the story of one invocation.
func waza(args []string) int {
	c, err := command.Parse(args)
	if answer := command.Answer(""); errors.As(err, &answer) {
		return ended(done, say(string(answer)))
	}
	if err != nil {
		return ended(wrong, err)
	}
	if err := c.Check(); err != nil {
		return ended(wrong, err)
	}

	remark(c)
	ctx, signalled := interruptible()
	began := time.Now()
	runs, err := simulate(ctx, c)
	signal.Reset() // to write may take for ever, into a pipe that nobody reads
	if deadlock := (*virtualtime.Deadlock)(nil); !errors.As(err, &deadlock) {
		// What is not accounted for is printed too, and says so.
		err = errors.Join(err, publish(c, runs, ctx.Err() != nil, time.Since(began)))
	}
	select {
	case s := <-signalled:
		return ended(128+int(s), err)
	default:
		return ended(done, err)
	}
}

// remark says what the user should know before the run.
func remark(c command.Command) {
	if c.Quiet {
		return
	}
	for _, note := range c.Notes {
		fmt.Fprintln(os.Stderr, "note:", note)
	}
}

// simulate plays all strategies, in simulated time as many at once as there are cores.
func simulate(ctx context.Context, c command.Command) ([]report.Result, error) {
	atOnce := min(runtime.GOMAXPROCS(0), len(c.Simulation.Strategies))
	if c.Simulation.WallClock || c.Simulation.Events {
		atOnce = 1 // they would slow each other down, and talk at the same time
	} else if os.Getenv("GOMAXPROCS") == "" {
		// In a bubble one goroutine runs at a time, nearly always: more cores than bubbles only cost switches between
		// them, 20 to 35 %.
		runtime.GOMAXPROCS(atOnce)
	}
	var watch simulation.Spectators
	if c.Simulation.Events {
		watch.Events = os.Stderr
	} else if !c.Quiet && term.IsTerminal(int(os.Stderr.Fd())) {
		bar := progress.New(c.Simulation.Requests*len(c.Simulation.Strategies), os.Stderr)
		defer bar.End()
		watch.Progress = bar.Done
	}
	return simulation.Run(ctx, c.Simulation, atOnce, watch)
}

// publish writes the result, then what was asked for beside it.
func publish(c command.Command, runs []report.Result, interrupted bool, took time.Duration) error {
	d := document.Document{
		Version: command.Version, Command: c.Line, Seed: c.Simulation.Seed, Clock: c.Clock,
		Interrupted: interrupted, Config: c.Settings, Runs: runs, Width: columns(),
	}
	write := map[string]func(io.Writer) error{
		"text": d.WriteText, "json": d.WriteJSON, "csv": d.WriteCSV,
	}[c.Format]
	if err := write(os.Stdout); err != nil {
		return fmt.Errorf("the result cannot be written: %w", err)
	}
	if c.RequestsLog != "" {
		if err := writeFile(c.RequestsLog, d.WriteLog); err != nil {
			return fmt.Errorf("--requests-log=%s: %w", c.RequestsLog, err)
		}
	}
	var drawn []string
	if c.Plots != "" {
		var err error
		if drawn, err = plots.Write(d, c.Plots, c.PlotFormat, c.Title); err != nil {
			return fmt.Errorf("--plots=%s: %w", c.Plots, err)
		}
	}
	if !c.Quiet {
		for _, path := range drawn {
			fmt.Fprintln(os.Stderr, "plot:", path)
		}
		fmt.Fprintf(os.Stderr, "took %v of real time\n", took.Round(time.Millisecond))
	}
	return nil
}

// columns returns the width of the terminal that shows the result; 0: none does.
func columns() int {
	width, _, err := term.GetSize(int(os.Stdout.Fd()))
	if err != nil {
		return 0
	}
	return width
}

// interruptible returns a context that the first SIGINT, SIGTERM or SIGHUP cancels, and a channel that tells which it was.
// The second ends the program at once.
func interruptible() (context.Context, <-chan syscall.Signal) {
	ctx, cancel := context.WithCancel(context.Background())
	signals := make(chan os.Signal, 2)
	first := make(chan syscall.Signal, 1)
	signal.Notify(signals, syscall.SIGINT, syscall.SIGTERM)
	if !signal.Ignored(syscall.SIGHUP) { // under nohup it stays so
		signal.Notify(signals, syscall.SIGHUP)
	}
	go func() {
		s := (<-signals).(syscall.Signal)
		first <- s
		cancel()
		at, again := time.Now(), s
		for again == s && time.Since(at) < echo {
			again = (<-signals).(syscall.Signal)
		}
		os.Exit(128 + int(again))
	}()
	return ctx, first
}

// echo is how soon after the first an equal signal is still the same: one that is sent to a process and to its group
// comes twice.
const echo = 50 * time.Millisecond

func say(text string) error {
	_, err := io.WriteString(os.Stdout, text)
	return err
}

func writeFile(path string, write func(io.Writer) error) error {
	if path == "/dev/stdout" {
		return write(os.Stdout) // to open a pipe anew may wait for a reader who has gone
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o666)
	if err != nil {
		return err
	}
	return errors.Join(write(file), file.Close())
}

// ended says what went wrong, if anything has, in one line, and returns the exit status.
func ended(status int, err error) int {
	if err == nil {
		return status
	}
	for line := range strings.Lines(err.Error()) {
		fmt.Fprintln(os.Stderr, "waza:", strings.TrimSpace(line))
	}
	if deadlock := (*virtualtime.Deadlock)(nil); errors.As(err, &deadlock) {
		fmt.Fprintln(os.Stderr, deadlock.Stacks)
	}
	return max(status, failed)
}
