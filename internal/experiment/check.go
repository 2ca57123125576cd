package experiment

import (
	"context"
	"slices"

	"waza/report"
)

// A search ends at the hardest value that its seeds keep, which may be one that these seeds were lucky with. So fresh seeds check it.

// mostChecks is how many values are checked before it is said that none could be confirmed.
const mostChecks = 6

// check plays what was found, and the next harder value, with seeds that no search has seen. Where these refute it, the value a step easier
// is checked, with further fresh seeds. What is played on the seeds of the search besides is returned, too.
func (p *Plan) check(ctx context.Context, crew Crew, walkers []walker) (found []report.Found, besides []Cell, err error) {
	var open []*search
	for _, w := range walkers {
		if w.good != nil {
			open = append(open, w.search)
		}
	}
	for round := 1; len(open) > 0; round++ {
		if err = p.checkOnce(ctx, crew, open, round); err != nil || ctx.Err() != nil {
			return nil, besides, err
		}
		var asked []asking
		open = slices.DeleteFunc(open, func(s *search) bool {
			if report.KeptAll(s.checked.SLO) {
				return true
			}
			s.refuted = append(s.refuted, *s.checked)
			easier := s.ease()
			s.unconfirmed = easier == nil || round == mostChecks
			if !s.unconfirmed {
				s.bad, s.good = s.good, easier
				if len(easier.runs) == 0 {
					asked = append(asked, asking{s, easier})
				}
			}
			return s.unconfirmed
		})
		cells, err := p.answer(ctx, crew, asked)
		if besides = append(besides, cells...); err != nil || ctx.Err() != nil {
			return nil, besides, err
		}
	}
	for _, w := range walkers {
		found = append(found, w.found(p.First()))
	}
	return found, besides, nil
}

// checkOnce plays what the searches hold for found, and the next harder values, on the fresh seeds of a round.
func (p *Plan) checkOnce(ctx context.Context, crew Crew, open []*search, round int) error {
	k := p.First()
	var cells []Cell
	for _, s := range open {
		for _, t := range []*try{s.good, s.bad} {
			if t != nil && t.refused == nil {
				cells = append(cells, Cell{Point: p.place(t.point), Strategy: s.strategy, Skipped: round * k})
			}
		}
	}
	if err := p.play(ctx, crew, cells, slices.Repeat([]int{k}, len(cells))); err != nil || ctx.Err() != nil {
		return err
	}
	fresh := func(t *try, strategy string) *report.Tried {
		for i := range cells {
			if c := &cells[i]; c.Strategy == strategy && c.Point == p.place(t.point) {
				return tried(t, p.SLO, c.Runs)
			}
		}
		return tried(t, p.SLO, nil)
	}
	for _, s := range open {
		if s.checked, s.beyond = fresh(s.good, s.strategy), nil; s.bad != nil {
			s.beyond = fresh(s.bad, s.strategy)
		}
	}
	return nil
}

// ease is the value that is easier than what was found by a unit or the precision, or one that was kept and is nearer; nil: there is none.
func (s *search) ease() *try {
	from := s.good.value
	x := s.eased(from)
	between := func(t *try) bool { return t.kept && t != s.good && min(from, x) <= t.value && t.value <= max(from, x) }
	for _, t := range s.played() {
		if between(t) {
			x = t.value // the easiest come first
		}
	}
	if x < 0 {
		return nil
	}
	if t := s.made(x); t.refused == nil && t.value != from {
		return t
	}
	return nil
}
