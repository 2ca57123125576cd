package experiment

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"

	"waza/internal/record"
	"waza/internal/virtualtime"
	"waza/report"
)

// What the processes say to each other is one JSON value a line. An order is a piece to play, or that the one that is played, and all to
// come, are interrupted.
type order struct {
	Piece    *Piece
	Progress bool // is asked for
}

// An answer is how far a piece is, or its end.
type answer struct {
	Done     int
	Ended    bool
	Result   json.RawMessage // as package record writes it
	Error    string
	Deadlock *virtualtime.Deadlock
}

// A Child is a Player in a process of its own. Bubbles of one process disturb each other through the scheduler; with a process
// for each core they do not.
type Child struct {
	process *exec.Cmd
	orders  io.WriteCloser
	answers *bufio.Reader
}

// NewChild starts the program again, with these arguments, for one core. Its arguments have to make it call Serve.
func NewChild(args []string) (*Child, error) {
	program, err := os.Executable()
	if err != nil {
		return nil, err
	}
	process := exec.Command(program, args...)
	process.Env = append(os.Environ(), "GOMAXPROCS=1")
	process.Stderr = os.Stderr
	orders, err := process.StdinPipe()
	if err != nil {
		return nil, err
	}
	answers, err := process.StdoutPipe()
	if err != nil {
		return nil, err
	}
	c := newChild(orders, answers)
	c.process = process
	return c, process.Start()
}

// newChild is a Child that somebody has started.
func newChild(orders io.WriteCloser, answers io.Reader) *Child {
	return &Child{orders: orders, answers: bufio.NewReaderSize(answers, 1<<16)}
}

// Children starts so many of them.
func Children(n int, args []string) ([]Player, error) {
	var all []Player
	for range n {
		c, err := NewChild(args)
		if err != nil {
			Crew{Players: all}.End()
			return nil, err
		}
		all = append(all, c)
	}
	return all, nil
}

// Play lets the process play the piece. A process that is gone is an error.
func (c *Child) Play(ctx context.Context, p Piece, progress func(done int)) (report.Result, error) {
	if err := c.say(order{Piece: &p, Progress: progress != nil}); err != nil {
		return report.Result{}, c.lost(p, err)
	}
	defer context.AfterFunc(ctx, func() { _ = c.say(order{}) })() // who is gone cannot be interrupted, and needs not be
	for {
		var a answer
		line, err := c.answers.ReadBytes('\n')
		if err == nil {
			err = json.Unmarshal(line, &a)
		}
		switch {
		case err != nil:
			return report.Result{}, c.lost(p, err)
		case a.Ended:
			return a.result(p)
		case progress != nil:
			progress(a.Done)
		}
	}
}

func (a answer) result(p Piece) (r report.Result, err error) {
	if a.Result != nil {
		err = record.Unmarshal(a.Result, &r)
	}
	switch {
	case a.Deadlock != nil:
		err = fmt.Errorf("%s: %w", p.Strategy, a.Deadlock)
	case a.Error != "":
		err = errors.New(a.Error)
	}
	return r, err
}

// say writes a line at once, so that two who write at one time do not come between each other.
func (c *Child) say(o order) error { return writeLine(c.orders, o) }

// lost says why the process has no result. It waits for its end, which the end of its orders brings about where it is still there.
func (c *Child) lost(p Piece, err error) error {
	_ = c.orders.Close()
	if ended := (*exec.ExitError)(nil); c.process != nil && errors.As(c.process.Wait(), &ended) {
		err = ended // a signal, as of a system that has no memory left
	}
	return fmt.Errorf("%s: the process that played it is gone: %w", p.Strategy, err)
}

// End lets the process end.
func (c *Child) End() {
	_ = c.orders.Close()
	_ = c.process.Wait() // what it had to say it has said
}

func writeLine(to io.Writer, v any) error {
	line, err := json.Marshal(v)
	if err == nil {
		_, err = to.Write(append(line, '\n'))
	}
	return err
}
