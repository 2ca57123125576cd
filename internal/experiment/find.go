package experiment

import (
	"cmp"
	"context"
	"iter"
	"slices"

	"waza/report"
)

// Find asks for the smallest value of a flag with which each strategy keeps the objectives, or the largest.
type Find struct {
	Flag    string
	Largest bool    // the largest value is wanted; where none keeps the objectives to that side, the other end of those that do
	Whole   bool    // of whole numbers; all others are found to a share of precision
	From    float64 // where the search begins; above 0 unless it is whole
	At      At
}

// At makes the point of a value, or of one that is hardly another, as a flag knows lengths to the nanosecond only. An error says why it is
// refused; the point tells its value all the same.
type At func(value float64) (Point, error)

// A walker is the search of a strategy, that goes on when it is asked for the next value to play.
type walker struct {
	*search
	next func() (*try, bool)
	stop func()
}

// find lets each strategy search by itself. The values that they ask for at one time are played together.
func (p *Plan) find(ctx context.Context, crew Crew) (Findings, error) {
	var walkers []walker
	for _, strategy := range p.Points[0].Strategies {
		w := walker{search: &search{find: p.Find, objectives: p.SLO, strategy: strategy, largest: p.Find.Largest}}
		w.next, w.stop = iter.Pull(w.search.values)
		defer w.stop()
		walkers = append(walkers, w)
	}
	cells, err := p.searchAll(ctx, crew, walkers)
	var found []report.Found
	if err == nil && ctx.Err() == nil {
		var more []Cell
		found, more, err = p.check(ctx, crew, walkers)
		cells = append(cells, more...)
	}
	p.order(cells)
	wanted := slices.Repeat([]int{p.First()}, len(cells))
	f := p.findings(cells, wanted, nil)
	f.Found = found
	return f, err
}

// searchAll plays until no search asks for more, and returns all that was played.
func (p *Plan) searchAll(ctx context.Context, crew Crew, walkers []walker) (all []Cell, err error) {
	for err == nil && ctx.Err() == nil {
		var asked []asking
		for _, w := range walkers {
			if t, more := w.next(); more {
				asked = append(asked, asking{w.search, t})
			}
		}
		if len(asked) == 0 {
			break
		}
		var cells []Cell
		cells, err = p.answer(ctx, crew, asked)
		all = append(all, cells...)
	}
	return all, err
}

// An asking is a value that a search wants to have played.
type asking struct {
	*search
	*try
}

// answer plays what is asked for at one time, on the seeds of the search.
func (p *Plan) answer(ctx context.Context, crew Crew, asked []asking) (cells []Cell, err error) {
	for _, a := range asked {
		cells = append(cells, Cell{Point: p.place(a.point), Strategy: a.strategy})
	}
	err = p.play(ctx, crew, cells, slices.Repeat([]int{p.First()}, len(cells)))
	for i, a := range asked {
		if a.runs = cells[i].Runs; len(a.runs) > 0 {
			a.mean = report.Mean(a.runs)
			a.kept = report.KeptAll(held(a.objectives, &a.mean))
		}
	}
	return cells, err
}

// place is the number of a point, which joins the others if it is new.
func (p *Plan) place(point Point) int {
	for i := range p.Points {
		if p.Points[i].number() == point.number() {
			return i
		}
	}
	p.Points = append(p.Points, point)
	return len(p.Points) - 1
}

// number is the value of what is swept first.
func (p *Point) number() float64 {
	v, _ := p.Swept[0].Value.(float64)
	return v
}

// order puts cells in the order of their values and, with one value, of their strategies.
func (p *Plan) order(cells []Cell) {
	strategies := p.Points[0].Strategies
	slices.SortStableFunc(cells, func(a, b Cell) int {
		return cmp.Or(cmp.Compare(p.Points[a.Point].number(), p.Points[b.Point].number()),
			slices.Index(strategies, a.Strategy)-slices.Index(strategies, b.Strategy))
	})
}
