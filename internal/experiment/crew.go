package experiment

import (
	"context"

	"waza/report"
)

// A Crew are players that play at the same time. How many they are changes nothing in what they find.
type Crew struct {
	Players  []Player
	Progress func(piece, done int) // how many requests of a piece are settled; called from many goroutines; nil: nobody wants to know
	Whole    bool                  // an interrupted run is of no use
}

// A played piece is what its run has given.
type played struct {
	index  int
	result *report.Result // nil: it is of no use
	err    error
}

// play plays the pieces of these turns, in their order as far as there are players free, and hands over each result as it comes, from one goroutine.
// When ctx is cancelled those that run are interrupted, and so they are, where an interrupted run is of no use, when a
// piece fails without a result: the whole will lack it, and whoever waits is to know soon. Single runs
// of several strategies are each of use, and played to their end. It returns the first error in the order of the pieces.
func (c Crew) play(ctx context.Context, turns []turn, take func(index int, r report.Result)) error {
	next, ends := make(chan int), make(chan played)
	ctx, interrupt := context.WithCancel(ctx)
	defer interrupt()
	for _, player := range c.Players {
		go func() {
			for i := range next {
				ends <- c.playOne(ctx, player, turns[i].Piece, i)
			}
		}()
	}
	go func() {
		defer close(next)
		for i := range turns {
			next <- i
		}
	}()
	first, failure := len(turns), error(nil)
	for range turns {
		end := <-ends
		if end.err != nil && end.index < first {
			first, failure = end.index, end.err
		}
		if c.Whole && end.err != nil && end.result == nil {
			interrupt()
		}
		if end.result != nil {
			take(end.index, *end.result)
		}
	}
	return failure
}

// after is the crew when it has played so many pieces, which those that it will play are not.
func (c Crew) after(pieces int) Crew {
	if tell := c.Progress; tell != nil {
		c.Progress = func(piece, done int) { tell(pieces+piece, done) }
	}
	return c
}

func (c Crew) playOne(ctx context.Context, player Player, p Piece, index int) played {
	if c.Whole && ctx.Err() != nil {
		return played{index: index}
	}
	var progress func(int)
	if c.Progress != nil {
		progress = func(done int) { c.Progress(index, done) }
	}
	r, err := player.Play(ctx, p, progress)
	if c.Whole && r.Interrupted || err != nil && r.Strategy == "" { // the error is all that there is
		return played{index, nil, err}
	}
	return played{index, &r, err}
}

// End lets all players end.
func (c Crew) End() {
	for _, p := range c.Players {
		p.End()
	}
}
