package output

import (
	"errors"
	"io"
	"os"
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

// A Listener passes on what is written, and remembers the first error. One goroutine owns it.
type Listener struct {
	To  io.Writer
	Err error
}

// Write never fails: whoever tells what happens goes on all the same, and the error is said at the end.
func (l *Listener) Write(p []byte) (int, error) {
	if l.Err == nil {
		_, l.Err = l.To.Write(p)
	}
	return len(p), nil
}
