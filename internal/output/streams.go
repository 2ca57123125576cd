package output

import (
	"errors"
	"io"
	"os"
	"slices"
	"sync/atomic"
	"syscall"
	"time"
)

// Standard returns the standard output, if there is one. The Go runtime opens /dev/null in the place of a descriptor that was
// closed when the program began: to write there succeeds, and nobody ever reads it. Where that cannot be told from a
// /dev/null that somebody meant (Python and Node open it so, a shell does not), this is an error all the same: a lost result is worse than a flag.
func Standard() (io.Writer, error) {
	if stdoutIsClosed() {
		return nil, errors.New("stdout is closed, or a /dev/null that is also open for reading, as Python's DEVNULL is; --format=none runs without")
	}
	return readable{os.Stdout}, nil
}

// readable drops what the reader of a pipe, who has gone, does not want any more, as in waza | head. A text that fits into the pipe
// is written before anybody can know whether it is read: so a longer one is no error either.
type readable struct{ to io.Writer }

func (r readable) Write(p []byte) (int, error) {
	n, err := r.to.Write(p)
	if errors.Is(err, syscall.EPIPE) {
		return len(p), nil
	}
	return n, err
}

// ErrStuck says that whoever should read what is told does not, and that the person has waited enough.
var ErrStuck = errors.New("nobody reads them")

// A Listener passes on what is written, and remembers the first error. It writes in a goroutine of its own, which may wait for ever for a
// pipe that is not read: whoever tells waits for it only until the person is in a hurry and nothing moves.
type Listener struct {
	to      io.Writer
	lines   chan []byte // from Write to Run; the end of it ends Run
	ended   chan error
	stuck   chan struct{} // closed when what cannot be written is dropped
	written atomic.Int64
}

// NewListener returns one that writes to that writer once it runs. The channels connect it: lines has room for some, ended for one.
func NewListener(to io.Writer, lines chan []byte, ended chan error, stuck chan struct{}) *Listener {
	return &Listener{to: to, lines: lines, ended: ended, stuck: stuck}
}

// Run writes what comes until the end of it.
func (l *Listener) Run() {
	var first error
	for line := range l.lines {
		if first == nil {
			_, first = l.to.Write(line)
		}
		l.written.Add(1)
	}
	l.ended <- first
}

// Watch, which begins when the person is in a hurry, drops all that is still to come once a line has been waiting for so long.
func (l *Listener) Watch(patience time.Duration) {
	for before := int64(-1); ; {
		now := l.written.Load()
		switch full := len(l.lines) == cap(l.lines); {
		case full && now == before:
			close(l.stuck)
			return
		case full:
			before = now
		default:
			before = -1 // nothing waits: what comes before the next look has not waited for so long
		}
		time.Sleep(patience)
	}
}

// Write hands on lines. It fails only once nobody reads them; whoever tells goes on all the same, for the first error is said at the end. That
// nobody reads is not said: nobody would read it.
func (l *Listener) Write(p []byte) (int, error) {
	select {
	case <-l.stuck:
		return 0, ErrStuck
	default:
	}
	select {
	case l.lines <- slices.Clone(p):
		return len(p), nil
	case <-l.stuck:
		return 0, ErrStuck
	}
}

// Close says that nothing more comes, waits for what is still to be written, unless it is stuck, and returns the first error.
func (l *Listener) Close() error {
	select {
	case <-l.stuck:
		return ErrStuck
	default:
	}
	close(l.lines)
	select {
	case err := <-l.ended:
		return err
	case <-l.stuck:
		return ErrStuck
	}
}
