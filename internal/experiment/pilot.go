package experiment

import (
	"context"
	"slices"

	"waza/report"
)

// pilots are the turns of the pilot runs: of each point whose warm-up is to be found out, one of each strategy, with the first seed.
func (p *Plan) pilots() (turns []turn, points []int) {
	for i, point := range p.Points {
		for _, strategy := range point.Strategies {
			if point.FindWarmup {
				turns = append(turns, turn{Piece: Piece{Settings: point.Settings, Strategy: strategy, Seed: p.Seed}})
				points = append(points, i)
			}
		}
	}
	return turns, points
}

// Pilots is how many pilot runs there are before all others.
func (p *Plan) Pilots() int {
	turns, _ := p.pilots()
	return len(turns)
}

// pilot plays the pilot runs, and makes what they find the warm-up of all runs at each point: the longest transient of its strategies. So
// no strategy is measured before its own is over, and all are measured over the same time, in which they have the same requests: their
// differences are paired.
func (p *Plan) pilot(ctx context.Context, crew Crew) error {
	turns, points := p.pilots()
	if len(turns) == 0 {
		return nil
	}
	crew.Whole = true
	p.Points = slices.Clone(p.Points)
	found := make([]*report.Transient, len(turns))
	if err := crew.play(ctx, turns, func(i int, r report.Result) { found[i] = r.Transient }); err != nil {
		return err
	}
	for i, t := range found {
		if t == nil {
			return nil // interrupted
		}
		point := &p.Points[points[i]]
		if point.cut == nil {
			point.cut = &report.Cut{Of: len(point.Strategies)}
		}
		point.cut.Lengthen(turns[i].Strategy, *t)
	}
	for i := range p.Points {
		p.Points[i].settle()
	}
	return nil
}

// settle makes what was found a setting like any other.
func (p *Point) settle() {
	if p.cut == nil {
		return
	}
	const flag = "warmup"
	p.Settings = append(slices.DeleteFunc(slices.Clone(p.Settings), func(s Setting) bool { return s.Flag == flag }), Setting{flag, p.cut.Ends.String()})
}
