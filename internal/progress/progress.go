// Package progress draws a bar on a terminal: the share that is done, and the time left.
package progress

import (
	"io"
	"time"

	"github.com/schollz/progressbar/v3"
)

// A Bar hears how far several runs are and draws what they have done together.
type Bar struct {
	updates chan update
	ended   chan struct{}
}

type update struct {
	run  int
	done int
}

// New starts a bar for so many steps in all; -1: nobody knows.
func New(steps int, to io.Writer) *Bar {
	b := &Bar{updates: make(chan update, 1), ended: make(chan struct{})}
	bar := progressbar.NewOptions(steps,
		progressbar.OptionSetWriter(to),
		progressbar.OptionSetDescription("requests"),
		progressbar.OptionShowCount(),
		progressbar.OptionSetWidth(40),
		progressbar.OptionThrottle(100*time.Millisecond),
		progressbar.OptionClearOnFinish(),
	)
	go b.run(bar)
	return b
}

// Done says how many steps a run has done so far. It never waits: it may be called in simulated time, in which
// a terminal would be asked a million times a second. A bar that is busy misses an update and hears the next.
func (b *Bar) Done(run, done int) {
	select {
	case b.updates <- update{run, done}:
	default:
	}
}

// End removes the bar. Nobody may call Done after it.
func (b *Bar) End() {
	close(b.updates)
	<-b.ended
}

func (b *Bar) run(bar *progressbar.ProgressBar) {
	defer close(b.ended)
	runs := map[int]int{}
	sum := 0
	for u := range b.updates {
		sum += u.done - runs[u.run]
		runs[u.run] = u.done
		_ = bar.Set(sum) // a bar that cannot be drawn is no reason to stop
	}
	_ = bar.Clear()
}
