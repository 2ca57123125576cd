package experiment

import (
	"fmt"
	"math"

	"waza/internal/statistics"
	"waza/report"
)

// Until asks for replications until the intervals of a figure are narrow: until the half-width is at most that share of the mean.
type Until struct {
	Figure report.Figure
	Share  float64 // above 0
}

// more returns how many replications each strategy at a point is to have, of whom all have the same number, until each is narrow enough
// or has the most there may be. An interval narrows with the root of the number, which tells how many are needed; it is asked for half
// as many more at a time at most, since the width itself is only known so well.
func (u Until) more(cells []Cell, most int) (int, error) {
	n := len(cells[0].Runs)
	needed := n
	for i := range cells {
		width, err := u.width(&cells[i])
		if err != nil {
			return n, err
		}
		if width > u.Share {
			needed = max(needed, n+1, int(math.Ceil(min(float64(n)*(width/u.Share)*(width/u.Share), 1.5*float64(n)))))
		}
	}
	return min(needed, most), nil
}

// width is the half-width of the interval over the mean; 0 where all values are equal, of which no more replications are asked for.
func (u Until) width(c *Cell) (float64, error) {
	values := valuesOf(c.Runs, u.Figure)
	interval, ok := statistics.MeanInterval(values)
	if !ok {
		return 0, fmt.Errorf("--until=%s:%g%% cannot be reached: not every run of %s has a %s", u.Figure.Name, 100*u.Share, c.Strategy, u.Figure.Says)
	}
	width, ok := interval.Share()
	if !ok && interval.HalfWidth() > 0 {
		return 0, fmt.Errorf("--until=%s:%g%% cannot be reached: the %s of %s is 0 in the mean", u.Figure.Name, 100*u.Share, u.Figure.Says, c.Strategy)
	}
	return width, nil
}

// narrowed says how far it has come.
func (u Until) narrowed(cells []Cell) *report.Narrowed {
	n := &report.Narrowed{Figure: u.Figure.Name, Share: u.Share, Replications: len(cells[0].Runs), Reached: true}
	for i := range cells {
		n.Replications = min(n.Replications, len(cells[i].Runs))
		width, err := u.width(&cells[i])
		if err != nil {
			return &report.Narrowed{Figure: u.Figure.Name, Share: u.Share, Strategy: cells[i].Strategy, Replications: n.Replications}
		}
		if width > 0 && (n.Widest == nil || width > *n.Widest) {
			n.Widest, n.Strategy = &width, cells[i].Strategy
		}
		n.Reached = n.Reached && width <= u.Share
	}
	return n
}

// costsOf are the values of a figure, negated if more of it is better: less of them is.
func costsOf(runs []report.Result, f report.Figure) []float64 {
	values := valuesOf(runs, f)
	if f.Most {
		for i := range values {
			values[i] = -values[i]
		}
	}
	return values
}

// valuesOf are those of a figure in the runs; NaN where it does not exist.
func valuesOf(runs []report.Result, f report.Figure) []float64 {
	values := make([]float64, len(runs))
	for i := range runs {
		values[i] = math.NaN()
		if v := f.Of(&runs[i]); v != nil {
			values[i] = *v
		}
	}
	return values
}
