package experiment

import "waza/report"

// Findings are what the runs say.
type Findings struct {
	Runs []report.Result // one of each cell that has any run: the mean of its runs, beside the baseline's
	Each []report.Result // every run, cell by cell, in the order of their seeds
	Lack []Lack          // the cells of which there are fewer runs than were asked for

	Conclusions []report.Conclusion // one of each point that has two runs of each strategy
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
		if base := p.baseline(cells, c); base != nil && base != c {
			mean.Difference = report.Compare(c.Runs, base.Runs)
		}
		f.Runs = append(f.Runs, mean)
		f.Each = append(f.Each, c.Runs...)
	}
	for i := range rules {
		if c := rules[i].concludes(); c != nil {
			f.Conclusions = append(f.Conclusions, *c)
		}
	}
	return f
}

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
