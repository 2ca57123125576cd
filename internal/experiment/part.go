package experiment

import (
	"cmp"
	"context"
	"encoding/json"
	"math/rand/v2"
	"slices"

	"waza/internal/record"
	"waza/report"
)

// A Part is one of several among which the runs of a plan are dealt, so that each can be played on another machine.
type Part struct{ Number, Of int } // the first is 1; of 0: there are none

// Played is what was played of a part.
type Played struct {
	Pieces []PlayedPiece
	Whole  bool // all that belongs to it
}

// A PlayedPiece is a run of a part.
type PlayedPiece struct {
	Index  int             `json:"index"`  // among all runs of the plan, in the order in which one machine plays them
	Result json.RawMessage `json:"result"` // as package record writes it
}

// Own is how many runs there are for this part, or at first if there are no parts.
func (p *Plan) Own() int { return len(p.own()) }

// own are the turns of this part.
func (p *Plan) own() []turn {
	all := p.all()
	if p.Part.Of == 0 {
		return all
	}
	var turns []turn
	for _, index := range deal(all, p.Part.Of)[p.Part.Number-1] {
		turns = append(turns, all[index])
	}
	return turns
}

// Steps is how many requests there are in all runs of this part; -1: nobody knows.
func (p *Plan) Steps() int {
	if p.Until != nil || p.Select != nil || p.Find != nil {
		return -1
	}
	cells, steps := p.cells(), 0
	_, points := p.pilots()
	for _, t := range p.own() {
		points = append(points, cells[t.cell].Point)
	}
	for _, i := range points {
		if p.Points[i].Requests == 0 {
			return -1
		}
		steps += p.Points[i].Requests
	}
	return steps
}

// all are the turns of a plan without more, in the order in which one machine plays them.
func (p *Plan) all() []turn {
	cells := p.cells()
	return p.turns(cells, slices.Repeat([]int{p.First()}, len(cells)))
}

// deal returns which of the turns belong to each of so many parts, in their order. Parts should take about equally long, so runs that are
// alike, of one strategy and then of one point, lie together, and of as many as there are parts each gets one: which of them is drawn anew
// each time, or every nth value of a sweep would come to the same part.
func deal(turns []turn, parts int) [][]int {
	alike := make([]int, len(turns))
	for i := range alike {
		alike[i] = i
	}
	slices.SortStableFunc(alike, func(a, b int) int { return cmp.Compare(turns[a].Strategy, turns[b].Strategy) })
	all := make([][]int, parts)
	var draw []int
	for i, index := range alike {
		if i%parts == 0 {
			draw = rand.New(rand.NewPCG(uint64(parts), uint64(i))).Perm(parts)
		}
		part := draw[i%parts]
		all[part] = append(all[part], index)
	}
	for _, own := range all {
		slices.Sort(own)
	}
	return all
}

// playPart plays the runs of the plan's part, and leaves it to the merge what they say.
func (p *Plan) playPart(ctx context.Context, crew Crew) (Findings, error) {
	all := p.all()
	own := deal(all, p.Part.Of)[p.Part.Number-1]
	turns := make([]turn, len(own))
	for i, index := range own {
		turns[i] = all[index]
	}
	crew.Whole = true
	played := &Played{Pieces: []PlayedPiece{}}
	var unwritable error
	err := crew.play(ctx, turns, func(i int, r report.Result) {
		r.Seed = turns[i].Seed
		text, err := record.Marshal(r)
		if err != nil {
			unwritable = err
			return
		}
		played.Pieces = append(played.Pieces, PlayedPiece{own[i], text})
	})
	err = cmp.Or(err, unwritable)
	slices.SortFunc(played.Pieces, func(a, b PlayedPiece) int { return cmp.Compare(a.Index, b.Index) })
	played.Whole = err == nil && len(played.Pieces) == len(own)
	return Findings{Part: played}, err
}
