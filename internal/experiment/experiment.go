// Package experiment plays many runs and says what they say together: every strategy at every point with several seeds. All these runs
// are one list of pieces, which a crew plays on all cores; what is found does not depend on how many those are.
//
// Next: crew.go, then child.go and serve.go for the processes that play; package report for what several runs say together.
package experiment

import (
	"context"
	"slices"

	"waza/internal/statistics"
	"waza/report"
)

// A Plan says which runs there are to be.
type Plan struct {
	Points       []Point // at least one
	Seed         uint64
	Replications int     // of each strategy at each point, at least 1; with Until or Select at least so many
	Most         int     // with those at most so many, at least Replications and statistics.FirstStage
	Until        *Until  // nil: no more than Replications
	Select       *Select // likewise; not both
	Baseline     string  // the strategy with which the others are compared
	Part         Part    // of the runs, if not all are to be played here
	SLO          []Objective
	Find         *Find // nil: nothing is looked for, and all points are known
}

// A Point is one value of what is swept, or one of each of several, and the strategies that can be run there.
type Point struct {
	Settings   []Setting // nil: without a sweep
	Swept      []report.Swept
	Strategies []string
	Requests   int  // of each run; 0: nobody knows
	FindWarmup bool // pilot runs find out how long the warm-up is to be

	cut *report.Cut // that they found
}

// A Cell is all runs of one strategy at one point, in the order of their seeds.
type Cell struct {
	Point    int
	Strategy string
	Skipped  int // replications before the first: those have been used for something else
	Runs     []report.Result
}

// AtOnce is how many runs there are at first, which wait for nobody.
func (p *Plan) AtOnce() int { return len(p.cells()) * p.First() }

// Swept tells whether anything is swept.
func (p *Plan) Swept() bool { return p.Points[0].Swept != nil }

// single tells whether there is one run of each strategy, which means something too if it is interrupted.
func (p *Plan) single() bool { return !p.Swept() && p.First() == 1 }

// cells are all there are to be, without their runs: by point, then by strategy.
func (p *Plan) cells() []Cell {
	var cells []Cell
	for i, point := range p.Points {
		for _, strategy := range point.Strategies {
			cells = append(cells, Cell{Point: i, Strategy: strategy})
		}
	}
	return cells
}

// piece is a run of a cell. All strategies at all points have the same seeds, so that what is random in one run is in all.
func (p *Plan) piece(c *Cell, replication int) Piece {
	return Piece{Settings: p.Points[c.Point].Settings, Strategy: c.Strategy, Seed: statistics.Seed(p.Seed, uint64(c.Skipped+replication))}
}

// Run plays what the plan asks for. Interrupted, it returns the runs that were played to their end, or, if it is one of each
// strategy, all of them as far as they went. The error is the first of any run.
func Run(ctx context.Context, p Plan, crew Crew) (Findings, error) {
	if p.Part.Of > 0 {
		return p.playPart(ctx, crew)
	}
	if p.Find != nil {
		return p.find(ctx, crew)
	}
	cells := p.cells()
	rules, err := p.rules(cells)
	if err != nil {
		return Findings{}, err
	}
	if err := p.pilot(ctx, crew); err != nil {
		return Findings{}, err
	}
	crew = crew.after(p.Pilots())
	wanted := make([]int, len(cells))
	for i := range cells {
		wanted[i] = p.First()
	}
	for more := true; more && err == nil && ctx.Err() == nil; {
		if err = p.play(ctx, crew, cells, wanted); err == nil && ctx.Err() == nil {
			more, err = grow(rules, wanted)
		}
	}
	return p.findings(cells, wanted, rules), err
}

// Compares tells whether strategies are compared with a baseline, seed by seed.
func (p *Plan) Compares() bool {
	return p.First() > 1 && slices.ContainsFunc(p.Points, func(at Point) bool { return len(at.Strategies) > 1 })
}

// First is how many replications there are before anybody looks whether more are needed.
func (p *Plan) First() int {
	if p.Until != nil || p.Select != nil {
		return max(p.Replications, statistics.FirstStage)
	}
	return p.Replications
}

// A turn is a piece that is to be played, and where its run belongs.
type turn struct {
	Piece
	cell, replication int
}

// turns are what each cell lacks of so many runs, at one point after the other.
func (p *Plan) turns(cells []Cell, wanted []int) []turn {
	var turns []turn
	for from := 0; from < len(cells); {
		to, most := from, 0
		for ; to < len(cells) && cells[to].Point == cells[from].Point; to++ {
			most = max(most, wanted[to])
		}
		for k := range most { // one seed after the other, so that what an interruption leaves can be compared
			for i := from; i < to; i++ {
				if k >= len(cells[i].Runs) && k < wanted[i] {
					turns = append(turns, turn{p.piece(&cells[i], k), i, k})
				}
			}
		}
		from = to
	}
	return turns
}

// play plays what each cell lacks of so many runs.
func (p *Plan) play(ctx context.Context, crew Crew, cells []Cell, wanted []int) error {
	turns := p.turns(cells, wanted)
	found := make([][]*report.Result, len(cells))
	for i := range cells {
		found[i] = make([]*report.Result, max(0, wanted[i]-len(cells[i].Runs)))
	}
	crew.Whole = !p.single()
	err := crew.play(ctx, turns, func(index int, r report.Result) {
		at := turns[index]
		r.Seed = at.Seed
		if crew.Whole {
			r.Latency.Pack() // there may be many
		}
		found[at.cell][at.replication-len(cells[at.cell].Runs)] = &r
	})
	for i := range cells {
		cells[i].add(found[i])
	}
	return err
}

// add appends runs up to the first that is missing.
func (c *Cell) add(found []*report.Result) {
	for _, r := range found {
		if r == nil {
			return
		}
		c.Runs = append(c.Runs, *r)
	}
}
