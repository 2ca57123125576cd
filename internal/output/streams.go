package output

import (
	"errors"
	"io"
	"os"
	"slices"
)

// Standard returns the standard output, if there is one. The Go runtime opens /dev/null in the place of a descriptor that was
// closed when the program began: to write there succeeds, and nobody ever reads it. Where that cannot be told from a
// /dev/null that somebody meant (Python opens it so), this is an error all the same: a lost result is worse than a flag.
func Standard() (io.Writer, error) {
	if stdoutIsClosed() {
		return nil, errors.New("stdout is closed; --format=none runs without")
	}
	return os.Stdout, nil
}

// A Listener passes on what is written, and remembers the first error. It writes in a goroutine of its own, which may wait for ever for a
// pipe that is not read: whoever tells waits for it only until the person is in a hurry.
type Listener struct {
	To    io.Writer
	Lines chan []byte     // from Write to Run; the end of it ends Run
	Hurry <-chan struct{} // closed when what cannot be written at once is dropped; nil: never
	ended chan error
}

// NewListener returns one that writes to that writer once it runs; lines and ended connect it, the latter with room for one.
func NewListener(to io.Writer, lines chan []byte, ended chan error, hurry <-chan struct{}) *Listener {
	return &Listener{To: to, Lines: lines, Hurry: hurry, ended: ended}
}

// Run writes what comes until the end of it.
func (l *Listener) Run() {
	var first error
	for line := range l.Lines {
		if first == nil {
			_, first = l.To.Write(line)
		}
	}
	l.ended <- first
}

// Write hands on a line. It never fails: whoever tells what happens goes on all the same, and the error is said at the end.
func (l *Listener) Write(p []byte) (int, error) {
	select {
	case l.Lines <- slices.Clone(p):
	case <-l.Hurry:
	}
	return len(p), nil
}

// Close says that nothing more comes, waits for what is still to be written, unless the person is in a hurry, and returns the first error.
func (l *Listener) Close() error {
	close(l.Lines)
	select {
	case err := <-l.ended:
		return err
	case <-l.Hurry:
		return errors.New("interrupted before all of them were")
	}
}
