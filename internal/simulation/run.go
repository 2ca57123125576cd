// Package simulation wires one run together: it makes every channel, starts every goroutine and waits for all of them to end. What the
// processes do is in requester, balancer and worker. Here is only which of them are connected, and in what order they begin and end.
//
// Next: topology.go, the course of one run; stage.go, a balancer and its workers; then package requester.
package simulation

import (
	"context"
	"fmt"
	"io"
	"time"

	"waza/internal/virtualtime"
	"waza/report"
	"waza/requester"
)

// Spectators watch runs from outside. Each of them may be nil.
type Spectators struct {
	Progress func(strategy string, done int) // hears how many requests are settled; called from several goroutines
	Events   io.Writer                       // gets what happens, line by line
}

// Run runs the strategies, up to atOnce of them at a time, each with the same arrivals and the same work. It returns their results in the
// order of the configuration, and the first error of any run. When ctx is cancelled the runs are interrupted: what is in flight may still
// end within the grace, and the results are of what ran until then.
func Run(ctx context.Context, c Config, atOnce int, s Spectators) ([]report.Result, error) {
	type finished struct {
		index  int
		result report.Result
		err    error
	}
	c = c.prepared()
	turns := make(chan int)
	ends := make(chan finished)
	for range min(atOnce, len(c.Strategies)) {
		go func() {
			for i := range turns {
				result, err := c.run(ctx, c.Strategies[i], s)
				ends <- finished{i, result, err}
			}
		}()
	}
	go func() {
		defer close(turns)
		for i := range c.Strategies {
			turns <- i
		}
	}()
	results := make([]report.Result, len(c.Strategies))
	var failure error
	for range c.Strategies {
		end := <-ends
		results[end.index] = end.result
		if end.err != nil && failure == nil {
			failure = fmt.Errorf("%s: %w", c.Strategies[end.index], end.err)
		}
	}
	return results, failure
}

// prepared returns the configuration with all that the runs of its strategies share: the scale of their clock, and the arrivals.
func (c Config) prepared() Config {
	c = c.scaled()
	if c.Trace != nil {
		c.Trace = c.inOrder(c.Trace)
	}
	if c.Arrivals == Gaps {
		c.gaps = requester.NewGaps(c.Gap, c.Requests, c.Seed, gapRole.stream())
	}
	return c
}

// run runs one strategy, on the clock that the configuration asks for.
func (c *Config) run(ctx context.Context, strategy string, s Spectators) (result report.Result, err error) {
	hurry, done := secondAfter(ctx)
	defer done()
	simulate := func() { result, err = c.simulate(ctx, hurry, strategy, s) }
	if c.WallClock {
		simulate()
	} else if deadlock := virtualtime.Run(simulate); deadlock != nil {
		err = deadlock
	}
	return result, err
}

// secondAfter returns a context that is cancelled a second of real time after ctx. By then the person who interrupted the run has waited
// enough, however long the grace is in simulated time and however much happens in it.
func secondAfter(ctx context.Context) (context.Context, context.CancelFunc) {
	hurry, cancel := context.WithCancel(context.Background())
	stop := context.AfterFunc(ctx, func() { time.AfterFunc(time.Second, cancel) })
	return hurry, func() { stop(); cancel() }
}
