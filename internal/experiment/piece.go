package experiment

import (
	"context"

	"waza/internal/simulation"
	"waza/report"
)

// A Piece is one run, and all that tells it from the other runs of one command.
type Piece struct {
	Settings []Setting // of its point
	Strategy string
	Seed     uint64
}

// A Setting is a flag and the text of its value, which takes the place of what the command says of that flag.
type Setting struct{ Flag, Text string }

// A Player plays one piece at a time. An interrupted one is a result all the same, of what ran; so may one be that has an error.
type Player interface {
	Play(ctx context.Context, p Piece, progress func(done int)) (report.Result, error)
	End()
}

// Configure returns the configuration of a run with these settings.
type Configure func([]Setting) (simulation.Config, error)

// Local is a Player in this process. The clock, events and a log of all requests are those of the configuration.
type Local struct {
	Configure Configure
	Watch     simulation.Spectators // Progress of it is not asked
}

// Play plays the piece in a bubble, or on the wall clock.
func (l Local) Play(ctx context.Context, p Piece, progress func(done int)) (report.Result, error) {
	c, err := l.Configure(p.Settings)
	if err != nil {
		return report.Result{}, err
	}
	c.Strategies, c.Seed = []string{p.Strategy}, p.Seed
	if c.FindWarmup {
		c.Events, c.Log = false, false // of a pilot run nothing is told
	}
	if progress != nil {
		l.Watch.Progress = func(_ string, done int) { progress(done) }
	}
	runs, err := simulation.Run(ctx, c, 1, l.Watch)
	return runs[0], err
}

// End has nothing to end.
func (Local) End() {}
