package experiment

import "waza/report"

// A rule says at one point how many replications there are to be.
type rule struct {
	from, to int // its cells
	cells    []Cell
	plan     *Plan
	race     *race // nil without Select
}

// rules are those of all points, each of which grows by itself.
func (p *Plan) rules(cells []Cell) ([]rule, error) {
	var rules []rule
	for from := 0; from < len(cells); {
		to := from
		for to < len(cells) && cells[to].Point == cells[from].Point {
			to++
		}
		r := rule{from: from, to: to, cells: cells[from:to], plan: p}
		if p.Select != nil {
			var err error
			if r.race, err = p.Select.begin(to - from); err != nil {
				return nil, err
			}
		}
		rules, from = append(rules, r), to
	}
	return rules, nil
}

// grow raises what is wanted of each cell, and tells whether it has.
func grow(rules []rule, wanted []int) (more bool, err error) {
	for _, r := range rules {
		next, err := r.next()
		if err != nil {
			return false, err
		}
		for i, n := range next {
			if n > len(r.cells[i].Runs) {
				wanted[r.from+i], more = n, true
			}
		}
	}
	return more, nil
}

// next returns how many replications each strategy of the point is to have; nil: those that there are.
func (r *rule) next() ([]int, error) {
	switch p := r.plan; {
	case r.race != nil:
		return r.race.more(r.cells, p.Most)
	case p.Until != nil:
		n, err := p.Until.more(r.cells, p.Most)
		all := make([]int, len(r.cells))
		for i := range all {
			all[i] = n
		}
		return all, err
	}
	return nil, nil
}

// concludes says what the runs of the point say together; nil: nothing.
func (r *rule) concludes() *report.Conclusion {
	p := r.plan
	for i := range r.cells {
		if len(r.cells[i].Runs) < 2 {
			return nil
		}
	}
	c := &report.Conclusion{Best: []report.Best{}}
	if len(r.cells) >= 3 {
		for _, name := range []string{"mean", "p99"} {
			figure, _ := report.FigureNamed(name)
			if best := report.BestBy(runsOf(r.cells), figure); best != nil {
				c.Best = append(c.Best, *best)
			}
		}
	}
	if p.Until != nil {
		c.Until = p.Until.narrowed(r.cells)
	}
	if r.race != nil {
		c.Selection = r.race.selected(r.cells)
	}
	return c
}
