package experiment

import "waza/report"

// Findings are what the runs say.
type Findings struct {
	Runs []report.Result // one of each cell that has any run: the mean of its runs, beside the baseline's
	Each []report.Result // every run, cell by cell, in the order of their seeds
	Lack []Lack          // the cells of which there are fewer runs than were asked for

	Conclusions []report.Conclusion // one of each point that has two runs of each strategy
	Found       []report.Found      // one of each strategy whose search came to its end

	Part *Played // what was played of one part of the plan, of which nobody can say more; nil: all was to be played
}

// A Lack says how many runs of a cell there are, and how many there were to be.
type Lack struct {
	Strategy       string
	Swept          []report.Swept
	Played, Wanted int
}

// findings gathers what all cells say, each compared with the cell of the baseline at the same point.
func (p *Plan) findings(cells []Cell, wanted []int, rules []rule) Findings {
	var f Findings
	for i := range cells {
		c := &cells[i]
		if len(c.Runs) < wanted[i] {
			f.Lack = append(f.Lack, Lack{c.Strategy, p.Points[c.Point].Swept, len(c.Runs), wanted[i]})
		}
		if len(c.Runs) == 0 {
			continue
		}
		mean := report.Mean(c.Runs)
		p.Points[c.Point].mark(&mean)
		mean.Cut = p.Points[c.Point].cut
		mean.SLO = heldBy(p.SLO, &mean, c.Runs)
		if base := p.baseline(cells, c); base != nil && base != c {
			mean.Difference = report.Compare(c.Runs, base.Runs)
		}
		f.Runs = append(f.Runs, mean)
		for _, r := range c.Runs {
			p.Points[c.Point].mark(&r)
			f.Each = append(f.Each, r)
		}
	}
	for i := range rules {
		if c := rules[i].concludes(); c != nil {
			c.Swept, c.SweptAlso = Ends(p.Points[rules[i].cells[0].Point].Swept)
			f.Conclusions = append(f.Conclusions, *c)
		}
	}
	return f
}

// Ends are the first and the second of what is swept; nil: nothing is.
func Ends(swept []report.Swept) (first, also *report.Swept) {
	if len(swept) > 0 {
		first = &swept[0]
	}
	if len(swept) > 1 {
		also = &swept[1]
	}
	return first, also
}

// mark says in a result at which point it was found.
func (p *Point) mark(r *report.Result) { r.Swept, r.SweptAlso = Ends(p.Swept) }

// baseline is the cell with which a cell is compared: that of the baseline or, where it cannot be run, that of the first strategy.
func (p *Plan) baseline(cells []Cell, c *Cell) (first *Cell) {
	for i := range cells {
		if cells[i].Point != c.Point {
			continue
		}
		if cells[i].Strategy == p.Baseline {
			return &cells[i]
		}
		if first == nil {
			first = &cells[i]
		}
	}
	return first
}
