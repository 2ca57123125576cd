package experiment

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io"
	"time"

	"waza/internal/record"
	"waza/internal/virtualtime"
)

// tellEvery is how often a child tells how far it is.
const tellEvery = 100 * time.Millisecond

// Serve is what a child does: it plays what it reads, and writes what came of it, until there is no more to read. If that is so while it
// plays, its parent is gone, and it calls abandon.
func Serve(in io.Reader, out io.Writer, player Local, abandon func()) error {
	ctx, interrupt := context.WithCancel(context.Background())
	defer interrupt()
	pieces, idle := make(chan order), make(chan struct{}, 1)
	idle <- struct{}{}
	go func() {
		defer close(pieces)
		from := json.NewDecoder(bufio.NewReader(in))
		for {
			var o order
			if from.Decode(&o) != nil {
				break
			}
			if o.Piece == nil {
				interrupt()
				continue
			}
			<-idle
			pieces <- o
		}
		select {
		case <-idle:
		default:
			abandon()
		}
	}()
	for o := range pieces {
		a := serve(ctx, out, player, o)
		idle <- struct{}{} // before the parent may know: it may then end
		if err := writeLine(out, a); err != nil {
			return err
		}
	}
	return nil
}

// serve plays one piece.
func serve(ctx context.Context, out io.Writer, player Local, o order) answer {
	var progress func(int)
	if o.Progress {
		news, ended := make(chan int, 1), make(chan struct{})
		go tell(out, news, ended)
		defer func() { close(news); <-ended }()
		progress = func(done int) { // it is called in simulated time, and waits for nobody
			select {
			case news <- done:
			default:
			}
		}
	}
	r, err := player.Play(ctx, *o.Piece, progress)
	a := answer{Ended: true}
	if deadlock := (*virtualtime.Deadlock)(nil); errors.As(err, &deadlock) {
		a.Deadlock = deadlock
	} else if err != nil {
		a.Error = err.Error()
	}
	if a.Result, err = record.Marshal(r); err != nil {
		a.Result, a.Error = nil, err.Error()
	}
	return a
}

// tell writes how far a piece is, not too often.
func tell(out io.Writer, news <-chan int, ended chan<- struct{}) {
	defer close(ended)
	last := time.Now()
	for done := range news {
		if time.Since(last) > tellEvery {
			last = time.Now()
			_ = writeLine(out, answer{Done: done}) // who does not hear this will not hear the end
		}
	}
}
